import { describe, expect, it } from 'vitest';
import { situation } from './situation.ts';

const messageOf = async (file: string, content: string): Promise<string> => (await situation({ [file]: content }).fail()).message;
const YAML = '.code-guardianrc.yaml';
const JSON_FILE = '.code-guardianrc.json';

const NO_REFERENCE = 'expected where the value is, env:NAME or file:/absolute/path; a secret itself has no place in a config';

/** What stands in a YAML file, and the one thing said of it after `FILE:`. */
const ONE_MISTAKE: readonly (readonly [string, string])[] = [
  ['failfast: true', '1:1: unknown key failfast; did you mean failFast?'],
  ['a: 1\n\n', '1:1: unknown key a'],
  ['bail: 1\nperformance:\n  maxfilesize: 1', '3:3: unknown key performance.maxfilesize; did you mean maxFileSize?'],
  ['constructor: 1', '1:1: unknown key constructor'],
  ['__proto__: { bail: 1 }', '1:1: unknown key __proto__'],
  ['$import: ./other.yaml', '1:1: unknown key $import'],
  ['failOn:  hihg', '1:10: failOn: "hihg" is not one of critical, high, medium, low, info; did you mean high?'],
  ['failOn: [high]', '1:9: failOn: a list is not one of critical, high, medium, low, info'],
  ['failFast: "no"', '1:11: failFast: expected true or false, got "no"'],
  ['failFast:', '1:10: failFast: expected true or false, got nothing'],
  ['bail: -1', '1:7: bail: expected a whole number from 0, got -1'],
  ['bail: 1.5', '1:7: bail: expected a whole number from 0, got 1.5'],
  ['bail: "1"', '1:7: bail: expected a whole number from 0, got "1"'],
  ['onIncomplete: ignore', '1:15: onIncomplete: "ignore" is not one of block, warn'],
  ['performance: [1]', '1:14: performance: expected an object, got a list'],
  [
    'performance:\n  maxFileSize: 10 potatoes',
    '2:16: performance.maxFileSize: expected a size such as "10MiB", or a number of bytes, got "10 potatoes"',
  ],
  ['performance: { maxFileSize: 0 }', '1:29: performance.maxFileSize: expected a size such as "10MiB", or a number of bytes, got 0'],
  [
    'performance: { timeout: soon }',
    '1:25: performance.timeout: expected a duration such as "60s", or a number of milliseconds, got "soon"',
  ],
  ['performance: { concurrency: many }', '1:29: performance.concurrency: "many" is not one of auto'],
  ['performance: { concurrency: 0 }', '1:29: performance.concurrency: expected a whole number from 1 to 256, got 0'],
  ['errors: { maxRetries: 99 }', '1:23: errors.maxRetries: expected a whole number from 0 to 10, got 99'],
  ['logging: { level: dbug }', '1:19: logging.level: "dbug" is not one of silent, error, warn, info, debug, trace; did you mean debug?'],
  ['logging: { file: "" }', '1:18: logging.file: expected a text, got ""'],
  ['monitoring: { otlp: "localhost:4318" }', '1:21: monitoring.otlp: expected an http or https URL'],
  [
    `monitoring: { otlp: "https://${['ada', 'hunter2'].join(':')}@collector.example" }`,
    '1:21: monitoring.otlp: a URL here holds no user and no password: monitoring.otlpHeaders says where they are',
  ],
  ['monitoring: { otlpHeaders: { authorization: hunter2 } }', `1:45: monitoring.otlpHeaders.authorization: ${NO_REFERENCE}`],
  ['monitoring: { otlpHeaders: { x-a: [hunter2] } }', `1:35: monitoring.otlpHeaders.x-a: ${NO_REFERENCE}`],
  ['monitoring: { otlpHeaders: { x-a: "file:token" } }', `1:35: monitoring.otlpHeaders.x-a: ${NO_REFERENCE}`],
  ['monitoring: { otlpHeaders: { x-a: "env:A B" } }', `1:35: monitoring.otlpHeaders.x-a: ${NO_REFERENCE}`],
  ['monitoring: { otlpHeaders: { "x a": "env:A" } }', '1:30: monitoring.otlpHeaders.x a: "x a" is no name of a header'],
  [
    'monitoring: { otlpHeaders: "x-a=hunter2" }',
    '1:28: monitoring.otlpHeaders: expected headers by name, as in {"authorization": "env:NAME"}',
  ],
  ['ignore: { paths: "a" }', '1:18: ignore.paths: expected a list of globs, got "a"'],
  ['ignore:\n  paths: [a, 1]', '2:14: ignore.paths[1]: expected a text, got 1'],
  ['ignore:\n  values:\n    - ok\n    - "("', '4:7: ignore.values[1]: not a regular expression: Unterminated group'],
  ['ignore: { values: [".*"] }', '1:20: ignore.values[0]: the pattern matches the empty text, so it would match everywhere'],
  [
    'stages: [{ id: eslint, command: eslint . }]',
    '1:33: stages[0].command: expected a list of the program and its arguments, as in ["eslint", "{files}"] (no shell splits a text), got "eslint ."',
  ],
  [
    'stages: [{ id: x, command: [x, "--in={files}"] }]',
    '1:32: stages[0].command[1]: {files} stands for several arguments, so it is one by itself',
  ],
  [
    'stages: [{ id: x, command: [x, "{file}"] }]',
    '1:32: stages[0].command[1]: {file} is not one of {files}, {output}, {top}; did you mean {files}?',
  ],
  ['stages: [{ id: x }]', '1:10: stages[0]: a stage needs a command, or a scanner to use'],
  ['stages: [{ command: [x] }]', '1:10: stages[0]: a stage with a command needs an id'],
  ['stages: [{ use: npm-audit, command: [x] }]', '1:10: stages[0]: a stage has a command, or a scanner to use, not both'],
  ['stages: [{ use: npm-audt }]', '1:17: stages[0].use: "npm-audt" is not one of npm-audit, osv-scanner; did you mean npm-audit?'],
  ['stages: [{ id: debugger, command: [x] }]', '1:16: stages[0].id: "debugger" is a built-in rule'],
  [
    'stages: [{ use: npm-audit }, { use: npm-audit }]',
    '1:37: stages[1].use: "npm-audit" is the id of another stage or custom rule of this file',
  ],
  ['rules: { eslint/no-eval: off }', '1:10: unknown rule rules.eslint/no-eval'],
  ['rules: [debugger]', '1:8: rules: expected an object, got a list'],
  ['rules:\n  debuger: warn', '2:3: unknown rule rules.debuger; did you mean debugger?'],
  ['rules: { debugger: warning }', '1:20: rules.debugger: "warning" is not one of error, warn, off'],
  ['rules: { debugger: false }', '1:20: rules.debugger: false is not one of error, warn, off'],
  ['rules: { debugger: [warn] }', '1:20: rules.debugger: expected [level, options], got a list of 1'],
  ['rules: { debugger: [loud, {}] }', '1:21: rules.debugger[0]: "loud" is not one of error, warn, off'],
  ['rules: { debugger: [warn, { entropy: 1 }] }', '1:29: unknown key rules.debugger[1].entropy'],
  ['rules: { debugger: [warn, { minEntropy: 9 }] }', '1:41: rules.debugger[1].minEntropy: expected a number from 0 to 8, got 9'],
  ['overrides: [{ files: [a] }]', '1:13: overrides[0].rules is missing'],
  ['overrides: [{ files: [], rules: {} }]', '1:22: overrides[0].files: expected at least one'],
  [
    'overrides:\n  - files: [a]\n    rules: { consol-log: off }',
    '3:14: unknown rule overrides[0].rules.consol-log; did you mean console-log?',
  ],
  ['security: { required: [private-kye] }', '1:24: security.required[0]: unknown rule "private-kye"; did you mean private-key?'],
  ['environments:\n  ci:\n    failon: low', '3:5: unknown key environments.ci.failon; did you mean failOn?'],
  ['environments: { ci: { rules: { debuger: off } } }', '1:32: unknown rule environments.ci.rules.debuger; did you mean debugger?'],
  ['environments: { ci: { extends: web } }', '1:23: unknown key environments.ci.extends'],
  ['environments: { "a b": {} }', '1:17: environments.a b: "a b" is no name of an environment'],
  ['environments: ci', '1:15: environments: expected an object, got "ci"'],
  ['extends: { a: 1 }', '1:10: extends: expected a text, got an object'],
  ['extends: [1]', '1:11: extends[0]: expected a text, got 1'],
  ['- failFast: true', '1:1: the config: expected an object, got a list'],
  ['just a text that is longer than twenty', '1:1: the config: expected an object, got a text of 38 characters'],
  ['a: &anchor { failFast: 1 }\n', '1:1: unknown key a'],
];

const CUSTOM = (more: string): string => `customRules:\n  - { ${more} }`;

const CUSTOM_RULE_MISTAKES: readonly (readonly [string, string])[] = [
  [CUSTOM('keywords: [acme_], pattern: a_, message: A'), '2:5: customRules[0].id is missing'],
  [
    CUSTOM('id: AcmeKey, keywords: [acme_], pattern: a_, message: A'),
    '2:11: customRules[0].id: "AcmeKey" is not kebab-case, as in acme-key',
  ],
  [CUSTOM('id: debugger, keywords: [acme_], pattern: a_, message: A'), '2:11: customRules[0].id: "debugger" is a built-in rule'],
  [
    CUSTOM('id: acme, keywords: [ac], pattern: a_, message: A'),
    '2:28: customRules[0].keywords[0]: a keyword is at least three ASCII characters',
  ],
  [
    CUSTOM('id: acme, keywords: [acmé], pattern: a_, message: A'),
    '2:28: customRules[0].keywords[0]: a keyword is at least three ASCII characters',
  ],
  [CUSTOM('id: acme, keywords: [], pattern: a_, message: A'), '2:27: customRules[0].keywords: expected at least one'],
  [
    CUSTOM('id: acme, keywords: [acme], pattern: "a[", message: A'),
    '2:44: customRules[0].pattern: not a regular expression: Unterminated character class',
  ],
  [
    CUSTOM('id: acme, keywords: [acme], pattern: "a*", message: A'),
    '2:44: customRules[0].pattern: the pattern matches the empty text, so it would match everywhere',
  ],
  [
    CUSTOM('id: acme, keywords: [acme], pattern: a_, flags: ig, message: A'),
    '2:55: customRules[0].flags: flags are i, m, s and u, each once',
  ],
  [
    CUSTOM('id: acme, keywords: [acme], pattern: a_, flags: ii, message: A'),
    '2:55: customRules[0].flags: flags are i, m, s and u, each once',
  ],
  [CUSTOM('id: acme, keywords: [acme], pattern: a_, message: ""'), '2:57: customRules[0].message: expected a text, got ""'],
  [
    CUSTOM('id: acme, keywords: [acme], pattern: a_, message: A, severity: bad'),
    '2:70: customRules[0].severity: "bad" is not one of critical, high, medium, low, info',
  ],
  [
    CUSTOM('id: acme, keywords: [acme], pattern: a_, message: A, samples: { fond: [a] }'),
    '2:71: unknown key customRules[0].samples.fond; did you mean found?',
  ],
];

describe('one mistake', () => {
  it.each([...ONE_MISTAKE, ...CUSTOM_RULE_MISTAKES])('%j is told as %j', async (yaml, told) => {
    expect(await messageOf(YAML, yaml)).toBe(`${YAML}:${told}`);
  });
});

describe('custom rules', () => {
  const rule = (id: string) => `{ id: ${id}, keywords: [acme_], pattern: 'acme_[a-z]{4}', flags: i, message: Acme }`;

  it('may be named by any layer', async () => {
    const { config } = await situation({
      [YAML]: `customRules: [${rule('acme-key')}]\nsecurity: { required: [acme-key] }`,
      'home:config.yaml': 'rules: { acme-key: warn }',
    }).load();
    expect(config.rules).toEqual({ 'acme-key': 'warn' });
    expect(config.security.required).toEqual(['acme-key']);
  });

  it('in an overlay may be named in the same file', async () => {
    const yaml = `environments: { ci: { customRules: [${rule('acme-key')}], rules: { acme-key: off } } }`;
    expect((await situation({ [YAML]: yaml }).load({ env: { CI: '1' } })).config.rules).toEqual({ 'acme-key': 'off' });
  });

  it('are suggested like any rule', async () => {
    expect(await messageOf(YAML, `customRules: [${rule('acme-key')}]\nrules: { acme-kye2: off, acme-keyy: off }`)).toBe(
      `${YAML}:2:10: unknown rule rules.acme-kye2; did you mean acme-key?\n${YAML}:2:26: unknown rule rules.acme-keyy; did you mean acme-key?`,
    );
  });

  it('have an id each in one file', async () => {
    expect(await messageOf(YAML, `customRules:\n  - ${rule('acme')}\n  - ${rule('acme')}`)).toBe(
      `${YAML}:3:11: customRules[1].id: "acme" is the id of another custom rule of this file`,
    );
  });
});

describe('all mistakes of a file', () => {
  it('are one error, in the order of the file, with a way out', async () => {
    const error = await situation({ [YAML]: 'rules:\n  debuger: loud\nfailon: 1\nfailOn: hig\nbail: x\n' }).fail();
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', path: YAML });
    expect(error.hint).toContain('code-guardian config schema');
    expect(error.message.split('\n')).toEqual([
      `${YAML}:2:3: unknown rule rules.debuger; did you mean debugger?`,
      `${YAML}:2:12: rules.debuger: "loud" is not one of error, warn, off`,
      `${YAML}:3:1: unknown key failon; did you mean failOn?`,
      `${YAML}:4:9: failOn: "hig" is not one of critical, high, medium, low, info; did you mean high?`,
      `${YAML}:5:7: bail: expected a whole number from 0, got "x"`,
    ]);
  });

  it('repeat no long text: nobody knows what it holds', async () => {
    const long = 'x'.repeat(40);
    expect(await messageOf(YAML, `failOn: ${long}\nignore: { values: ["(${long}"] }`)).not.toContain(long);
  });
});

describe('places in JSON', () => {
  it.each(['\t', '  '])('are found with indents of %j', async (indent) => {
    const json = JSON.stringify({ performance: { maxfilesize: 1 }, failOn: 'x' }, null, indent);
    expect((await messageOf(JSON_FILE, json)).split('\n')).toEqual([
      `${JSON_FILE}:3:${indent.length * 2 + 1}: unknown key performance.maxfilesize; did you mean maxFileSize?`,
      `${JSON_FILE}:5:${indent.length + 11}: failOn: "x" is not one of critical, high, medium, low, info`,
    ]);
  });

  it('are those of the whole package.json', async () => {
    const json = '{\n  "name": "x",\n  "code-guardian": {\n    "failon": "low"\n  }\n}';
    expect(await messageOf('package.json', json)).toBe('package.json:4:5: unknown key failon; did you mean failOn?');
  });

  it('count after a byte order mark and with CRLF', async () => {
    expect(await messageOf(YAML, '\uFEFFbail: 1\r\nfailon: 1\r\n')).toBe(`${YAML}:2:1: unknown key failon; did you mean failOn?`);
    expect(await messageOf(JSON_FILE, '\uFEFF{"failon": 1}')).toBe(`${JSON_FILE}:1:2: unknown key failon; did you mean failOn?`);
  });

  it('behind an alias are those of what is meant', async () => {
    const yaml = 'overrides:\n  - &one { files: [a], rules: { debugger: loud } }\n  - *one\n';
    expect((await messageOf(YAML, yaml)).split('\n')).toEqual([
      `${YAML}:2:43: overrides[0].rules.debugger: "loud" is not one of error, warn, off`,
      `${YAML}:2:43: overrides[1].rules.debugger: "loud" is not one of error, warn, off`,
    ]);
  });
});

describe('what is no YAML or JSON', () => {
  it.each([
    [YAML, 'a: 1\nb: [1', '2:6: flow sequence in block collection must be sufficiently indented and end with a ]'],
    [YAML, 'bail: 1\nbail: 2', '2:1: map keys must be unique'],
    [YAML, 'failOn: high: low', '1:9: nested mappings are not allowed in compact mappings'],
    [YAML, 'a: !!js/function x', '1:4: unknown tag'],
    ['.code-guardianrc', '{ "bail": 1', '1:12: flow map must end with a }'],
    [JSON_FILE, '{\n  "bail": 1,\n}', '3:1: expected a key in double quotes'],
    [JSON_FILE, '{\n  // a note\n  "bail": 1 }', '2:3: expected a key in double quotes or }'],
    [JSON_FILE, '{ "bail": tru }', '1:11: expected a value'],
    ['package.json', '{\n  "code-guardian": { "bail": 1,, }\n}', '2:32: expected a key in double quotes'],
  ])('%s: %j', async (file, content, told) => {
    const error = await situation({ [file]: content }).fail();
    expect(error.message).toBe(`${file}:${told}`);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', path: file });
  });

  it('in a package.json without our key is not ours to report', async () => {
    await expect(situation({ 'package.json': '{ broken' }).load()).resolves.toMatchObject({ layerNames: ['defaults'] });
  });
});
