import * as v from 'valibot';
import { didYouMean } from '../errors/did-you-mean.ts';
import { isTree } from '../policy/merge-config.ts';
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

export const asText = (text: string): unknown => text;

/** What is no JSON stays text, and the check says what it should have been. */
export function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A value that `accept` knows. For anything else the message names what was expected. */
export function value(expected: string, json: JsonSchema, accept: (input: unknown) => unknown, parse = asText): Part {
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

export const boolean = value(
  'true or false',
  { type: 'boolean' },
  (input) => (typeof input === 'boolean' ? input : null),
  (text) => (/^(?:true|1)$/i.test(text) ? true : /^(?:false|0)$/i.test(text) ? false : text),
);

export const size: Part = {
  ...value(
    'a size such as "10MiB", or a number of bytes',
    { type: ['string', 'integer'], pattern: '^\\d+(\\.\\d+)? ?([kKmMgGtT][iI]?[bB]|[bB])?$', minimum: 1 },
    (input) => parseSize(input) || null,
  ),
  unit: 'size',
};

export const duration: Part = {
  ...value(
    'a duration such as "60s", or a number of milliseconds',
    { type: ['string', 'integer'], pattern: '^\\d+(\\.\\d+)? ?(ms|s|m|h)?$', minimum: 0 },
    parseDuration,
  ),
  unit: 'duration',
};

export function number(kind: 'integer' | 'number', minimum: number, maximum: number): Part {
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

export function choice(values: readonly string[]): Part {
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

export const text = value('a text', { type: 'string', minLength: 1 }, (input) =>
  typeof input === 'string' && input !== '' ? input : null,
);

/** A text with one more demand: `judge` says what is wrong with it, or null. */
export function textThat(json: JsonSchema, judge: (input: string) => string | null): Part {
  const check = v.pipe(
    text.check,
    v.rawCheck(({ dataset, addIssue }) => {
      const wrong = dataset.typed && typeof dataset.value === 'string' ? judge(dataset.value) : null;
      if (wrong !== null) addIssue({ message: `{key}: ${wrong}` });
    }),
  );
  return { check, json: { type: 'string', minLength: 1, ...json }, parse: asText };
}

export const pattern = textThat({ format: 'regex' }, (source) => patternMistake(source, ''));

/** What is wrong with a regular expression; null where nothing is. */
export function patternMistake(source: string, flags: string): string | null {
  try {
    return new RegExp(source, flags).test('') ? 'the pattern matches the empty text, so it would match everywhere' : null;
  } catch (thrown) {
    // V8 repeats the pattern before the last colon.
    return `not a regular expression: ${(thrown as Error).message.split(': ').at(-1)}`;
  }
}

export function nullable(part: Part): Part {
  const json = Array.isArray(part.json['type'])
    ? { ...part.json, type: [...(part.json['type'] as string[]), 'null'] }
    : { anyOf: [part.json, { type: 'null' }] };
  return { ...part, check: v.nullable(part.check), json, parse: (written) => (written === 'null' ? null : part.parse(written)) };
}

/** One part or another, by the kind of what is written. */
export function either(first: Part, second: Part, isFirst: (input: unknown) => boolean, parse: (text: string) => unknown): Part {
  return { check: v.lazy((input) => (isFirst(input) ? first.check : second.check)), json: { anyOf: [first.json, second.json] }, parse };
}

export function list(item: Part, expected: string, json: JsonSchema = {}): Part {
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
export function object(entries: Readonly<Record<string, Part>>, required: readonly string[] = []): Part {
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
export function record(values: Part, keyPattern: RegExp, what: string): Part {
  return {
    check: keyed([], (key) => ({ part: values, wrong: keyPattern.test(key) ? null : `{key}: ${show(key)} is no name of ${what}` })),
    json: { type: 'object', propertyNames: { pattern: keyPattern.source }, additionalProperties: values.json },
    parse: asJson,
    values,
  };
}

const sharedSchemas: Record<string, JsonSchema> = {};

/** Schemas that several keys use, by name: the JSON Schema writes each of them once, under `$defs`. */
export const SHARED_SCHEMAS: Readonly<Record<string, JsonSchema>> = sharedSchemas;

/** Moves the schema of `part` to `$defs`, and refers to it wherever the part is used. */
export function shared(name: string, part: Part): Part {
  sharedSchemas[name] = part.json;
  return { ...part, json: { $ref: `#/$defs/${name}` } };
}

export function described(help: string, part: Part): Part {
  return { ...part, help };
}

export function describedJson({ json, help }: Part): JsonSchema {
  return help === undefined ? json : { description: help, ...json };
}
