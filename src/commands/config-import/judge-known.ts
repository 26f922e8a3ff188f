import { createHash } from 'node:crypto';
import type { KnownFinding } from '../../config/import/imported.ts';
import type { Match } from '../../engine/match.ts';
import type { SettledFinding } from '../../findings/finding.ts';
import { digestOf } from '../../findings/fingerprint.ts';

/** A scanned file. */
export interface Scanned {
  readonly lines: readonly string[];
  readonly matches: readonly Match[];
  /** Secrets only, one per value. */
  readonly findings: readonly SettledFinding[];
}

/** The findings that match known entries, or why none does. */
export interface Judged {
  readonly findings: readonly SettledFinding[];
  /** Null: no problem. */
  readonly trouble: string | null;
}

/**
 * Matches the findings of a file with the known entries of another scanner.
 *
 * @param entries of the same line or the same value
 */
export function judgeKnown(scanned: Scanned, entries: readonly KnownFinding[]): Judged {
  const isLine = entries[0]!.kind === 'line';
  const found = scanned.findings.filter((finding) => entries.some((entry) => isMeant(scanned, finding, entry)));
  // Findings that are suppressed in another way need no entry.
  const findings = found.filter(({ suppression }) => suppression === null);
  if (found.length === 0) {
    return { findings, trouble: isLine ? 'no secret found on that line' : 'no secret with that hash in the file' };
  }
  // Each entry stands for one finding.
  const isUnclear = isLine && findings.length > entries.length;
  return isUnclear
    ? { findings: [], trouble: `${findings.length} secrets on that line: the entry does not say which one` }
    : { findings, trouble: null };
}

function isMeant(scanned: Scanned, finding: SettledFinding, entry: KnownFinding): boolean {
  if (entry.kind === 'line') return finding.line <= entry.line && entry.line <= finding.endLine;
  return hasValue(scanned, finding, entry.sha1) || (finding.line === entry.line && isKeyOf(scanned, finding, entry.sha1));
}

/** Whether its value, or the same place as another rule reads it, has the hash. */
function hasValue({ matches }: Scanned, { digest }: SettledFinding, hash: string): boolean {
  const own = matches.filter(({ rule, value }) => digestOf(rule.id, value) === digest);
  return matches.some(({ start, end, value }) => own.some((match) => match.start < end && start < match.end) && sha1(value) === hash);
}

/** detect-secrets hashes only the first line of a private key. */
function isKeyOf({ lines }: Scanned, { rule, line }: SettledFinding, hash: string): boolean {
  const [header] = /BEGIN [A-Z ]*PRIVATE KEY/.exec(lines[line - 1] ?? '') ?? [];
  return rule === 'private-key' && header !== undefined && sha1(header) === hash;
}

/** @param value one character per byte */
function sha1(value: string): string {
  return createHash('sha1').update(value, 'latin1').digest('hex');
}
