import { GuardianError } from '../errors/guardian-error.ts';
import type { Finding } from './finding.ts';

/** One accepted finding. Says nothing of the value and of the line it stands on. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** Where it was when it was accepted: for people; a moved finding stays accepted. */
  readonly path: string;
  readonly reason?: string;
  /** Last day that it is accepted, `YYYY-MM-DD`. */
  readonly expires?: string;
}

export interface Baseline {
  /** Key of the fingerprints. */
  readonly key: string;
  readonly entries: readonly BaselineEntry[];
}

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
      hint: 'Mend the file, or write it anew with `code-guardian baseline create`.',
      path,
    });
  };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (thrown) {
    return fail(
      /^(?:<{7}|={7}|>{7})/m.test(text)
        ? 'it has a merge conflict: keep the entries of both sides'
        : `it is no JSON: ${(thrown as Error).message}`,
    );
  }
  if (!isRecord(document)) return fail('it is no baseline: an object is expected');
  const { version, key, entries } = document;
  if (version !== VERSION) return fail(`version ${JSON.stringify(version)} is not known to this release, which reads version ${VERSION}`);
  if (typeof key !== 'string' || key === '') return fail('`key` is missing');
  if (!Array.isArray(entries)) return fail('`entries` is missing');
  return {
    key,
    entries: entries
      .filter((entry) => entry !== null)
      .map((entry: unknown, i) => (isEntry(entry) ? entry : fail(`entry ${i + 1} cannot be read`))),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const { fingerprint, rule, path, reason, expires } = value;
  return (
    [fingerprint, rule, path].every((field) => typeof field === 'string') &&
    (reason === undefined || typeof reason === 'string') &&
    (expires === undefined || (typeof expires === 'string' && DATE.test(expires)))
  );
}

/**
 * One entry a line, sorted by fingerprint; a `null` ends the list, so that every entry's line ends with a comma and two branches that add
 * entries merge without a conflict in most cases.
 */
export function renderBaseline({ key, entries }: Baseline): string {
  const lines = entries
    .toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0))
    .map(({ fingerprint, rule, path, reason, expires }) => `${JSON.stringify({ fingerprint, rule, path, reason, expires })},\n`);
  return `{\n"version": ${VERSION},\n"key": ${JSON.stringify(key)},\n"entries": [\n${lines.join('')}null\n]\n}\n`;
}

/** Is an entry still good on the day, in UTC? */
export function isCurrent({ expires }: BaselineEntry, now: Date): boolean {
  return expires === undefined || expires >= now.toISOString().slice(0, 10);
}

/** A finding → its entry. */
export function entryOf({ fingerprint, rule, path }: Finding, why: Pick<BaselineEntry, 'reason' | 'expires'>): BaselineEntry {
  return {
    fingerprint,
    rule,
    path,
    ...(why.reason === undefined ? {} : { reason: why.reason }),
    ...(why.expires === undefined ? {} : { expires: why.expires }),
  };
}

/** @throws GuardianError USAGE where it is no day of the calendar */
export function parseDate(text: string): string {
  const isDay = DATE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
  if (isDay) return text;
  throw new GuardianError('USAGE', `${JSON.stringify(text)} is no date`, { hint: 'Write it as YYYY-MM-DD.' });
}
