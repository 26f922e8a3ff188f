import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { CONFIG_KEYS, LAYER } from '../../src/config/schema.ts';
import { isTree } from '../../src/policy/merge-config.ts';
import { situation } from './situation.ts';

const ROOT = new URL('../../', import.meta.url);

type Tree = Readonly<Record<string, unknown>>;

const SCHEMA = configJsonSchema([{ id: 'debugger', message: 'Debugger' }]);

/** In strict mode, a keyword that draft 2020-12 does not know fails the test. Formats are left to editors. */
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(SCHEMA);

/** What is wrong with a config, as an editor would say it. */
function mistakesIn(config: unknown): readonly string[] {
  validate(config);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const RULE = { id: 'acme', keywords: ['acme_'], pattern: 'acme_x', message: 'Acme' };

const RIGHT: readonly unknown[] = [
  {},
  { $schema: './x.json', extends: 'web' },
  { extends: ['web', 'strict'] },
  { failFast: false, failOn: 'low', bail: 3, onIncomplete: 'warn', baseline: 'x.json' },
  { rules: { debugger: 'off', 'console-log': ['error', { minEntropy: 3.5, severity: 'low', maxSize: '1MiB', allow: ['^x'] }] } },
  {
    customRules: [
      RULE,
      {
        ...RULE,
        id: 'acme-2',
        flags: 'im',
        severity: 'low',
        why: 'w',
        advice: 'a',
        docs: 'd',
        paths: ['*'],
        minEntropy: 2,
        samples: { found: [], ignored: ['x'] },
      },
    ],
  },
  { ignore: { paths: ['a'], values: ['^x'], words: ['w'] }, overrides: [{ files: ['a'], rules: { debugger: 'warn' } }] },
  { errors: { continueOnError: false, maxRetries: 0, retryDelay: '1s' }, logging: { level: 'trace', format: 'json', file: null } },
  { performance: { maxFileSize: '1.5 GB', maxLineLength: 1, timeout: '2m', ruleTimeout: 0, memoryLimit: null, concurrency: 4 } },
  { performance: { memoryLimit: '1GiB', concurrency: 'auto' }, monitoring: { ledger: false, textfile: 'x', otlp: 'http://localhost' } },
  { monitoring: { otlpHeaders: { authorization: 'env:TOKEN', 'x-tenant': 'file:/etc/tenant' } } },
  {
    stages: [
      { id: 'eslint', command: ['eslint', '{files}'], hooks: ['pre-commit', 'range'], paths: ['*.js'], support: ['x'], timeout: '1s' },
      { use: 'npm-audit', severity: 'low', results: 'file' },
    ],
    rules: { eslint: 'warn', 'eslint/@acme/no-eval': 'off', 'npm-audit/GHSA-x.y:z': ['warn', { severity: 'low' }] },
    security: { stages: 'ask', required: ['eslint'] },
  },
  { environments: { ci: { failOn: 'low', rules: { debugger: 'off' } } }, security: { required: ['debugger'], allowSkip: false } },
];

const WRONG: readonly unknown[] = [
  [],
  { failfast: true },
  { failOn: 'hgh' },
  { failFast: 'no' },
  { bail: -1 },
  { bail: 1.5 },
  { extends: {} },
  { extends: [''] },
  { rules: { debugger: 'loud' } },
  { rules: { debugger: ['warn'] } },
  { rules: { debugger: ['warn', { entropy: 1 }] } },
  { rules: { 'Bad Id': 'warn' } },
  { customRules: [{ ...RULE, id: 'Acme' }] },
  { customRules: [{ ...RULE, keywords: [] }] },
  { customRules: [{ ...RULE, keywords: ['ac'] }] },
  { customRules: [{ ...RULE, flags: 'g' }] },
  { customRules: [{ id: 'acme' }] },
  { overrides: [{ files: ['a'] }] },
  { performance: { maxFileSize: 'big' } },
  { performance: { maxFileSize: '10M' } },
  { performance: { maxFileSize: 0 } },
  { performance: { timeout: '1 fortnight' } },
  { performance: { concurrency: 'many' } },
  { performance: { concurrency: 0 } },
  { monitoring: { otlpHeaders: { authorization: 'Bearer x' } } },
  { monitoring: { otlpHeaders: { authorization: 'file:token' } } },
  { monitoring: { otlpHeaders: { 'x a': 'env:TOKEN' } } },
  { environments: { ci: { extends: 'web' } } },
  { environments: { 'a b': {} } },
  { stages: [{ id: 'x', command: 'eslint .' }] },
  { stages: [{ id: 'x', command: [] }] },
  { stages: [{ id: 'X', command: ['x'] }] },
  { stages: [{ id: 'x'.repeat(41), command: ['x'] }] },
  { stages: [{ use: 'gosec' }] },
  { stages: [{ use: 'npm-audit', hooks: ['pre-receive'] }] },
  { stages: [{ use: 'npm-audit', shell: true }] },
  { rules: { 'debugger/no space': 'off' } },
  { security: { stages: true } },
  { logging: { file: '' } },
  { security: { required: 'debugger' } },
];

describe('the JSON Schema', () => {
  it.each(RIGHT.map((config) => [config]))('takes what the check takes: %j', async (config) => {
    expect(mistakesIn(config)).toEqual([]);
    await expect(situation({ '.code-guardianrc.json': JSON.stringify(config) }).load()).resolves.toBeDefined();
  });

  it.each(WRONG.map((config) => [config]))('refuses what the check refuses: %j', async (config) => {
    expect(mistakesIn(config)).not.toEqual([]);
    expect((await situation({ '.code-guardianrc.json': JSON.stringify(config) }).fail()).code).toBe('CONFIG_INVALID');
  });

  it('tells of every key what it is and its default', () => {
    const said = CONFIG_KEYS.map(({ path }) => {
      const schema = path.reduce<Tree>((inner, key) => (inner['properties'] as Tree)[key] as Tree, SCHEMA);
      return [path, schema['description'], schema['default']];
    });
    expect(said).toEqual(CONFIG_KEYS.map(({ path, part, default: value }) => [path, part.help, value]));
    expect(CONFIG_KEYS.filter(({ part }) => part.help === undefined)).toEqual([]);
  });

  it('knows what only the organisation may say, and that it is no layer in full', async () => {
    for (const [enforce, isRight] of [
      [{ failOn: 'low', rules: { debugger: 'error' }, ignore: { paths: [] } }, true],
      [{ failOn: 'hgh' }, false],
      [{ extends: 'web' }, false],
      [{ enforce: {} }, false],
    ] as const) {
      expect(mistakesIn({ enforce }).length === 0).toBe(isRight);
      const here = situation({ 'etc:config.json': JSON.stringify({ enforce }) });
      if (isRight) await expect(here.load()).resolves.toBeDefined();
      else expect((await here.fail()).message).toContain('enforce');
    }
  });

  it('offers the rules wherever rules are written, from one list', () => {
    const definitions = SCHEMA['$defs'] as Record<string, Tree>;
    expect(definitions['rules']!['properties']).toEqual({ debugger: { description: 'Debugger', $ref: '#/$defs/setting' } });
    const top = SCHEMA['properties'] as Record<string, Tree>;
    const override = top['overrides']!['items'] as Tree;
    expect(top['environments']!['additionalProperties']).toEqual({ $ref: '#/$defs/overlay' });
    expect(top['enforce']).toMatchObject({ $ref: '#/$defs/overlay' });
    for (const place of [SCHEMA, override, definitions['overlay']!]) {
      expect((place['properties'] as Tree)['rules']).toMatchObject({ $ref: '#/$defs/rules' });
    }
  });

  it('takes every config of the docs', () => {
    const examples = listDocs().flatMap((page) => configsIn(page).map((config) => ({ page, mistakes: mistakesIn(config) })));
    expect(examples.length).toBeGreaterThan(5);
    expect(examples.filter(({ mistakes }) => mistakes.length > 0)).toEqual([]);
  });
});

function listDocs(): string[] {
  return ['README.md', ...readdirSync(new URL('docs/', ROOT)).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];
}

/** The YAML blocks of a page that set a key of the config; the others configure other programs. */
function configsIn(page: string): unknown[] {
  const blocks = readFileSync(new URL(page, ROOT), 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms);
  const isConfig = (value: unknown): boolean => isTree(value) && Object.keys(value).some((key) => Object.hasOwn(LAYER.entries!, key));
  return [...blocks].map(([, text = '']) => parse(text) as unknown).filter(isConfig);
}
