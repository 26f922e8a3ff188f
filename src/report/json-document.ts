import { RUNNER_COMMAND } from './log-line.ts';

/** Characters that a terminal acts on or hides: control characters and bidirectional marks. */
const ACTIVE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A value as one JSON text. Characters that a terminal acts on are escaped, and so are commands in the log of a
 * runner: a parser reads the same value.
 */
export function renderJsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent)
    .replace(ACTIVE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(RUNNER_COMMAND, '##$1\\u005b');
}

/** A value as an indented JSON document with a newline. */
export function renderDocument(value: unknown): string {
  return `${renderJsonText(value, 2)}\n`;
}

/** The same document in parts. Lists that are iterables but no arrays are written item by item, so that they never exist as a whole. */
export function* documentParts(value: object): Generator<string, void, undefined> {
  yield* parts(value, '\n');
  yield '\n';
}

function* parts(value: unknown, newline: string): Generator<string, void, undefined> {
  if (!holdsStream(value)) {
    yield renderJsonText(value, 2).replaceAll('\n', newline);
    return;
  }
  const isList = Symbol.iterator in value;
  const inner = `${newline}  `;
  let lead = isList ? '[' : '{';
  for (const [key, item] of isList ? numbered(value as Iterable<unknown>) : Object.entries(value)) {
    if (item === undefined) continue;
    yield `${lead}${inner}${isList ? '' : `${JSON.stringify(key)}: `}`;
    yield* parts(item, inner);
    lead = ',';
  }
  if (lead === ',') yield `${newline}${isList ? ']' : '}'}`;
  else yield isList ? '[]' : '{}';
}

function* numbered(items: Iterable<unknown>): Generator<readonly [key: number, item: unknown], void, undefined> {
  let key = 0;
  for (const item of items) yield [key++, item];
}

/** Whether a value is a list to be streamed, or has one in it. */
function holdsStream(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return (Symbol.iterator in value && !Array.isArray(value)) || Object.values(value).some(holdsStream);
}

/** Maps on use. */
export function* eachOf<T, R>(items: Iterable<T>, map: (item: T) => R): Generator<R, void, undefined> {
  for (const item of items) yield map(item);
}
