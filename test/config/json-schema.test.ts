import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { CONFIG_KEYS } from '../../src/config/schema.ts';
import { isTree } from '../../src/policy/merge-config.ts';
import { situation } from './situation.ts';

type Tree = Readonly<Record<string, unknown>>;

const SCHEMA = configJsonSchema([{ id: 'debugger', message: 'Debugger' }]);

/** As much of draft 2020-12 as the schema uses; a keyword that is not known here fails the test. */
function fits(value: unknown, schema: Tree): boolean {
  return Object.entries(schema).every(([keyword, wanted]) => {
    switch (keyword) {
      case '$schema':
      case '$defs':
      case 'title':
      case 'description':
      case 'default':
      case 'format':
        return true;
      case '$ref':
        return fits(value, (SCHEMA['$defs'] as Tree)[String(wanted).replace('#/$defs/', '')] as Tree);
      case 'type':
        return [wanted].flat().some((type) => isOf(value, type as string));
      case 'enum':
        return (wanted as unknown[]).includes(value);
      case 'anyOf':
        return (wanted as Tree[]).some((inner) => fits(value, inner));
      case 'minimum':
        return typeof value !== 'number' || value >= (wanted as number);
      case 'maximum':
        return typeof value !== 'number' || value <= (wanted as number);
      case 'minLength':
        return typeof value !== 'string' || value.length >= (wanted as number);
      case 'pattern':
        return typeof value !== 'string' || new RegExp(wanted as string, 'u').test(value);
      case 'minItems':
        return !Array.isArray(value) || value.length >= (wanted as number);
      case 'maxItems':
        return !Array.isArray(value) || value.length <= (wanted as number);
      case 'items':
        return !Array.isArray(value) || value.every((item) => fits(item, wanted as Tree));
      case 'prefixItems':
        return !Array.isArray(value) || (wanted as Tree[]).every((inner, i) => i >= value.length || fits(value[i], inner));
      case 'required':
        return !isTree(value) || (wanted as string[]).every((key) => Object.hasOwn(value, key));
      case 'properties':
        return (
          !isTree(value) ||
          Object.entries(wanted as Tree).every(([key, inner]) => !Object.hasOwn(value, key) || fits(value[key], inner as Tree))
        );
      case 'propertyNames':
        return !isTree(value) || Object.keys(value).every((key) => fits(key, wanted as Tree));
      case 'additionalProperties': {
        const known = Object.keys(schema['properties'] ?? {});
        const others = isTree(value) ? Object.entries(value).filter(([key]) => !known.includes(key)) : [];
        return wanted === false ? others.length === 0 : others.every(([, inner]) => fits(inner, wanted as Tree));
      }
      default:
        throw new Error(`the schema uses ${keyword}`);
    }
  });
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isTree(value);
  if (type === 'null') return value === null;
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
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
    expect(fits(config, SCHEMA)).toBe(true);
    await expect(situation({ '.code-guardianrc.json': JSON.stringify(config) }).load()).resolves.toBeDefined();
  });

  it.each(WRONG.map((config) => [config]))('refuses what the check refuses: %j', async (config) => {
    expect(fits(config, SCHEMA)).toBe(false);
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
      expect(fits({ enforce }, SCHEMA)).toBe(isRight);
      const here = situation({ 'etc:config.json': JSON.stringify({ enforce }) });
      if (isRight) await expect(here.load()).resolves.toBeDefined();
      else expect((await here.fail()).message).toContain('enforce');
    }
  });

  it('offers the rules wherever rules are written', () => {
    const rulesIn = (schema: unknown): Tree => (((schema as Tree)['properties'] as Tree)['rules'] as Tree)['properties'] as Tree;
    const top = SCHEMA['properties'] as Tree;
    for (const place of [
      SCHEMA,
      (top['overrides'] as Tree)['items'],
      (top['environments'] as Tree)['additionalProperties'],
      top['enforce'],
    ]) {
      expect(rulesIn(place)).toEqual({ debugger: { description: 'Debugger', $ref: '#/$defs/setting' } });
    }
  });
});
