import * as v from 'valibot';
import { didYouMean } from '../errors/did-you-mean.ts';
import { DEFAULT_CONFIG, LOG_LEVELS, parseReference, SECRET_REFERENCE } from '../policy/config.ts';
import { isTree } from '../policy/merge-config.ts';
import { STAGE_HOOKS, STAGE_RECIPES, STAGE_TRUSTS } from '../policy/stage-values.ts';
import { SEVERITIES } from '../engine/rule.ts';
import { show } from './problem.ts';
import { parseDuration, parseSize } from './units.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** One key or value: how it is checked, how JSON Schema says it, and how a variable's text becomes it. */
export interface Part {
  readonly check: v.GenericSchema<unknown, unknown>;
  readonly json: JsonSchema;
  readonly parse: (text: string) => unknown;
  readonly help?: string;
  /** The keys of an object that variables may set one by one. */
  readonly entries?: Readonly<Record<string, Part>>;
  readonly unit?: 'size' | 'duration';
  /** The values of an object with free keys. */
  readonly values?: Part;
}

const asText = (text: string): unknown => text;

/** What is no JSON stays text, and the check says what it should have been. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A value that `accept` knows; anything else is told what was expected. */
function value(expected: string, json: JsonSchema, accept: (input: unknown) => unknown, parse = asText): Part {
  const check = v.pipe(
    v.unknown(),
    v.rawTransform<unknown, unknown>(({ dataset, addIssue, NEVER }) => {
      const accepted = accept(dataset.value);
      if (accepted !== null) return accepted;
      addIssue({ message: `{key}: expected ${expected}, got ${show(dataset.value)}` });
      return NEVER;
    }),
  );
  return { check, json, parse };
}

const boolean = value(
  'true or false',
  { type: 'boolean' },
  (input) => (typeof input === 'boolean' ? input : null),
  (text) => (/^(?:true|1)$/i.test(text) ? true : /^(?:false|0)$/i.test(text) ? false : text),
);

const size: Part = {
  ...value(
    'a size such as "10MiB", or a number of bytes',
    { type: ['string', 'integer'], pattern: '^\\d+(\\.\\d+)? ?([kKmMgGtT][iI]?[bB]|[bB])?$', minimum: 1 },
    (input) => parseSize(input) || null,
  ),
  unit: 'size',
};

const duration: Part = {
  ...value(
    'a duration such as "60s", or a number of milliseconds',
    { type: ['string', 'integer'], pattern: '^\\d+(\\.\\d+)? ?(ms|s|m|h)?$', minimum: 0 },
    parseDuration,
  ),
  unit: 'duration',
};

function number(kind: 'integer' | 'number', minimum: number, maximum: number): Part {
  const range = maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum}` : `from ${minimum} to ${maximum}`;
  const isIn = (input: unknown): input is number =>
    typeof input === 'number' && input >= minimum && input <= maximum && (kind === 'number' || Number.isInteger(input));
  return value(
    `${kind === 'integer' ? 'a whole number' : 'a number'} ${range}`,
    { type: kind, minimum, ...(maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }) },
    (input) => (isIn(input) ? input : null),
    asJson,
  );
}

function choice(values: readonly string[]): Part {
  const check = v.pipe(
    v.unknown(),
    v.rawCheck(({ dataset, addIssue }) => {
      const input = dataset.value;
      if (values.includes(input as string)) return;
      const guess = typeof input === 'string' ? didYouMean(input, values) : '';
      addIssue({ message: `{key}: ${show(input)} is not one of ${values.join(', ')}${guess}` });
    }),
  );
  return { check, json: { enum: values }, parse: asText };
}

const text = value('a text', { type: 'string', minLength: 1 }, (input) => (typeof input === 'string' && input !== '' ? input : null));

/** A text with one more demand: `judge` says what is wrong with it, or null. */
function textThat(json: JsonSchema, judge: (input: string) => string | null): Part {
  const check = v.pipe(
    text.check,
    v.rawCheck(({ dataset, addIssue }) => {
      const wrong = dataset.typed && typeof dataset.value === 'string' ? judge(dataset.value) : null;
      if (wrong !== null) addIssue({ message: `{key}: ${wrong}` });
    }),
  );
  return { check, json: { type: 'string', minLength: 1, ...json }, parse: asText };
}

const pattern = textThat({ format: 'regex' }, (source) => patternMistake(source, ''));

/** What is wrong with a regular expression; null where nothing is. */
function patternMistake(source: string, flags: string): string | null {
  try {
    return new RegExp(source, flags).test('') ? 'the pattern matches the empty text, so it would match everywhere' : null;
  } catch (thrown) {
    // V8 repeats the pattern before the last colon.
    return `not a regular expression: ${(thrown as Error).message.split(': ').at(-1)}`;
  }
}

function nullable(part: Part): Part {
  const json = Array.isArray(part.json['type'])
    ? { ...part.json, type: [...(part.json['type'] as string[]), 'null'] }
    : { anyOf: [part.json, { type: 'null' }] };
  return { ...part, check: v.nullable(part.check), json, parse: (written) => (written === 'null' ? null : part.parse(written)) };
}

/** One part or another, by the kind of what is written. */
function either(first: Part, second: Part, isFirst: (input: unknown) => boolean, parse: (text: string) => unknown): Part {
  return { check: v.lazy((input) => (isFirst(input) ? first.check : second.check)), json: { anyOf: [first.json, second.json] }, parse };
}

function list(item: Part, expected: string, json: JsonSchema = {}): Part {
  const isText = item.json['type'] === 'string';
  const check = v.array(item.check, (issue) => `{key}: expected ${expected}, got ${show(issue.input)}`);
  return {
    check: json['minItems'] === 1 ? v.pipe(check, v.minLength(1, `{key}: expected at least one`)) : check,
    json: { type: 'array', items: item.json, ...json },
    // A list of texts may be written with commas; JSON is for those that hold one.
    parse: (written) =>
      isText && !written.trim().startsWith('[')
        ? written
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== '')
        : asJson(written),
  };
}

const isObject = v.custom<Readonly<Record<string, unknown>>>(isTree, (issue) => `{key}: expected an object, got ${show(issue.input)}`);

/**
 * An object, key by key: `judge` says what is checked under a key, and what is wrong with the key itself. Valibot's own objects name
 * only the first unknown key, and pass over some, such as `constructor`.
 */
function keyed(
  required: readonly string[],
  judge: (key: string) => { readonly part: Part | undefined; readonly wrong: string | null },
): Part['check'] {
  return v.pipe(
    isObject,
    v.rawTransform<Readonly<Record<string, unknown>>, unknown>(({ dataset: { value: input }, addIssue }) => {
      const at = (key: string) => ({ type: 'object' as const, input, key, value: input[key] });
      for (const key of required) {
        if (!Object.hasOwn(input, key)) addIssue({ message: '{key} is missing', path: [{ ...at(key), origin: 'key' }] });
      }
      const checked = Object.keys(input).map((key) => {
        const { part, wrong } = judge(key);
        if (wrong !== null) addIssue({ message: wrong, path: [{ ...at(key), origin: 'key' }] });
        const result = v.safeParse(part?.check ?? v.unknown(), input[key]);
        for (const issue of result.issues ?? []) {
          addIssue({ message: issue.message, path: [{ ...at(key), origin: 'value' }, ...((issue.path ?? []) as [])] });
        }
        return [key, result.output] as const;
      });
      return Object.fromEntries(checked);
    }),
  );
}

/** Fixed keys; all may be left out but those that are `required`. */
function object(entries: Readonly<Record<string, Part>>, required: readonly string[] = []): Part {
  const keys = Object.keys(entries);
  const check = keyed(required, (key) =>
    Object.hasOwn(entries, key)
      ? { part: entries[key], wrong: null }
      : { part: undefined, wrong: `unknown key {key}${didYouMean(key, keys)}` },
  );
  const properties = Object.fromEntries(Object.entries(entries).map(([key, part]) => [key, describedJson(part)]));
  return {
    check,
    json: { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false },
    parse: asJson,
    entries,
  };
}

/** Free keys. */
function record(values: Part, keyPattern: RegExp, what: string): Part {
  return {
    check: keyed([], (key) => ({ part: values, wrong: keyPattern.test(key) ? null : `{key}: ${show(key)} is no name of ${what}` })),
    json: { type: 'object', propertyNames: { pattern: keyPattern.source }, additionalProperties: values.json },
    parse: asJson,
    values,
  };
}

/** Nothing of what stands in its place is shown: it may be the secret. */
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

const sharedSchemas: Record<string, JsonSchema> = {};

/** Schemas that several keys use, by name: the JSON Schema writes each of them once, under `$defs`. */
export const SHARED_SCHEMAS: Readonly<Record<string, JsonSchema>> = sharedSchemas;

/** Moves the schema of `part` to `$defs`, and refers to it wherever the part is used. */
function shared(name: string, part: Part): Part {
  sharedSchemas[name] = part.json;
  return { ...part, json: { $ref: `#/$defs/${name}` } };
}

function described(help: string, part: Part): Part {
  return { ...part, help };
}

export function describedJson({ json, help }: Part): JsonSchema {
  return help === undefined ? json : { description: help, ...json };
}

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
