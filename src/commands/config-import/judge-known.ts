import { createHash } from 'node:crypto';
import type { KnownFinding } from '../../config/import/imported.ts';
import type { Match } from '../../engine/match.ts';
import type { SettledFinding } from '../../findings/finding.ts';
import { digestOf } from '../../findings/fingerprint.ts';

/** A file that has been scanned. */
export interface Scanned {
  readonly lines: readonly string[];
  readonly matches: readonly Match[];
  /** Of secrets, one a value. */
  readonly findings: readonly SettledFinding[];
}

/** What is found of what is known, and why nothing is where that is so. */
export interface Judged {
  readonly findings: readonly SettledFinding[];
  /** Null: all is well. */
  readonly trouble: string | null;
}

/**
 * Which findings of a file another scanner means.
 *
 * @param entries that speak of one line or of one value
 */
export function judgeKnown(scanned: Scanned, entries: readonly KnownFinding[]): Judged {
  const isLine = entries[0]!.kind === 'line';
  const found = scanned.findings.filter((finding) => entries.some((entry) => isMeant(scanned, finding, entry)));
  // What is suppressed by other means needs no entry.
  const findings = found.filter(({ suppression }) => suppression === null);
  if (found.length === 0) {
    return { findings, trouble: isLine ? 'no secret is found on that line' : 'no secret with that hash is found in the file' };
  }
  // Each entry speaks for one finding.
  const isUnclear = isLine && findings.length > entries.length;
  return isUnclear
    ? { findings: [], trouble: `${findings.length} secrets are found on that line, and which is meant is not said` }
    : { findings, trouble: null };
}

function isMeant(scanned: Scanned, finding: SettledFinding, entry: KnownFinding): boolean {
  if (entry.kind === 'line') return finding.line <= entry.line && entry.line <= finding.endLine;
  return hasValue(scanned, finding, entry.sha1) || (finding.line === entry.line && isKeyOf(scanned, finding, entry.sha1));
}

/** Has its value the hash, or what another rule takes for the value? */
function hasValue({ matches }: Scanned, { digest }: SettledFinding, hash: string): boolean {
  const own = matches.filter(({ rule, value }) => digestOf(rule.id, value) === digest);
  return matches.some(({ start, end, value }) => own.some((match) => match.start < end && start < match.end) && sha1(value) === hash);
}

/** Of a private key detect-secrets knows the first line alone. */
function isKeyOf({ lines }: Scanned, { rule, line }: SettledFinding, hash: string): boolean {
  const [header] = /BEGIN [A-Z ]*PRIVATE KEY/.exec(lines[line - 1] ?? '') ?? [];
  return rule === 'private-key' && header !== undefined && sha1(header) === hash;
}

/** @param value one character a byte */
function sha1(value: string): string {
  return createHash('sha1').update(value, 'latin1').digest('hex');
}
