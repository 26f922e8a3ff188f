import { describe, expect, it } from 'vitest';
import type { ConfigSource } from '../../src/config/load.ts';
import { CONFIG_PLACES } from '../../src/config/search.ts';
import { PRESETS } from '../../src/policy/presets.ts';
import { situation } from './situation.ts';

const FILE = '.code-guardianrc.yaml';
const packageAt = (name: string, files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries({ 'package.json': '{}', ...files }).map(([path, text]) => [`node_modules/${name}/${path}`, text]));

function indexOf(files: Readonly<Record<string, string>>): ConfigSource {
  const staged = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  return {
    kind: 'index',
    files: new Map([...staged].filter(([path]) => CONFIG_PLACES.includes(path))),
    // The caller has read the candidates already, and need not do so again.
    readFile: async (path) => (CONFIG_PLACES.includes(path) ? null : (staged.get(path) ?? null)),
  };
}

describe('presets', () => {
  it('lie below the file that names them, the first lowest', async () => {
    const { config, layerNames } = await situation({ [FILE]: 'extends: [strict, web]\nfailOn: low' }).load();
    expect(layerNames).toEqual(['defaults', 'preset:recommended', 'preset:strict', 'preset:web', `repository:${FILE}`]);
    expect(config).toMatchObject({ failOn: 'low', security: { required: ['private-key', 'merge-conflict'], allowSkip: false } });
    expect(config.rules['console-log']).toBe('warn');
    expect(config.rules['large-file']).toBe('error');
  });

  it.each(Object.keys(PRESETS))('%s can be named alone', async (name) => {
    const { layerNames } = await situation({ [FILE]: `extends: ${name}` }).load();
    expect(layerNames.at(-2)).toBe(`preset:${name}`);
  });
});

describe('files', () => {
  it('are meant from the folder of the file that names them', async () => {
    const { config, layerNames } = await situation({
      '.config/code-guardianrc.yaml': 'extends: [../shared/team.yaml]\nbail: 3',
      'shared/team.yaml': 'extends: ./base.json\nbail: 2\nfailOn: low\nignore: { words: [team] }',
      'shared/base.json': '{"bail": 1, "failOn": "info", "onIncomplete": "warn", "ignore": {"words": ["base"]}}',
    }).load();
    expect(layerNames).toEqual([
      'defaults',
      'repository:shared/base.json',
      'repository:shared/team.yaml',
      'repository:.config/code-guardianrc.yaml',
    ]);
    expect(config).toMatchObject({ bail: 3, failOn: 'low', onIncomplete: 'warn', ignore: { words: ['base', 'team'] } });
  });

  it('of the user are the user’s layer', async () => {
    const here = situation({ 'home:config.yaml': 'extends: ./more.yaml', 'home:more.yaml': 'bail: 1' });
    const folder = `${here.home}/.config/code-guardian`;
    expect((await here.load()).layerNames).toEqual(['defaults', `user:${folder}/more.yaml`, `user:${folder}/config.yaml`]);
  });

  it('have their own mistakes told with their own name', async () => {
    const error = await situation({ [FILE]: 'extends: ./team.yaml', 'team.yaml': 'bail: 1\nfailon: low' }).fail();
    expect(error).toMatchObject({ path: 'team.yaml', message: 'team.yaml:2:1: unknown key failon; did you mean failOn?' });
  });

  it('may be package.json with our key', async () => {
    const here = situation({ [FILE]: 'extends: ./sub/package.json', 'sub/package.json': '{"code-guardian": {"bail": 7}}' });
    expect((await here.load()).config.bail).toBe(7);
  });

  it('bring their overlays, below those of the file that names them', async () => {
    const here = situation({
      [FILE]: 'extends: ./team.yaml\nenvironments: { ci: { bail: 2 } }',
      'team.yaml': 'environments: { ci: { bail: 1, failOn: low } }',
    });
    expect((await here.load({ env: { CI: '1' } })).config).toMatchObject({ bail: 2, failOn: 'low' });
  });

  it('may be named twice from two sides: that is no circle', async () => {
    const here = situation({
      [FILE]: 'extends: [./a.yaml, ./b.yaml]',
      'a.yaml': 'extends: ./base.yaml',
      'b.yaml': 'extends: ./base.yaml',
      'base.yaml': 'bail: 1',
    });
    expect((await here.load()).config.bail).toBe(1);
  });
});

describe('packages', () => {
  it.each([
    ['a main that is data', { 'package.json': '{"main": "./lib/config.json"}', 'lib/config.json': '{"bail": 4}' }],
    ['code-guardian.yaml', { 'code-guardian.yaml': 'bail: 4' }],
    ['code-guardian.config.yml', { 'code-guardian.config.yml': 'bail: 4' }],
    ['data beside a main that is a program', { 'package.json': '{"main": "index.js"}', 'code-guardian.json': '{"bail": 4}' }],
    ['a package.json that is broken', { 'package.json': '{', 'code-guardian.json': '{"bail": 4}' }],
  ])('give %s', async (_what, files) => {
    const here = situation({ [FILE]: "extends: ['@acme/guardian']", ...packageAt('@acme/guardian', files) });
    const { config, layerNames } = await here.load();
    expect(config.bail).toBe(4);
    expect(layerNames[1]).toMatch(/^package:@acme\/guardian\/[\w./-]+$/);
  });

  it('are found in the folders above', async () => {
    const here = situation({
      [`a/b/${FILE}`]: 'extends: acme-guardian',
      ...packageAt('acme-guardian', { 'code-guardian.json': '{"bail": 4}' }),
    });
    expect((await here.load({ cwd: `${here.top}/a/b` })).config.bail).toBe(4);
  });

  it('may be named with a file inside, and extend their own files', async () => {
    const here = situation({
      [FILE]: 'extends: acme-guardian/strict.yaml',
      ...packageAt('acme-guardian', { 'strict.yaml': 'extends: [./base.yaml, canary]\nbail: 4', 'base.yaml': 'bail: 1\nfailOn: low' }),
    });
    const { config, layerNames } = await here.load();
    expect(config).toMatchObject({ bail: 4, failOn: 'low', failFast: false });
    expect(layerNames).toEqual([
      'defaults',
      'package:acme-guardian/base.yaml',
      'preset:canary',
      'package:acme-guardian/strict.yaml',
      `repository:${FILE}`,
    ]);
  });

  it('are read from the disk also when the config is staged', async () => {
    const here = situation(packageAt('acme-guardian', { 'code-guardian.json': '{"bail": 4}' }));
    expect((await here.load({ source: indexOf({ [FILE]: 'extends: acme-guardian' }) })).config.bail).toBe(4);
  });
});

describe('the index', () => {
  it('gives the files that are named', async () => {
    const here = situation({ 'team.yaml': 'bail: 9' });
    const { config } = await here.load({ source: indexOf({ [FILE]: 'extends: ./team.yaml', 'team.yaml': 'bail: 1' }) });
    expect(config.bail).toBe(1);
  });

  it('does not reach to what is only on the disk', async () => {
    const error = await situation({ 'team.yaml': 'bail: 9' }).fail({ source: indexOf({ [FILE]: 'extends: ./team.yaml' }) });
    expect(error.message).toBe(`${FILE}:1:10: extends: no file team.yaml in the index; \`git add\` it`);
  });

  it('does not reach out of the repository, as the disk may', async () => {
    const here = situation({ [FILE]: 'extends: ../team.yaml' });
    here.write('../team.yaml', 'bail: 8');
    expect((await here.load()).config.bail).toBe(8);
    const error = await here.fail({ source: indexOf({ [FILE]: 'extends: ../team.yaml' }) });
    expect(error.message).toMatch(/^\.code-guardianrc\.yaml:1:10: extends: .+team\.yaml is outside the repository/);
  });
});

describe('what is wrong with an entry', () => {
  it.each([
    ['extends: recomended', {}, '1:10: extends: no preset or package "recomended"; did you mean recommended?'],
    ['bail: 1\nextends:\n  - web\n  - "@acme/none"', {}, '4:5: extends[1]: no preset or package "@acme/none"'],
    ['extends: [./none.yaml]', {}, '1:11: extends[0]: no file none.yaml'],
    ['extends: team.yaml', {}, '1:10: extends: no package "team.yaml"; did you mean the file ./team.yaml?'],
    ['extends: /etc/team.yaml', {}, '1:10: extends: "/etc/team.yaml" is not a preset, a package, or a file such as ./team.yaml'],
    [
      'extends: ../../../../../../../../etc/passwd.js',
      {},
      '1:10: extends: /etc/passwd.js is not .json, .yaml or .yml: configs are data, never programs',
    ],
    ['extends: ./team.js', { 'team.js': '' }, '1:10: extends: team.js is not .json, .yaml or .yml: configs are data, never programs'],
    [
      'extends: acme',
      packageAt('acme', { 'package.json': '{"main": "index.js"}', 'index.js': 'throw new Error("it ran")' }),
      '1:10: extends: acme/index.js is not .json, .yaml or .yml: configs are data, never programs',
    ],
    [
      'extends: acme',
      packageAt('acme', {}),
      '1:10: extends: package acme has no code-guardian.json, .yaml or .yml, and its main is not one either',
    ],
    ['extends: acme/none.yaml', packageAt('acme', {}), '1:10: extends: no file acme/none.yaml'],
    [
      'extends: acme/../../secret.yaml',
      { ...packageAt('acme', {}), 'secret.yaml': '' },
      /^1:10: extends: .+secret\.yaml is outside its package$/,
    ],
    ['extends: ./.code-guardianrc.yaml', {}, `1:10: extends: ${FILE} extends ${FILE}: circular extends`],
  ])('%j', async (yaml, files, told) => {
    const error = await situation({ [FILE]: yaml, ...files }).fail();
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', path: FILE });
    const message = error.message.replace(`${FILE}:`, '');
    if (typeof told === 'string') expect(message).toBe(told);
    else expect(message).toMatch(told);
  });

  it('in a circle is pointed at where the circle closes', async () => {
    const error = await situation({
      [FILE]: 'extends: ./a.yaml',
      'a.yaml': 'bail: 1\nextends: [./b.json]',
      'b.json': '{\n "extends": ["./a.yaml"]}',
    }).fail();
    expect(error.message).toBe('b.json:2:14: extends[0]: a.yaml extends b.json extends a.yaml: circular extends');
  });
});
