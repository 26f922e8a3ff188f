import { availableParallelism } from 'node:os';
import type { Host } from '../../host/host.ts';
import type { LoadedConfig } from '../../config/load.ts';
import type { ChangedFile } from '../../diff/changed-file.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { Config, StageHook } from '../../policy/config.ts';
import type { RunChoice } from '../../policy/policy.ts';
import type { ScanReport } from '../../report/scan-report.ts';
import { readAllowedStages } from '../../state/stages-allowed.ts';
import { runStage, type StageOutcome } from '../../stages/run-stage.ts';
import { openTree } from '../../stages/tree.ts';
import { type ChosenStage, chooseStages, hasVainTrust } from './choose-stages.ts';
import type { Collector } from '../collector.ts';
import type { Timings } from '../timings.ts';
import { filesOf, fillTree, refusedError, type StageSource, type StageView } from './stage-files.ts';
import { type DoneStage, reportsOf, takeResults } from './stage-outcomes.ts';

/** What the stages of a run need. */
export interface StagesRequest extends StageSource {
  readonly host: Host;
  readonly commonDir: string | null;
  readonly loaded: LoadedConfig;
  /** Was the config named on the command line? */
  readonly isByHand: boolean;
  /** Null: everything is looked at, by all of them. */
  readonly hook: StageHook | null;
  readonly timings: Timings;
  /** Milliseconds until the time of the run is over. */
  readonly timeLeft: () => number;
  readonly choice: RunChoice;
  /** What is looked at. Each has a tree of its own. */
  readonly views: () => Promise<readonly StageView[]>;
}

export interface RunningStages {
  /** The first of them have been started, or there is nothing to start. */
  readonly started: Promise<void>;
  /** Waits for all, and puts what they found where it is judged. */
  readonly finish: (collector: Collector) => Promise<StagesSummary>;
  /** Nobody waits for them any more. */
  readonly stop: () => void;
}

export interface StagesSummary {
  readonly report: Pick<ScanReport, 'stages'>;
  readonly notices: readonly string[];
}

/** Starts the stages of a run beside our own scan. */
export function startStages(request: StagesRequest): RunningStages {
  const controller = new AbortController();
  let tellStarted: () => void = () => undefined;
  const started = new Promise<void>((resolve) => void (tellStarted = resolve));
  const done = runAll(request, controller.signal, tellStarted).finally(tellStarted);
  // It is awaited by `finish`, which may never be called.
  done.catch(() => undefined);
  return {
    started,
    stop: () => controller.abort(),
    async finish(collector) {
      // The run has its verdict without them, and what was stopped has not failed.
      if (controller.signal.aborted) return { report: {}, notices: [] };
      try {
        const { all, notices } = await done;
        for (const one of all) await takeResults(request, collector, one);
        return { report: all.length === 0 ? {} : { stages: reportsOf(all) }, notices };
      } catch (thrown) {
        if (!(thrown instanceof GuardianError)) throw thrown;
        collector.fail(thrown);
        return { report: {}, notices: [] };
      }
    },
  };
}

async function runAll(
  request: StagesRequest,
  signal: AbortSignal,
  tellStarted: () => void,
): Promise<{ readonly all: readonly DoneStage[]; readonly notices: readonly string[] }> {
  const { loaded, isByHand, commonDir, hook, policy } = request;
  const chosen = chooseStages(loaded, isByHand, readAllowedStages(commonDir)).filter(
    ({ stage }) => (hook === null || stage.hooks.includes(hook)) && isWanted(request, stage.id),
  );
  const notices = hasVainTrust(loaded.layers, isByHand) ? [VAIN_TRUST] : [];
  const [running, off] = [chosen.filter(({ state }) => state !== 'off'), chosen.filter(({ state }) => state === 'off')];
  if (off.length > 0) notices.push(`stages that did not run, by security.stages: ${off.map(({ stage }) => stage.id).join(', ')}`);
  if (running.length === 0) return { all: [], notices };

  const views = await request.views();
  const tasks = views.flatMap((view) =>
    running
      .map((one) => ({ one, view, files: filesOf(view.changes, one.stage, policy) }))
      .filter(({ files }) => files.size > 0)
      .map(
        ({ one, files }) =>
          () =>
            runOne(request, one, view, files, signal, tellStarted),
      ),
  );
  return { all: await runSideBySide(tasks, concurrencyOf(request)), notices };
}

const VAIN_TRUST =
  "security.stages of the repository's config has no effect: what runs on this machine is for its owner to say (docs/stages.md)";

function isWanted({ choice, policy }: StagesRequest, id: string): boolean {
  const isOnly = choice.only.length === 0 || choice.only.some((rule) => rule === id || rule.startsWith(`${id}/`));
  const isOn = policy.viewsOf(id).some((view) => view.mayBeOn({ id }) || namesRuleOf(id, view.config));
  return isOnly && isOn && (!choice.skip.includes(id) || policy.isRequired(id));
}

/** Does a config speak of one of its rules? Then that one may be on where the stage is off. */
function namesRuleOf(id: string, { rules, overrides }: Config): boolean {
  return [rules, ...overrides.map((entry) => entry.rules)].some((entry) => Object.keys(entry).some((rule) => rule.startsWith(`${id}/`)));
}

function concurrencyOf({ loaded: { config } }: StagesRequest): number {
  const { concurrency } = config.performance;
  return concurrency === 'auto' ? Math.min(4, availableParallelism()) : concurrency;
}

async function runSideBySide<T>(tasks: readonly (() => Promise<T>)[], most: number): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < tasks.length; i = next++) results[i] = await tasks[i]!();
  };
  await Promise.all(Array.from({ length: Math.min(most, tasks.length) }, work));
  return results;
}

async function runOne(
  request: StagesRequest,
  chosen: ChosenStage,
  view: StageView,
  files: ReadonlyMap<string, ChangedFile>,
  signal: AbortSignal,
  tellStarted: () => void,
): Promise<DoneStage> {
  const { host, top, timings, timeLeft } = request;
  const { stage } = chosen;
  const start = host.elapsed();
  const finish = (outcome: StageOutcome): DoneStage => {
    timings.add({ name: `stage ${stage.id}`, start, end: host.elapsed() });
    return { chosen, files, outcome, duration: host.elapsed() - start };
  };
  const refusal = refuse(chosen, files.size);
  if (refusal !== null) return finish({ results: [], elsewhere: 0, looked: 0, error: refusal });

  const tree = openTree();
  try {
    const { contents, refused } = await fillTree(request, tree, stage, view, files);
    if (top !== null) tree.linkPackages(top);
    const given = [...contents.keys()];
    const contentOf = (file: string): Buffer => contents.get(file)!;
    const run = { stage, tree, files: given, contentOf, env: host.env, top, isOfProject: chosen.state === 'allowed', timeLeft, signal };
    const outcome = given.length === 0 ? Promise.resolve({ results: [], elsewhere: 0, looked: 0, error: null }) : runStage(run);
    tellStarted();
    const { error, ...others } = await outcome;
    return finish({ ...others, error: error ?? refusedError(stage, refused) });
  } finally {
    tree.remove();
  }
}

function refuse({ stage: { id }, state }: ChosenStage, files: number): GuardianError | null {
  if (state !== 'asks') return null;
  const missed = `${files} ${files === 1 ? 'file was' : 'files were'} not looked at by it`;
  return new GuardianError(
    'DETECTOR_FAILED',
    `stage ${id} did not run: the repository's config names its command, and nobody has allowed it here; ${missed}`,
    {
      hint: '`npx code-guardian stages` shows what it runs, `npx code-guardian stages allow` allows it on this machine; in CI: CODE_GUARDIAN_SECURITY_STAGES=allow.',
    },
  );
}
