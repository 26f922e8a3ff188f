import type { SettledFinding } from '../../findings/finding.ts';
import { type ResultsInput, settleResults } from '../../findings/settle-results.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ScannedFile } from '../scanned-file.ts';

/** Results of a stage in one file → findings, once its content is read. */
export type SettleResults = (file: StageFile) => readonly SettledFinding[];

/** A file, as the collector knows it. */
interface StageFile extends Pick<ResultsInput, 'bytes' | 'added' | 'secrets'> {
  readonly file: ScannedFile;
  readonly policy: Policy;
  /** Suppressions of all files that no finding needed; those that a result needs are removed. */
  readonly unusedDirectives: { readonly path: string; readonly line: number }[];
}

/** Every hook loads the collector, and few have stages: the code that turns results into findings comes with the results. */
export function settlerOf(found: Pick<ResultsInput, 'stage' | 'results' | 'isWholeFile'>): SettleResults {
  return ({ file: { path, pathBytes, commit }, policy: { isRequired }, unusedDirectives, ...text }) => {
    const { findings, usedDirectives } = settleResults({ ...found, ...text, path, pathBytes, commit, isRequired });
    const unused = unusedDirectives.filter((directive) => directive.path !== path || !usedDirectives.includes(directive.line));
    unusedDirectives.splice(0, unusedDirectives.length, ...unused);
    return findings;
  };
}
