import type { ChangedFile } from '../../diff/changed-file.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { StageResult } from '../../findings/stage-result.ts';
import { takesResult } from '../../policy/takes-result.ts';
import { mergeStages } from '../../report/merge-stages.ts';
import type { StageReport } from '../../report/scan-report.ts';
import type { StageOutcome } from '../../stages/run-stage.ts';
import type { ChosenStage } from './choose-stages.ts';
import type { RunContext } from '../run-context.ts';
import { readFiles } from './stage-files.ts';
import { settlerOf } from './stage-results.ts';
import { newVersionOf } from '../scanned-file.ts';

/** One stage that has finished with one view. */
export interface DoneStage {
  readonly chosen: ChosenStage;
  readonly files: ReadonlyMap<string, ChangedFile>;
  readonly outcome: StageOutcome;
  /** Milliseconds. */
  readonly duration: number;
}

/** Results → findings, file by file, with the content that the stage saw. */
export async function takeResults(context: RunContext, { chosen, files, outcome }: DoneStage): Promise<void> {
  const { policy, choice, collector, limits } = context;
  const { stage } = chosen;
  const byFile = new Map<string, StageResult[]>();
  for (const result of outcome.results) {
    if (!files.has(result.path) || !takesResult(policy, choice, `${stage.id}/${result.rule}`, result.path)) continue;
    byFile.set(result.path, [...(byFile.get(result.path) ?? []), result]);
  }
  const found = [...byFile].map(([path, results]) => ({ change: files.get(path)!, results }));
  await readFiles(
    // What was found is reported even if the time of the run is over by now.
    { ...context, limits: { ...limits, isOver: () => false } },
    found.map(({ change }) => change),
    (index, answer) => {
      const { change, results } = found[index]!;
      if (answer.kind === 'content')
        collector.takeResults(
          newVersionOf(change),
          answer.bytes,
          settlerOf({ stage: stage.id, results, isWholeFile: stage.results === 'file' }),
        );
      else
        collector.fail(
          new GuardianError('DETECTOR_FAILED', `results of stage ${stage.id} could not be matched to their file`, {
            hint: 'Try again; `git fsck` finds damaged objects.',
            path: newVersionOf(change).path,
          }),
        );
    },
  );
  if (outcome.error !== null) collector.fail(outcome.error);
}

/** One entry a stage, whatever the number of views. */
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
