import type { Match } from './match.ts';
import type { ContentRule } from './rule.ts';

/** One decoded blob to scan. */
export interface ScanInput {
  readonly bytes: Buffer;
  /** Repository path with forward slashes. */
  readonly path: string;
  /** Does a rule apply to this file? Called once per rule and file, and only if the file contains one of its keywords. */
  readonly isActive: (rule: ContentRule) => boolean;
}

export interface Scanner {
  /** Matches in order of their start. */
  readonly scan: (input: ScanInput) => Match[];
}
