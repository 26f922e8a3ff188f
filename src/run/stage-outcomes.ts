import type { ChangedFile } from '../diff/changed-file.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { StageResult } from '../findings/stage-result.ts';
import type { RunChoice } from '../policy/policy.ts';
import { takesResult } from '../policy/takes-result.ts';
import type { StageReport } from '../report/scan-report.ts';
import type { StageOutcome } from '../stages/run-stage.ts';
import type { ChosenStage } from './choose-stages.ts';
import type { Collector } from './collector.ts';
import { readFiles, type StageSource } from './stage-files.ts';
import { settlerOf } from './stage-results.ts';
import { unitOf } from './unit.ts';

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

/** One line a stage, whatever the number of views. */
export function mergeReports(all: readonly DoneStage[]): StageReport[] {
  const reports = new Map<string, StageReport>();
  for (const { chosen, files, outcome, duration } of all) {
    const { id } = chosen.stage;
    const before = reports.get(id);
    const failed = outcome.error !== null || before?.status === 'failed';
    reports.set(id, {
      id,
      status: chosen.state === 'asks' ? 'denied' : failed ? 'failed' : 'done',
      files: { expected: files.size + (before?.files.expected ?? 0), scanned: outcome.looked + (before?.files.scanned ?? 0) },
      results: outcome.results.length + (before?.results ?? 0),
      durationMs: duration + (before?.durationMs ?? 0),
    });
  }
  return [...reports.values()];
}
