import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConfigSource } from '../../src/config/load.ts';
import { configCandidates } from '../../src/config/search.ts';
import { DEFAULT_CONFIG } from '../../src/policy/config.ts';
import { situation } from './situation.ts';

function indexOf(files: Readonly<Record<string, string>>): ConfigSource {
  const staged = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const candidates = configCandidates('');
  return {
    kind: 'index',
    files: new Map([...staged].filter(([path]) => candidates.includes(path))),
    // The caller has read the candidates already, and need not do so again.
    readFile: async (path) => (candidates.includes(path) ? null : (staged.get(path) ?? null)),
  };
}

describe('without a config', () => {
  it('the defaults hold', async () => {
    expect(await situation().load()).toEqual({
      config: DEFAULT_CONFIG,
      guards: new Map(),
      layers: [{ name: 'defaults', owner: 'defaults', file: null, value: DEFAULT_CONFIG }],
      layerNames: ['defaults'],
      warnings: [],
      notes: [],
    });
  });
});

describe('a config file', () => {
  it.each([
    ['package.json', '{"code-guardian": {"bail": 3}}'],
    ['.code-guardianrc', 'bail: 3'],
    ['.code-guardianrc', '{"bail": 3}'],
    ['.code-guardianrc.json', '{"bail": 3}'],
    ['.code-guardianrc.yaml', 'bail: 3'],
    ['.code-guardianrc.yml', 'bail: 3'],
    ['.config/code-guardianrc', 'bail: 3'],
    ['.config/code-guardianrc.json', '{"bail": 3}'],
    ['.config/code-guardianrc.yaml', 'bail: 3'],
    ['.config/code-guardianrc.yml', 'bail: 3'],
    ['code-guardian.config.json', '{"bail": 3}'],
    ['code-guardian.config.yaml', 'bail: 3'],
    ['code-guardian.config.yml', 'bail: 3'],
  ])('%s is read: %j', async (path, content) => {
    const { config, layers, layerNames } = await situation({ [path]: content }).load();
    expect(config).toEqual({ ...DEFAULT_CONFIG, bail: 3 });
    expect(layerNames).toEqual(['defaults', `repository:${path}`]);
    expect(layers[1]).toEqual({ name: `repository:${path}`, owner: 'repository', file: path, value: { bail: 3 } });
  });

  it.each(['config.json', 'config.yaml', 'config.yml', '.code-guardianrc.json', 'code-guardian.config.json'])(
    'of the user is read as %s',
    async (name) => {
      const here = situation({ [`home:${name}`]: '{"bail": 3}' });
      const { config, layerNames } = await here.load();
      expect(config.bail).toBe(3);
      expect(layerNames).toEqual(['defaults', `user:${here.home}/.config/code-guardian/${name}`]);
    },
  );

  it('of the user lies where XDG_CONFIG_HOME says', async () => {
    const here = situation({ 'xdg/code-guardian/config.yaml': 'bail: 4', 'home:config.yaml': 'bail: 3' });
    expect((await here.load({ env: { XDG_CONFIG_HOME: join(here.top, 'xdg') } })).config.bail).toBe(4);
  });

  it.each(['', '\n\n', '# only a note\n', '{}', '\uFEFF'])('that is empty is an empty config: %j', async (content) => {
    const { config, layerNames } = await situation({ '.code-guardianrc.yaml': content }).load();
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(layerNames).toContain('repository:.code-guardianrc.yaml');
  });

  it('in the folder of the search stands before one above it', async () => {
    const here = situation({ 'a/.code-guardianrc.yaml': 'bail: 1', '.code-guardianrc.yaml': 'bail: 2', 'a/b/x': '' });
    expect((await here.load({ cwd: join(here.top, 'a/b') })).layerNames).toEqual(['defaults', 'repository:a/.code-guardianrc.yaml']);
    expect((await here.load()).config.bail).toBe(2);
  });

  it('outside of a repository is looked for in the working folder alone', async () => {
    const here = situation({ 'a/b': '', '.code-guardianrc.yaml': 'bail: 2' });
    expect((await here.load({ top: null })).layerNames).toEqual(['defaults', 'repository:.code-guardianrc.yaml']);
    expect((await here.load({ top: null, cwd: join(here.top, 'a') })).layerNames).toEqual(['defaults']);
  });

  it('that is a folder stops the run', async () => {
    const here = situation();
    mkdirSync(join(here.top, '.code-guardianrc'));
    expect(await here.fail()).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^cannot read the config \.code-guardianrc: EISDIR/),
    });
  });

  it.each([
    ['.code-guardianrc.yaml', 'nowhere.yaml', '.code-guardianrc.yaml is a broken link'],
    ['package.json', 'package.json', 'cannot read the config package.json: ELOOP'],
  ])('that is a link which leads nowhere stops the run: %s → %s', async (name, target, message) => {
    const here = situation({ 'code-guardian.config.yaml': 'bail: 1' });
    symlinkSync(target, join(here.top, name));
    expect(await here.fail()).toMatchObject({ code: 'CONFIG_INVALID', path: name, message: expect.stringContaining(message) });
  });

  it('of the user that is a broken link stops the run', async () => {
    const here = situation({ 'home:x': '' });
    const file = join(here.home, '.config/code-guardian/config.yaml');
    symlinkSync('nowhere', file);
    expect(await here.fail()).toMatchObject({ code: 'CONFIG_INVALID', path: file });
  });

  it.each([
    ['Latin-1', Buffer.from('baseline: "caf\u00e9.json"', 'latin1')],
    ['UTF-16', Buffer.from('\uFEFFbail: 1', 'utf16le')],
  ])('in %s is refused: its texts would be others', async (_encoding, bytes) => {
    const here = situation();
    writeFileSync(join(here.top, '.code-guardianrc.yaml'), bytes);
    const refused = { code: 'CONFIG_INVALID', path: '.code-guardianrc.yaml', message: '.code-guardianrc.yaml is not UTF-8' };
    expect(await here.fail()).toMatchObject(refused);
    const files = new Map([['.code-guardianrc.yaml', bytes]]);
    expect(await here.fail({ source: { kind: 'index', files, readFile: async () => null } })).toMatchObject(refused);
  });

  it('is found beside a package.json that names us in some other place', async () => {
    const files = { 'package.json': '{"peerDependenciesMeta": {"code-guardian": {"optional": true}}}', '.code-guardianrc.yaml': 'bail: 3' };
    expect((await situation(files).load()).config.bail).toBe(3);
    expect((await situation().load({ source: indexOf(files) })).config.bail).toBe(3);
  });

  it('in package.json that is no object is pointed at', async () => {
    expect((await situation({ 'package.json': '{"code-guardian": "./team.yaml"}' }).fail()).message).toBe(
      'package.json:1:19: the config: expected an object, got "./team.yaml"',
    );
  });

  it('that is a program is not run, and told of', async () => {
    const here = situation({ '.code-guardianrc.js': 'throw new Error("it ran")', 'code-guardian.config.mjs': 'throw new Error("it ran")' });
    const { config, warnings } = await here.load();
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(warnings.toSorted()).toEqual([
      '.code-guardianrc.js is ignored: configs are data, such as .code-guardianrc.yaml, never programs',
      'code-guardian.config.mjs is ignored: configs are data, such as .code-guardianrc.yaml, never programs',
    ]);
  });

  it('has units made numbers', async () => {
    const yaml = 'performance: { maxFileSize: 1.5GB, timeout: 2m, memoryLimit: 512MiB }\nrules: { large-file: [warn, { maxSize: 1MiB }] }';
    const { config } = await situation({ '.code-guardianrc.yaml': yaml }).load();
    expect(config.performance).toMatchObject({ maxFileSize: 1.5e9, timeout: 120_000, memoryLimit: 512 * 2 ** 20 });
    expect(config.rules).toEqual({ 'large-file': ['warn', { maxSize: 2 ** 20 }] });
  });

  it('may name its schema', async () => {
    await expect(situation({ '.code-guardianrc.json': '{"$schema": "./schema.json"}' }).load()).resolves.toBeDefined();
  });
});

describe('--config', () => {
  it('stands in for the repository’s file, and the user’s stays', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'bail: 1', 'other/strict.yaml': 'failOn: low', 'home:config.yaml': 'bail: 9' });
    const { config, layerNames } = await here.load({ cwd: join(here.top, 'other'), configFile: 'strict.yaml' });
    expect([config.bail, config.failOn]).toEqual([9, 'low']);
    expect(layerNames).toEqual(['defaults', `user:${here.home}/.config/code-guardian/config.yaml`, 'repository:other/strict.yaml']);
  });

  it('is read from the disk, whatever is staged', async () => {
    const here = situation({ 'strict.yaml': 'bail: 5' });
    expect((await here.load({ configFile: 'strict.yaml', source: indexOf({ '.code-guardianrc.yaml': 'bail: 1' }) })).config.bail).toBe(5);
  });

  it.each([
    ['none.yaml', 'none.yaml: no such config file'],
    ['package.json', 'package.json: no such config file'],
    ['config.js', 'config.js is not a config file: use JSON or YAML'],
  ])('%s is refused', async (configFile, message) => {
    const here = situation({ 'package.json': '{}', 'config.js': 'throw new Error("it ran")' });
    expect(await here.fail({ configFile })).toMatchObject({ code: 'CONFIG_INVALID', message });
  });
});

describe('the index', () => {
  it('is read in place of the disk', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'failFast: false' });
    expect((await here.load({ source: indexOf({}) })).layerNames).toEqual(['defaults']);
    const { config, layerNames } = await here.load({ source: indexOf({ '.code-guardianrc.json': '{"bail": 2}' }) });
    expect(config).toEqual({ ...DEFAULT_CONFIG, bail: 2 });
    expect(layerNames).toEqual(['defaults', 'repository:.code-guardianrc.json']);
  });

  it('gives package.json only with our key', async () => {
    const staged = { 'package.json': '{"name": "x"}', '.code-guardianrc.yaml': 'bail: 2' };
    expect((await situation().load({ source: indexOf(staged) })).layerNames).toEqual(['defaults', 'repository:.code-guardianrc.yaml']);
    expect((await situation().load({ source: indexOf({ ...staged, 'package.json': '{"code-guardian": {}}' }) })).layerNames).toContain(
      'repository:package.json',
    );
  });

  it('has its mistakes told like those of the disk', async () => {
    const error = await situation().fail({ source: indexOf({ '.code-guardianrc.yaml': 'bail: 1\nfailon: low' }) });
    expect(error.message).toBe('.code-guardianrc.yaml:2:1: unknown key failon; did you mean failOn?');
  });

  it.each([
    ['.code-guardianrc.yaml', 'shared/team.yaml', 'bail: 2'],
    ['.code-guardianrc.json', 'shared/team.json', '{"bail": 2}'],
    ['.config/code-guardianrc.yaml', '../shared/team.yaml', 'bail: 2'],
  ])('is followed where %s is a link to %s: git stages the path', async (name, target, content) => {
    const files = { [name]: target, [target.replace('../', '')]: content };
    expect((await situation().load({ source: indexOf(files) })).config.bail).toBe(2);
  });

  it('is not asked for another file where a config is one line', async () => {
    const asked: string[] = [];
    const readFile = async (path: string): Promise<null> => (asked.push(path), null);
    for (const content of ['bail: 2', '{"bail": 2}', '']) {
      const files = new Map([['.code-guardianrc', Buffer.from(content)]]);
      await situation().load({ source: { kind: 'index', files, readFile } });
    }
    expect(asked).toEqual([]);
  });

  it('follows links from one to the next, and none in a circle or out of the repository', async () => {
    const chain = { '.code-guardianrc.yaml': 'a.yaml', 'a.yaml': 'b.yaml', 'b.yaml': 'bail: 2' };
    expect((await situation().load({ source: indexOf(chain) })).config.bail).toBe(2);
    for (const files of [{ ...chain, 'b.yaml': 'a.yaml' }, { '.code-guardianrc.yaml': '../outside.yaml' }])
      expect((await situation({ '../outside.yaml': 'bail: 3' }).fail({ source: indexOf(files) })).code).toBe('CONFIG_INVALID');
  });

  it('still hears of programs beside it', async () => {
    expect((await situation({ '.code-guardianrc.cjs': '' }).load({ source: indexOf({}) })).warnings).toHaveLength(1);
  });
});

describe('layers', () => {
  it('stand over each other in their order', async () => {
    const here = situation({
      'home:config.yaml': 'bail: 1\nfailOn: low\nonIncomplete: warn\nignore: { paths: [user] }\nfailFast: false\nbaseline: user.json',
      '.code-guardianrc.yaml':
        'bail: 2\nfailOn: info\nignore: { paths: [repository] }\nonIncomplete: block\nenvironments: { ci: { bail: 3, failOn: medium, ignore: { paths: [ci] } } }',
    });
    const { config, layerNames } = await here.load({
      env: { CI: 'true', CODE_GUARDIAN_BAIL: '4', CODE_GUARDIAN_FAIL_ON: 'critical', CODE_GUARDIAN_IGNORE_PATHS: 'env' },
      flags: { bail: 5 },
    });
    expect(config).toMatchObject({
      bail: 5,
      failOn: 'critical',
      onIncomplete: 'block',
      failFast: false,
      baseline: 'user.json',
      ignore: { paths: ['user', 'repository', 'ci', 'env'] },
    });
    expect(layerNames).toEqual([
      'defaults',
      expect.stringMatching(/^user:/),
      'repository:.code-guardianrc.yaml',
      'environment:ci',
      'env',
      'flags',
    ]);
  });

  it('of the user do not hide a mistake of the repository, and the lower one speaks first', async () => {
    const here = situation({ 'home:config.yaml': 'failOn: bad', '.code-guardianrc.yaml': 'failon: 1' });
    expect((await here.fail()).message).toBe(
      `${here.home}/.config/code-guardian/config.yaml:1:9: failOn: "bad" is not one of critical, high, medium, low, info`,
    );
  });
});

describe('the overlay', () => {
  const overlays = 'environments: { ci: { bail: 1 }, development: { bail: 2 }, production: { bail: 3 } }';

  it.each([
    [{}, 2, 'environment:development'],
    [{ CI: '' }, 2, 'environment:development'],
    [{ CI: '0' }, 2, 'environment:development'],
    [{ CI: 'false' }, 2, 'environment:development'],
    [{ CI: 'true' }, 1, 'environment:ci'],
    [{ CI: '1' }, 1, 'environment:ci'],
    [{ CI: '1', CODE_GUARDIAN_ENV: 'production' }, 3, 'environment:production'],
    [{ CI: '1', CODE_GUARDIAN_ENV: '' }, 1, 'environment:ci'],
  ])('with %j', async (env, bail, layer) => {
    const { config, layerNames, notes } = await situation({ '.code-guardianrc.yaml': overlays }).load({
      env,
    });
    expect(config.bail).toBe(bail);
    expect(layerNames).toEqual(['defaults', 'repository:.code-guardianrc.yaml', layer]);
    expect(notes).toEqual([]);
  });

  it('that no layer has is a note when it was named', async () => {
    const here = situation({ '.code-guardianrc.yaml': overlays });
    const { layerNames, notes } = await here.load({ env: { CODE_GUARDIAN_ENV: 'staging' } });
    expect(layerNames).toEqual(['defaults', 'repository:.code-guardianrc.yaml']);
    expect(notes).toEqual(['no layer has an environment staging']);
    expect((await situation().load({ env: { CI: '1' } })).notes).toEqual([]);
    expect((await situation().load({ env: { CODE_GUARDIAN_ENV: 'constructor' } })).notes).toHaveLength(1);
  });

  it('of several layers is one layer, the higher file’s above', async () => {
    const here = situation({ 'home:config.yaml': 'environments: { ci: { bail: 7, failOn: low } }', '.code-guardianrc.yaml': overlays });
    const { config, layers, layerNames } = await here.load({ env: { CI: '1' } });
    expect([config.bail, config.failOn]).toEqual([1, 'low']);
    expect(layerNames.filter((name) => name.startsWith('environment:'))).toEqual(['environment:ci']);
    expect(layers.filter(({ name }) => name === 'environment:ci').map(({ file }) => file)).toEqual([
      expect.stringMatching(/config\.yaml$/),
      '.code-guardianrc.yaml',
    ]);
  });
});
