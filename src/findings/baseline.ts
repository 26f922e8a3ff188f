import { GuardianError } from '../errors/guardian-error.ts';
import type { Finding } from './finding.ts';

/** Labels of an accepted finding: `real`: known secret; `ignored`: correct but harmless here; `false`: false positive. */
export type Label = 'real' | 'ignored' | 'false';
export const LABELS: readonly Label[] = ['real', 'ignored', 'false'];

/** One accepted finding, without its value and its line. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** Its path when it was accepted, for people. A moved finding stays accepted. */
  readonly path: string;
  readonly reason?: string;
  /** Last day of acceptance, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** Absent: not reviewed. */
  readonly label?: Label;
}

/** State of an entry: its finding still exists, no longer exists, or the entry has expired. */
export type EntryStatus = 'used' | 'unused' | 'expired';

export interface Baseline {
  /** Key of the fingerprints. */
  readonly key: string;
  readonly entries: readonly BaselineEntry[];
}

/** A baseline file, including fields that this release does not know. */
export type BaselineDocument = Readonly<Record<string, unknown>> & { readonly entries: readonly unknown[] };

const VERSION = 1;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a baseline file.
 *
 * @throws GuardianError CONFIG_INVALID that names what is wrong, and the entry
 */
export function parseBaseline(text: string, path: string): Baseline {
  const fail = (what: string): never => {
    throw new GuardianError('CONFIG_INVALID', `${path}: ${what}`, {
      hint: 'Correct the file, or delete it and run `code-guardian baseline create`.',
      path,
    });
  };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (thrown) {
    return fail(
      /^(?:<{7}|={7}|>{7})/m.test(text)
        ? 'unresolved merge conflict: keep the entries of both sides'
        : `invalid JSON: ${(thrown as Error).message}`,
    );
  }
  if (!isRecord(document)) return fail('not a baseline: expected an object');
  const { version, key, entries } = document;
  if (version !== VERSION) return fail(`version ${JSON.stringify(version)} is not supported; this release reads version ${VERSION}`);
  if (typeof key !== 'string' || key === '') return fail('`key` is missing');
  if (!Array.isArray(entries)) return fail('`entries` is missing');
  return {
    key,
    entries: entries
      .filter((entry) => entry !== null)
      .map((entry: unknown, i) => (isEntry(entry) ? entry : fail(`entry ${i + 1} ${problemOf(entry)}`))),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const { fingerprint, rule, path, reason, expires, label } = value;
  return (
    [fingerprint, rule, path].every((field) => typeof field === 'string') &&
    (reason === undefined || typeof reason === 'string') &&
    (expires === undefined || (typeof expires === 'string' && DATE.test(expires))) &&
    isLabel(label)
  );
}

function isLabel(value: unknown): value is Label | undefined {
  return value === undefined || LABELS.includes(value as Label);
}

function problemOf(entry: unknown): string {
  if (!isRecord(entry) || isLabel(entry['label'])) return 'is invalid';
  return `has the label ${JSON.stringify(entry['label'])}; known labels: ${LABELS.map((label) => `"${label}"`).join(', ')}`;
}

/** The text of a baseline, sorted by fingerprint. Unknown fields of entries are kept. */
export function renderBaseline({ key, entries }: Baseline): string {
  const sorted = entries.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0));
  return renderDocument({ version: VERSION, key, entries: sorted.map(inOrder) });
}

/**
 * One entry per line. A `null` ends the list, so every entry ends with a comma, and branches that add entries usually merge without conflict.
 */
export function renderDocument(document: BaselineDocument): string {
  const fields = Object.entries(document).map(([name, value]) => {
    const text = name === 'entries' ? renderEntries(document.entries) : JSON.stringify(value);
    return `${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}

function renderEntries(entries: readonly unknown[]): string {
  const lines = entries.filter((entry) => entry !== null).map((entry) => `${JSON.stringify(entry)},\n`);
  return `[\n${lines.join('')}null\n]`;
}

/** The same entry with its fields in file order. */
export function inOrder({ fingerprint, rule, path, reason, expires, label, ...others }: BaselineEntry): Readonly<Record<string, unknown>> {
  return { fingerprint, rule, path, reason, expires, label, ...others };
}

/** Whether an entry is still valid on that day, in UTC. */
export function isCurrent({ expires }: BaselineEntry, now: Date): boolean {
  return expires === undefined || expires >= now.toISOString().slice(0, 10);
}

/** A finding → its entry. */
export function entryOf({ fingerprint, rule, path }: Finding, why: Pick<BaselineEntry, 'reason' | 'expires' | 'label'>): BaselineEntry {
  return {
    fingerprint,
    rule,
    path,
    ...(why.reason === undefined ? {} : { reason: why.reason }),
    ...(why.expires === undefined ? {} : { expires: why.expires }),
    ...(why.label === undefined ? {} : { label: why.label }),
  };
}

/** @throws GuardianError USAGE if it is not a calendar day */
export function parseDate(text: string): string {
  if (isDay(text)) return text;
  throw new GuardianError('USAGE', `${JSON.stringify(text)} is not a date`, { hint: 'Use the form YYYY-MM-DD.' });
}

/** Whether it is `YYYY-MM-DD` and a calendar day. */
export function isDay(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}
