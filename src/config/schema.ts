import * as v from 'valibot';
import { didYouMean } from '../errors/did-you-mean.ts';
import { SEVERITIES } from '../engine/rule.ts';
import { DEFAULT_CONFIG, LOG_LEVELS, parseReference, SECRET_REFERENCE } from '../policy/config.ts';
import { isTree } from '../policy/merge-config.ts';
import { STAGE_HOOKS, STAGE_RECIPES, STAGE_TRUSTS } from '../policy/stage-values.ts';
import { show } from './problem.ts';
import {
  asJson,
  asText,
  boolean,
  choice,
  described,
  duration,
  either,
  list,
  nullable,
  number,
  object,
  type Part,
  pattern,
  patternMistake,
  record,
  shared,
  size,
  text,
  textThat,
} from './schema-parts.ts';

/** The message shows nothing of a wrong value: it may be the secret. */
const secretReference: Part = {
  check: v.custom(
    (input) => typeof input === 'string' && parseReference(input) !== null,
    '{key}: expected where the value is, env:NAME or file:/absolute/path; a secret itself has no place in a config',
  ),
  json: { type: 'string', pattern: SECRET_REFERENCE.source },
  parse: asText,
};

const headers = record(secretReference, /^[\w!#$%&'*+.^`|~-]+$/, 'a header');
const secretHeaders: Part = {
  ...headers,
  check: v.pipe(v.custom(isTree, '{key}: expected headers by name, as in {"authorization": "env:NAME"}'), headers.check),
};

export const RULE_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const severity = choice(SEVERITIES);
const level = choice(['error', 'warn', 'off']);
const minEntropy = described('minimum Shannon entropy of the value, in bits per character', number('number', 0, 8));

const ruleOptions = object({
  severity,
  minEntropy,
  maxSize: described('`large-file`: the size from which a file is large', size),
  allow: described('regular expressions of values that this rule accepts', list(pattern, 'a list of regular expressions')),
});

const settingPair: Part = {
  check: v.pipe(
    v.unknown(),
    v.rawCheck(({ dataset, addIssue }) => {
      if (Array.isArray(dataset.value) && dataset.value.length !== 2) {
        addIssue({ message: `{key}: expected [level, options], got a list of ${dataset.value.length}` });
      }
    }),
    v.tuple([level.check, ruleOptions.check]),
  ),
  json: { type: 'array', prefixItems: [level.json, ruleOptions.json], minItems: 2, maxItems: 2 },
  parse: asJson,
};

const setting = shared('setting', either(settingPair, level, Array.isArray, asJson));

/** A rule, a stage, or what a stage calls a rule: `eslint/no-eval`. */
const RULE_KEY = new RegExp(`${RULE_ID.source.slice(0, -1)}(?:/[\\w@.:+/-]{1,100})?$`);

const rules = described(
  'what each rule does: error blocks, warn warns, off is silent',
  shared('rules', record(setting, RULE_KEY, 'a rule')),
);

const globs = list(text, 'a list of globs', { minItems: 1 });

const keyword = textThat({ minLength: 3, pattern: '^[\\x20-\\x7e]{3,}$' }, (input) =>
  /^[\x20-\x7e]{3,}$/.test(input) ? null : 'a keyword is at least three ASCII characters',
);

const FLAGS = /^(?!.*(.).*\1)[imsu]+$/;

const customRuleObject = object(
  {
    id: textThat({ pattern: RULE_ID.source }, (input) => (RULE_ID.test(input) ? null : `${show(input)} is not kebab-case, as in acme-key`)),
    keywords: described('texts; every match contains at least one of them', list(keyword, 'a list of keywords', { minItems: 1 })),
    pattern: described(
      'a regular expression; the group `secret` marks the value',
      textThat({ format: 'regex' }, () => null),
    ),
    flags: textThat({ pattern: FLAGS.source }, (input) => (FLAGS.test(input) ? null : 'flags are i, m, s and u, each once')),
    severity,
    message: described('what was found, as a noun phrase', text),
    why: text,
    advice: text,
    docs: text,
    paths: globs,
    minEntropy,
    samples: object({ found: list(text, 'a list of texts'), ignored: list(text, 'a list of texts') }),
  },
  ['id', 'keywords', 'pattern', 'message'],
);

const customRule: Part = {
  ...customRuleObject,
  check: v.pipe(
    customRuleObject.check,
    v.rawCheck(({ dataset, addIssue }) => {
      const input = dataset.value as { readonly pattern?: unknown; readonly flags?: unknown } | null;
      if (typeof input?.pattern !== 'string') return;
      const flags = typeof input.flags === 'string' && FLAGS.test(input.flags) ? input.flags : '';
      const wrong = patternMistake(input.pattern, flags);
      if (wrong === null) return;
      addIssue({
        message: `{key}: ${wrong}`,
        path: [{ type: 'object', origin: 'value', input: input, key: 'pattern', value: input.pattern }],
      });
    }),
  ),
};

const PLACEHOLDERS = ['{files}', '{output}', '{top}'];

/** What is wrong with an argument of a stage's command; null where nothing is. */
function argumentMistake(argument: string): string | null {
  if (argument.includes('{files}') && argument !== '{files}') return '{files} stands for several arguments, so it is one by itself';
  if (!/^\{[a-z]+\}$/.test(argument) || PLACEHOLDERS.includes(argument)) return null;
  return `${argument} is not one of ${PLACEHOLDERS.join(', ')}${didYouMean(argument, PLACEHOLDERS)}`;
}

const COMMAND = 'a list of the program and its arguments, as in ["eslint", "{files}"] (no shell splits a text)';

const STAGE_ID = new RegExp(`^(?!.{41})${RULE_ID.source.slice(1)}`);

const stageObject = object({
  id: described(
    'its name, the prefix of its rules; a known scanner has one already',
    textThat({ pattern: STAGE_ID.source }, (input) =>
      STAGE_ID.test(input) ? null : `${show(input)} is not kebab-case of at most 40 letters, as in eslint`,
    ),
  ),
  use: described('a known scanner instead of a command', choice(STAGE_RECIPES)),
  command: described(
    'program and arguments; {files}, {output} and {top} are filled in',
    list(textThat({}, argumentMistake), COMMAND, { minItems: 1 }),
  ),
  hooks: described(
    'when it runs: [pre-commit, pre-merge-commit, staged]; known scanners: [pre-push, range]',
    list(choice(STAGE_HOOKS), 'a list of hooks', { minItems: 1 }),
  ),
  paths: described('globs of the files it scans; default: all', list(text, 'a list of globs', { minItems: 1 })),
  support: described('globs of other files that it needs, as they are staged', list(text, 'a list of globs', { minItems: 1 })),
  timeout: described('time limit for all its starts together; default: 60s', duration),
  severity: described('severity of all its results, instead of their own', severity),
  results: described('added: results on added lines count; file: all results in changed files', choice(['added', 'file'])),
});

const stage: Part = {
  ...stageObject,
  check: v.pipe(
    stageObject.check,
    v.rawCheck(({ dataset, addIssue }) => {
      const { id, use, command } = (dataset.value ?? {}) as Readonly<Record<string, unknown>>;
      if (use === undefined && command === undefined) addIssue({ message: '{key}: a stage needs a command, or a scanner to use' });
      else if (use !== undefined && command !== undefined)
        addIssue({ message: '{key}: a stage has a command, or a scanner to use, not both' });
      else if (use === undefined && id === undefined) addIssue({ message: '{key}: a stage with a command needs an id' });
    }),
  ),
};

const concurrency = either(choice(['auto']), number('integer', 1, 256), (input) => typeof input === 'string', asJson);

/** Every key that an overlay may set. */
const KEYS: Readonly<Record<string, Part>> = {
  failFast: described('abort the commit on a blocking finding; false: warn and let it pass', boolean),
  failOn: described('lowest severity that blocks', severity),
  bail: described('stop after this many blocking findings; 0: never', number('integer', 0, Number.MAX_SAFE_INTEGER)),
  onIncomplete: described('whether a run that could not scan everything blocks or warns', choice(['block', 'warn'])),
  rules,
  customRules: described('rules of your own', list(customRule, 'a list of rules')),
  ignore: object({
    paths: described('globs of files that are not scanned; `!` includes some again', list(text, 'a list of globs')),
    values: described('regular expressions of values that are not findings', list(pattern, 'a list of regular expressions')),
    words: described('a value that contains one of these words is not a finding; any case', list(text, 'a list of words')),
  }),
  overrides: described(
    'rules for some files; the last match decides',
    list(object({ files: globs, rules }, ['files', 'rules']), 'a list of overrides'),
  ),
  baseline: described('file with accepted findings', text),
  stages: described('other scanners that run together with the rules', list(stage, 'a list of stages')),
  errors: object({
    continueOnError: described('continue without a rule that failed; false: the first error ends the run', boolean),
    maxRetries: described('how often to retry git after a temporary failure', number('integer', 0, 10)),
    retryDelay: described('delay before the first retry; it roughly doubles each time', duration),
  }),
  logging: object({
    level: described('lowest level that is logged', choice(LOG_LEVELS)),
    format: described('format of logs on stderr; in CI json, unless stderr is a terminal', choice(['text', 'json'])),
    file: described('append logs to this file, as JSON', nullable(text)),
    maxSize: described('a larger log file is rotated; the last five are kept', size),
  }),
  security: object({
    required: described(
      'rules that cannot be switched off or skipped',
      list(
        textThat({ pattern: RULE_ID.source }, () => null),
        'a list of rule ids',
      ),
    ),
    allowSkip: described('whether CODE_GUARDIAN_SKIP has an effect', boolean),
    allowPushSkip: described('on a server: whether `git push -o code-guardian.skip=REASON` has an effect', boolean),
    stages: described(
      "stages of a repository's config: ask waits for `stages allow`; ignored in a repository's config",
      choice(STAGE_TRUSTS),
    ),
  }),
  performance: object({
    maxFileSize: described('larger files are skipped and listed in the report', size),
    maxLineLength: described('longer lines are scanned in overlapping pieces of this length', size),
    maxTotalBytes: described('most bytes that one run reads', size),
    archiveDepth: described('how many levels of archives in archives are scanned', number('integer', 1, 10)),
    maxArchiveSize: described('most bytes that are unpacked from one archive', size),
    timeout: described('time limit for a whole run', duration),
    ruleTimeout: described('time limit for one rule in one file', duration),
    memoryLimit: described('most memory a run may use; files that need more are skipped', nullable(size)),
    concurrency: described('how many stages run at the same time; auto: the number of cores, at most 4', concurrency),
  }),
  monitoring: object({
    ledger: described('count runs in the git directory', boolean),
    textfile: described('write metrics to this file, for node_exporter', nullable(text)),
    otlp: described('send traces, logs and metrics to this OTLP endpoint', nullable(textThat({ format: 'uri' }, urlMistake))),
    otlpHeaders: described('headers for that endpoint, each as env:NAME or file:/absolute/path', secretHeaders),
  }),
};

function urlMistake(input: string): string | null {
  if (!URL.canParse(input) || !/^https?:/.test(input)) return 'expected an http or https URL';
  const { username, password } = new URL(input);
  return username + password === '' ? null : 'a URL here holds no user and no password: monitoring.otlpHeaders says where they are';
}

const names = list(text, 'a list of presets, files and packages');

const overlay = shared('overlay', object(KEYS));

/** A whole config file. */
export const LAYER: Part = object({
  $schema: described('for editors', text),
  extends: described('presets, files and packages that this config builds on', either(names, text, Array.isArray, names.parse)),
  ...KEYS,
  environments: described(
    'overlays by name: the one that CODE_GUARDIAN_ENV names, else ci if CI is set, else development',
    record(overlay, /^[A-Za-z][\w.-]*$/, 'an environment'),
  ),
  enforce: described("only in the organisation's config: what no other layer can weaken", overlay),
});

/** Keys that are no settings: the first is for editors, and of the other only the organisation's file may speak. */
const NO_SETTINGS = new Set(['$schema', 'enforce']);

/** One key, as docs and variables know it. */
export interface ConfigKey {
  readonly path: readonly string[];
  readonly part: Part;
  /** Its variable. */
  readonly variable: string;
  readonly default: unknown;
}

/** Every key that can be set by itself, in the order of the docs. */
export const CONFIG_KEYS: readonly ConfigKey[] = keysOf(LAYER, []).filter(({ path: [key = ''] }) => !NO_SETTINGS.has(key));

function keysOf(part: Part, path: readonly string[]): ConfigKey[] {
  if (part.entries === undefined) return [{ path, part, variable: variableName(path), default: defaultOf(path) }];
  return Object.entries(part.entries).flatMap(([key, inner]) => keysOf(inner, [...path, key]));
}

/** `['performance', 'maxFileSize']` → `CODE_GUARDIAN_PERFORMANCE_MAX_FILE_SIZE`. */
export function variableName(path: readonly string[]): string {
  const words = path.map((key) =>
    key
      .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
      .replaceAll('-', '_')
      .toUpperCase(),
  );
  return ['CODE_GUARDIAN', ...words].join('_');
}

function defaultOf(path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isTree(value) ? value[key] : undefined), DEFAULT_CONFIG);
}
