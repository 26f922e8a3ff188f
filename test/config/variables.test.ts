import { describe, expect, it } from 'vitest';
import { CONFIG_KEYS, variableName } from '../../src/config/schema.ts';
import { RESERVED_VARIABLES } from '../../src/config/variable-names.ts';
import { situation } from './situation.ts';

const fromTop = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);

describe('names', () => {
  it.each([
    ['failFast', 'CODE_GUARDIAN_FAIL_FAST'],
    ['performance.maxFileSize', 'CODE_GUARDIAN_PERFORMANCE_MAX_FILE_SIZE'],
    ['rules.console-log', 'CODE_GUARDIAN_RULES_CONSOLE_LOG'],
    ['errors.continueOnError', 'CODE_GUARDIAN_ERRORS_CONTINUE_ON_ERROR'],
  ])('%s → %s', (path, variable) => {
    expect(variableName(path.split('.'))).toBe(variable);
  });

  it('are each one key’s, and none is reserved', () => {
    const names = CONFIG_KEYS.map(({ variable }) => variable);
    expect(new Set([...names, ...RESERVED_VARIABLES]).size).toBe(names.length + RESERVED_VARIABLES.length);
  });
});

const VALUES: readonly (readonly [path: string, text: string, value: unknown])[] = [
  ['failFast', 'false', false],
  ['failFast', '0', false],
  ['failFast', 'TRUE', true],
  ['failOn', 'medium', 'medium'],
  ['bail', '3', 3],
  ['onIncomplete', 'warn', 'warn'],
  ['rules', '{"debugger":"warn"}', { debugger: 'warn' }],
  [
    'customRules',
    '[{"id":"acme","keywords":["acme_"],"pattern":"acme_\\\\d","message":"Acme"}]',
    [{ id: 'acme', keywords: ['acme_'], pattern: 'acme_\\d', message: 'Acme' }],
  ],
  ['ignore.paths', 'a/**, b/**', ['a/**', 'b/**']],
  ['ignore.paths', '["a,b"]', ['a,b']],
  ['ignore.values', '^example', ['^example']],
  ['ignore.words', 'dummy,sample', ['dummy', 'sample']],
  ['overrides', '[{"files":["test/**"],"rules":{"debugger":"off"}}]', [{ files: ['test/**'], rules: { debugger: 'off' } }]],
  ['baseline', 'known.json', 'known.json'],
  ['stages', '[{"id":"mine","command":["x"],"timeout":"1s"}]', [{ id: 'mine', command: ['x'], timeout: 1000 }]],
  ['errors.continueOnError', 'false', false],
  ['errors.maxRetries', '0', 0],
  ['errors.retryDelay', '2s', 2000],
  ['logging.level', 'debug', 'debug'],
  ['logging.format', 'json', 'json'],
  ['logging.file', 'guardian.log', 'guardian.log'],
  ['logging.file', 'null', null],
  ['logging.maxSize', '1MiB', 2 ** 20],
  ['security.required', 'private-key,debugger', ['private-key', 'debugger']],
  ['security.allowSkip', 'false', false],
  ['security.allowPushSkip', 'true', true],
  ['security.stages', 'allow', 'allow'],
  ['performance.maxFileSize', '1MiB', 2 ** 20],
  ['performance.maxFileSize', '4096', 4096],
  ['performance.maxLineLength', '1KiB', 1024],
  ['performance.maxTotalBytes', '1GB', 1e9],
  ['performance.archiveDepth', '2', 2],
  ['performance.maxArchiveSize', '1MB', 1e6],
  ['performance.timeout', '30s', 30_000],
  ['performance.ruleTimeout', '500', 500],
  ['performance.memoryLimit', '512MiB', 512 * 2 ** 20],
  ['performance.concurrency', '4', 4],
  ['performance.concurrency', 'auto', 'auto'],
  ['monitoring.ledger', 'false', false],
  ['monitoring.textfile', '/var/lib/x.prom', '/var/lib/x.prom'],
  ['monitoring.otlp', 'http://127.0.0.1:4318', 'http://127.0.0.1:4318'],
  ['monitoring.otlpHeaders', '{"authorization":"env:TOKEN"}', { authorization: 'env:TOKEN' }],
];

describe('values', () => {
  it.each(VALUES)('%s=%s', async (path, text, value) => {
    const { config, layerNames, warnings } = await situation().load({ env: { [variableName(path.split('.'))]: text } });
    expect(fromTop(config, path.split('.'))).toEqual(value);
    expect(layerNames).toEqual(['defaults', 'env']);
    expect(warnings).toEqual([]);
  });

  it('are tried for every key', () => {
    const tried = new Set(VALUES.map(([path]) => path));
    expect(CONFIG_KEYS.map(({ path }) => path.join('.')).filter((path) => !tried.has(path))).toEqual(['extends', 'environments']);
  });

  it('that are empty set nothing', async () => {
    expect((await situation().load({ env: { CODE_GUARDIAN_FAIL_ON: '' } })).layerNames).toEqual(['defaults']);
  });

  it('of one rule stand over CODE_GUARDIAN_RULES, whatever their order', async () => {
    const env = {
      CODE_GUARDIAN_RULES_CONSOLE_LOG: 'error',
      CODE_GUARDIAN_RULES: '{"console-log":"off","debugger":"off"}',
      CODE_GUARDIAN_RULES_GENERIC_SECRET: '["error",{"minEntropy":3.5}]',
    };
    expect((await situation().load({ env })).config.rules).toEqual({
      'console-log': 'error',
      debugger: 'off',
      'generic-secret': ['error', { minEntropy: 3.5 }],
    });
  });

  it('may be of a custom rule', async () => {
    const here = situation({
      '.code-guardianrc.yaml': 'customRules: [{ id: acme-key, keywords: [acme_], pattern: acme_x, message: Acme }]',
    });
    expect((await here.load({ env: { CODE_GUARDIAN_RULES_ACME_KEY: 'warn' } })).config.rules).toEqual({ 'acme-key': 'warn' });
  });

  it('may be of a custom rule that variables bring themselves', async () => {
    const rule = '{ "id": "acme-key", "keywords": ["acme_"], "pattern": "acme_x", "message": "Acme" }';
    for (const env of [{ CODE_GUARDIAN_CUSTOM_RULES: `[${rule}]` }, { CODE_GUARDIAN_EXTENDS: './team.yaml' }]) {
      const here = situation({ 'team.yaml': `customRules: [${rule}]` });
      const { config, warnings } = await here.load({ env: { ...env, CODE_GUARDIAN_RULES_ACME_KEY: 'warn' } });
      expect([config.rules, warnings]).toEqual([{ 'acme-key': 'warn' }, []]);
    }
  });

  it('may extend and hold overlays', async () => {
    const env = { CODE_GUARDIAN_EXTENDS: 'canary,./team.yaml', CODE_GUARDIAN_ENVIRONMENTS: '{"ci":{"bail":5}}', CI: '1' };
    const { config, layerNames } = await situation({ 'team.yaml': 'failOn: low' }).load({ env });
    expect(config).toMatchObject({ failFast: false, failOn: 'low', bail: 5 });
    expect(layerNames).toEqual(['defaults', 'environment:ci', 'preset:canary', 'env:team.yaml', 'env']);
  });
});

describe('what is wrong', () => {
  it.each([
    ['CODE_GUARDIAN_FAIL_ON', 'hgh', 'CODE_GUARDIAN_FAIL_ON: "hgh" is not one of critical, high, medium, low, info; did you mean high?'],
    ['CODE_GUARDIAN_FAIL_FAST', 'maybe', 'CODE_GUARDIAN_FAIL_FAST: expected true or false, got "maybe"'],
    ['CODE_GUARDIAN_BAIL', 'many', 'CODE_GUARDIAN_BAIL: expected a whole number from 0, got "many"'],
    [
      'CODE_GUARDIAN_PERFORMANCE_MAX_FILE_SIZE',
      'big',
      'CODE_GUARDIAN_PERFORMANCE_MAX_FILE_SIZE: expected a size such as "10MiB", or a number of bytes, got "big"',
    ],
    ['CODE_GUARDIAN_RULES', 'debugger', 'CODE_GUARDIAN_RULES: expected an object, got "debugger"'],
    ['CODE_GUARDIAN_RULES', '{"debuger":"off"}', 'unknown rule CODE_GUARDIAN_RULES.debuger; did you mean debugger?'],
    ['CODE_GUARDIAN_RULES_DEBUGGER', 'loud', 'CODE_GUARDIAN_RULES_DEBUGGER: "loud" is not one of error, warn, off'],
    ['CODE_GUARDIAN_IGNORE_VALUES', '(', 'CODE_GUARDIAN_IGNORE_VALUES[0]: not a regular expression: Unterminated group'],
    ['CODE_GUARDIAN_OVERRIDES', '[{"files":["a"]}]', 'CODE_GUARDIAN_OVERRIDES[0].rules is missing'],
    [
      'CODE_GUARDIAN_SECURITY_REQUIRED',
      'private-kye',
      'CODE_GUARDIAN_SECURITY_REQUIRED[0]: unknown rule "private-kye"; did you mean private-key?',
    ],
    ['CODE_GUARDIAN_EXTENDS', 'web,strct', 'CODE_GUARDIAN_EXTENDS[1]: no preset or package "strct"; did you mean strict?'],
  ])('%s=%s', async (variable, text, message) => {
    expect(await situation().fail({ env: { [variable]: text } })).toMatchObject({ code: 'CONFIG_INVALID', message, path: undefined });
  });

  it('is told of all variables at once', async () => {
    const error = await situation().fail({
      env: { CODE_GUARDIAN_BAIL: 'x', CODE_GUARDIAN_FAIL_ON: 'x', CODE_GUARDIAN_RULES: '1', CODE_GUARDIAN_RULES_DEBUGGER: 'off' },
    });
    expect(error.message.split('\n').map((line) => line.split(':')[0])).toEqual([
      'CODE_GUARDIAN_BAIL',
      'CODE_GUARDIAN_FAIL_ON',
      'CODE_GUARDIAN_RULES',
    ]);
  });
});

describe('a variable that is no key', () => {
  it.each([
    ['CODE_GUARDIAN_FAILFAST', 'CODE_GUARDIAN_FAILFAST is not a variable of code-guardian; did you mean CODE_GUARDIAN_FAIL_FAST?'],
    [
      'CODE_GUARDIAN_RULES_CONSOL_LOG',
      'CODE_GUARDIAN_RULES_CONSOL_LOG is not a variable of code-guardian; did you mean CODE_GUARDIAN_RULES_CONSOLE_LOG?',
    ],
    ['CODE_GUARDIAN_SKIPS', 'CODE_GUARDIAN_SKIPS is not a variable of code-guardian; did you mean CODE_GUARDIAN_SKIP?'],
  ])('%s is a warning', async (variable, warning) => {
    const { config, warnings } = await situation().load({ env: { [variable]: 'x', CODE_GUARDIAN_BAIL: '1' } });
    expect(warnings).toEqual([warning]);
    expect(config.bail).toBe(1);
  });

  it.each(RESERVED_VARIABLES)('%s steers the run and is none of ours', async (variable) => {
    const { layerNames, warnings } = await situation().load({
      env: { [variable]: variable === 'CODE_GUARDIAN_ORG_CONFIG' ? '' : 'anything' },
    });
    expect([layerNames, warnings]).toEqual([['defaults'], []]);
  });
});
