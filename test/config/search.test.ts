import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cosmiconfig, defaultLoaders, getDefaultSearchPlaces } from 'cosmiconfig';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIG_PLACES, configCandidates, findStaged, probeFolder, probeUp, USER_PLACES } from '../../src/config/search.ts';
import { createFolder } from '../support/repository.ts';

const OUR_KEY = '{"name": "x", "code-guardian": {"bail": 1}}';
const contentOf = (place: string): string => (place === 'package.json' ? OUR_KEY : '{"bail": 1}');

function put(folder: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

describe('the places', () => {
  it('are cosmiconfig’s own, but for programs, and code-guardian.config with data', () => {
    const theirs = getDefaultSearchPlaces('code-guardian').filter((place) => !/\.[cm]?[jt]s$/.test(place));
    expect(CONFIG_PLACES).toEqual([...theirs, 'code-guardian.config.json', 'code-guardian.config.yaml', 'code-guardian.config.yml']);
    expect(USER_PLACES.slice(CONFIG_PLACES.length)).toEqual(['config.json', 'config.yaml', 'config.yml']);
  });

  it('are candidates from the innermost folder to the top', () => {
    const candidates = configCandidates('a/b/');
    expect(candidates).toHaveLength(3 * CONFIG_PLACES.length);
    expect(candidates[0]).toBe('a/b/package.json');
    expect(candidates[CONFIG_PLACES.length + 1]).toBe('a/.code-guardianrc');
    expect(candidates.at(-1)).toBe('code-guardian.config.yml');
    expect(configCandidates('')).toEqual(CONFIG_PLACES);
  });

  it('are searched as cosmiconfig does, on the disk and in the index', async () => {
    const layout = fc.uniqueArray(fc.constantFrom(...configCandidates('a/b/')), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(layout, fc.boolean(), async (paths, hasForeignPackage) => {
        const top = createFolder();
        mkdirSync(join(top, 'a/b'), { recursive: true });
        if (hasForeignPackage) put(top, 'a/b/package.json', '{"devDependencies": {"code-guardian": "^1"}}');
        for (const path of paths) put(top, path, contentOf(path.split('/').at(-1)!));
        const explorer = cosmiconfig('code-guardian', {
          searchPlaces: [...CONFIG_PLACES],
          stopDir: top,
          loaders: { noExt: defaultLoaders['.yaml'] },
          cache: false,
        });
        const theirs = (await explorer.search(join(top, 'a/b')))?.filepath ?? null;
        const { found } = probeUp(join(top, 'a/b'), top);
        expect(found === null ? null : join(found.folder, found.places[0]!)).toBe(theirs);
        const staged = findStaged('a/b/', new Map(paths.map((path) => [path, Buffer.from(contentOf(path.split('/').at(-1)!))])));
        expect(staged === null ? null : join(top, staged)).toBe(theirs);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a folder', () => {
  it('that is not there holds nothing', () => {
    expect(probeFolder(join(createFolder(), 'none'), CONFIG_PLACES)).toMatchObject({ places: [], scripts: [] });
  });

  it('tells of configs that are programs', () => {
    const folder = createFolder();
    for (const name of ['.code-guardianrc.js', 'code-guardian.config.mts', 'code-guardian.config.cjs', 'code-guardian.js'])
      put(folder, name, '');
    expect(probeFolder(folder, CONFIG_PLACES).scripts.toSorted()).toEqual([
      '.code-guardianrc.js',
      'code-guardian.config.cjs',
      'code-guardian.config.mts',
    ]);
  });

  it('above the top is not searched', () => {
    const folder = createFolder();
    put(folder, '.code-guardianrc.json', '{}');
    mkdirSync(join(folder, 'top/a'), { recursive: true });
    expect(probeUp(join(folder, 'top/a'), join(folder, 'top')).found).toBeNull();
    expect(probeUp(join(folder, 'top/a'), folder).found?.places).toEqual(['.code-guardianrc.json']);
  });

  it('with a package.json that only depends on us holds no config', () => {
    const folder = createFolder();
    put(folder, 'package.json', '{"dependencies": {"code-guardian": "1.0.0"}}');
    expect(probeFolder(folder, CONFIG_PLACES).places).toEqual([]);
    put(folder, 'package.json', OUR_KEY);
    expect(probeFolder(folder, CONFIG_PLACES).places).toEqual(['package.json']);
  });
});

describe('a package.json', () => {
  it.each([
    ['{"code-guardian": {}}', true],
    ['\uFEFF{"code-guardian": {}}', true],
    ['{"code-guardian": "./team.yaml"}', true],
    ['{"code-guardian": { broken', true],
    ['{"devDependencies": {"code-guardian": "^1"}}', false],
    ['{"peerDependenciesMeta": {"code-guardian": {"optional": true}}}', false],
    ['{"overrides": {"code-guardian": {"yaml": "^2"}}}', false],
    ['{"code-guardian": null}', false],
    ['{"devDependencies": {"code-guardian": "^1"', false],
    ['["code-guardian"]', false],
  ])('%s holds a config: %s', (content, isOurs) => {
    const folder = createFolder();
    put(folder, 'package.json', content);
    expect(probeFolder(folder, CONFIG_PLACES).places).toEqual(isOurs ? ['package.json'] : []);
    expect(findStaged('', new Map([['package.json', Buffer.from(content)]]))).toBe(isOurs ? 'package.json' : null);
  });
});

describe('a link in a circle', () => {
  it('is there as a file, so that reading it says so, and as a folder is empty', () => {
    const folder = createFolder();
    for (const name of ['package.json', '.config']) symlinkSync(name, join(folder, name));
    expect(probeFolder(folder, CONFIG_PLACES).places).toEqual(['package.json']);
  });
});
