import type { SettledFinding } from '../../findings/finding.ts';
import { type ResultsInput, settleResults } from '../../findings/settle-results.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ScannedFile } from '../scanned-file.ts';

/** Results of a stage in one file → findings, when that file is there. */
export type SettleResults = (file: StageFile) => readonly SettledFinding[];

/** A file, as the collector knows it. */
interface StageFile extends Pick<ResultsInput, 'bytes' | 'added' | 'secrets'> {
  readonly file: ScannedFile;
  readonly policy: Policy;
  /** Comments of all files that no finding needed; those that a result needs are taken out. */
  readonly unusedDirectives: { readonly path: string; readonly line: number }[];
}

/** The collector is in every hook, and few have stages: what makes findings of their results comes with the results. */
export function settlerOf(found: Pick<ResultsInput, 'stage' | 'results' | 'isWholeFile'>): SettleResults {
  return ({ file: { path, pathBytes, commit }, policy: { isRequired }, unusedDirectives, ...text }) => {
    const { findings, usedDirectives } = settleResults({ ...found, ...text, path, pathBytes, commit, isRequired });
    const unused = unusedDirectives.filter((directive) => directive.path !== path || !usedDirectives.includes(directive.line));
    unusedDirectives.splice(0, unusedDirectives.length, ...unused);
    return findings;
  };
}
