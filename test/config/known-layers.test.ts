import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILD } from '../../src/host/version.ts';
import { stripeKey } from '../support/secrets.ts';
import { memoryStore, situation } from './situation.ts';

const FILE = '.code-guardianrc.yaml';
const CONFIG = { [FILE]: 'extends: recommended\nbail: 3\n' };

/** Says something else than the file does, so that it shows whether it was used. */
function tampered(text: string | null): string {
  expect(text).toContain('"bail":3');
  return text!.replace('"bail":3', '"bail":7');
}

async function afterRun(files: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const here = situation(files);
  const first = memoryStore();
  await here.load({ store: first, env });
  return { ...here, env, text: first.text() };
}

describe('what was made of a config', () => {
  it('is used by the next run', async () => {
    const { load, text } = await afterRun(CONFIG);
    const { config, layerNames } = await load({ store: memoryStore(tampered(text)) });
    expect(config.bail).toBe(7);
    expect(layerNames).toEqual(['defaults', 'preset:recommended', `repository:${FILE}`]);
  });

  it.each<[string, (here: ReturnType<typeof situation>) => Parameters<typeof here.load>[0]]>([
    ['the file', ({ write }) => (write(FILE, 'extends: recommended\nbail:  3\n'), {})],
    ['a config of the user', ({ write }) => (write('home:config.yaml', 'failFast: false'), {})],
    ['a config of the organisation', ({ write }) => (write('etc:config.yaml', 'failFast: false'), {})],
    ['a variable', () => ({ env: { CODE_GUARDIAN_FAIL_FAST: 'false' } })],
    ['the environment', () => ({ env: { CODE_GUARDIAN_ENV: 'production' } })],
    [
      'a file with another name',
      ({ top, write }) => (write('code-guardian.config.yaml', CONFIG[FILE]), { configFile: join(top, 'code-guardian.config.yaml') }),
    ],
    ['what is staged', () => ({ source: { kind: 'index', files: new Map([[FILE, Buffer.from('bail: 3')]]), readFile: async () => null } })],
  ])('is not used with another: %s', async (_what, change) => {
    const { text, ...here } = await afterRun(CONFIG);
    const { config } = await here.load({ ...change(here), store: memoryStore(tampered(text)) });
    expect(config.bail).toBe(3);
  });

  it('is not used by another build', async () => {
    const { load, text } = await afterRun(CONFIG);
    const [[input, read]] = JSON.parse(tampered(text)) as [[string, unknown]];
    const [build, ...rest] = JSON.parse(input) as unknown[];
    expect(build).toBe(BUILD);
    const other = JSON.stringify([[JSON.stringify(['another', ...rest]), read]]);
    expect((await load({ store: memoryStore(other) })).config.bail).toBe(3);
  });

  it.each(['', '{', '[]', '[[]]', 'null', '[["a"]]', '{"a": 1}'])('is made anew where it is damaged: %j', async (text) => {
    const store = memoryStore(text);
    expect((await situation(CONFIG).load({ store })).config.bail).toBe(3);
    expect(store.text()).toContain('"bail":3');
  });

  it('is kept of four configs at most', async () => {
    const { load, write } = situation();
    const store = memoryStore();
    for (const bail of [1, 2, 3, 4, 5, 6]) {
      write(FILE, `bail: ${bail}`);
      await load({ store });
    }
    const kept = JSON.parse(store.text()!) as [string, { layers: [{ value: unknown }] }][];
    expect(kept.map(([, { layers }]) => layers[0].value)).toEqual([6, 5, 4, 3].map((bail) => ({ bail })));
  });
});

describe('nothing is kept of a config', () => {
  it.each<[string, Record<string, string>]>([
    ['that extends a file', { [FILE]: 'extends: ./team.yaml', 'team.yaml': 'bail: 3' }],
    [
      'that extends a package',
      { [FILE]: 'extends: acme', 'node_modules/acme/package.json': '{}', 'node_modules/acme/code-guardian.yaml': 'bail: 3' },
    ],
    ['with words of its own', { [FILE]: 'ignore: { words: [dummy] }' }],
    ['with values', { [FILE]: 'ignore: { values: ["^x"] }' }],
    ['with values that a rule allows', { [FILE]: 'rules: { generic-secret: [error, { allow: ["^x"] }] }' }],
    ['of an overlay with words', { [FILE]: 'environments: { ci: { ignore: { words: [dummy] } } }' }],
    ['that has what looks like a secret', { [FILE]: `bail: 3 # ${stripeKey()}` }],
    ['that is large', { [FILE]: `bail: 3\n${'# comment\n'.repeat(4000)}` }],
    ['that has a byte order mark', { [FILE]: '\uFEFFbail: 3' }],
  ])('%s', async (_what, files) => {
    expect((await afterRun(files)).text).toBeNull();
  });

  it.each([
    ['CODE_GUARDIAN_IGNORE_WORDS', 'hidden'],
    ['CODE_GUARDIAN_IGNORE_VALUES', 'hidden'],
    ['CODE_GUARDIAN_EXTENDS', './team.yaml'],
  ])('with the variable %s', async (name, value) => {
    expect((await afterRun({ ...CONFIG, 'team.yaml': 'bail: 3' }, { [name]: value })).text).toBeNull();
  });

  it('that is a staged link', async () => {
    const { load, top } = situation();
    mkdirSync(join(top, 'conf'));
    symlinkSync('conf/team.yaml', join(top, FILE));
    const store = memoryStore();
    const files = new Map([[FILE, Buffer.from('conf/team.yaml')]]);
    const readFile = async (path: string) => (path === 'conf/team.yaml' ? Buffer.from('bail: 3') : null);
    expect((await load({ store, source: { kind: 'index', files, readFile } })).config.bail).toBe(3);
    expect(store.text()).toBeNull();
  });

  it('that cannot be used', async () => {
    const store = memoryStore();
    await situation({ [FILE]: 'bail: some' }).fail({ store });
    expect(store.text()).toBeNull();
  });
});
