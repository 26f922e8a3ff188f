import type { ChangedFile } from '../../diff/changed-file.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { StageResult } from '../../findings/stage-result.ts';
import type { RunChoice } from '../../policy/policy.ts';
import { takesResult } from '../../policy/takes-result.ts';
import { mergeStages } from '../../report/merge-stages.ts';
import type { StageReport } from '../../report/scan-report.ts';
import type { StageOutcome } from '../../stages/run-stage.ts';
import type { ChosenStage } from './choose-stages.ts';
import type { Collector } from '../collector.ts';
import { readFiles, type StageSource } from './stage-files.ts';
import { settlerOf } from './stage-results.ts';
import { unitOf } from '../scanned-file.ts';

/** One stage that is done with one view. */
export interface DoneStage {
  readonly chosen: ChosenStage;
  readonly files: ReadonlyMap<string, ChangedFile>;
  readonly outcome: StageOutcome;
  /** Milliseconds. */
  readonly duration: number;
}

/** Results → findings, file by file, with the content that the stage has seen. */
export async function takeResults(
  source: StageSource & { readonly choice: RunChoice },
  collector: Collector,
  { chosen, files, outcome }: DoneStage,
): Promise<void> {
  const { stage } = chosen;
  const byFile = new Map<string, StageResult[]>();
  for (const result of outcome.results) {
    if (!files.has(result.path) || !takesResult(source.policy, source.choice, `${stage.id}/${result.rule}`, result.path)) continue;
    byFile.set(result.path, [...(byFile.get(result.path) ?? []), result]);
  }
  const found = [...byFile].map(([path, results]) => ({ change: files.get(path)!, results }));
  // What was found is told, though the time of the run may be over by now.
  const patient: StageSource = { ...source, limits: { ...source.limits, isOver: () => false } };
  await readFiles(
    patient,
    found.map(({ change }) => change),
    (index, answer) => {
      const { change, results } = found[index]!;
      if (answer.kind === 'content')
        collector.takeResults(unitOf(change), answer.bytes, settlerOf({ stage: stage.id, results, isWholeFile: stage.results === 'file' }));
      else
        collector.fail(
          new GuardianError('DETECTOR_FAILED', `results of stage ${stage.id} could not be placed`, {
            hint: 'Try again; `git fsck` finds damaged objects.',
            path: unitOf(change).path,
          }),
        );
    },
  );
  if (outcome.error !== null) collector.fail(outcome.error);
}

/** What each stage came to, whatever the number of views. */
export function reportsOf(all: readonly DoneStage[]): StageReport[] {
  return mergeStages(
    all.map(({ chosen: { stage, state }, files, outcome, duration }) => ({
      id: stage.id,
      status: state === 'asks' ? 'denied' : outcome.error === null ? 'done' : 'failed',
      files: { expected: files.size, scanned: outcome.looked },
      results: outcome.results.length,
      durationMs: duration,
    })),
  );
}
