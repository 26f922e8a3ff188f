import { availableParallelism } from 'node:os';
import { runSideBySide } from '../../host/run-side-by-side.ts';
import type { ChangedFile } from '../../diff/changed-file.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { Config, StageHook } from '../../policy/config.ts';
import type { StageReport } from '../../report/scan-report.ts';
import { runStage, type StageOutcome } from '../../stages/run-stage.ts';
import { openTree } from '../../stages/tree.ts';
import { commonDirOf } from '../../state/common-dir.ts';
import { readAllowedStages } from '../../state/stages-allowed.ts';
import type { RunContext } from '../run-context.ts';
import { type ChosenStage, chooseStages, hasVainTrust } from './choose-stages.ts';
import { filesOf, fillTree, refusedError, type StageView } from './stage-files.ts';
import { type DoneStage, reportsOf, takeResults } from './stage-outcomes.ts';

/** Which stages are to run, and on what. */
export interface StagesRequest {
  readonly context: RunContext;
  /** Null: everything is scanned, by all of them. */
  readonly stageHook: StageHook | null;
  /** What they see. Each view has a tree of its own. */
  readonly views: () => Promise<readonly StageView[]>;
}

export interface RunningStages {
  /** Resolves when the first process runs, or when there is nothing to start. */
  readonly started: Promise<void>;
  /** Waits for all, and hands what they found to the collector. */
  readonly finish: () => Promise<StagesSummary>;
  /** Stops them: the run needs no more results. */
  readonly stop: () => void;
}

export interface StagesSummary {
  readonly reports: readonly StageReport[];
  readonly notices: readonly string[];
}

/** Starts the stages of a run, in parallel to our own scan. */
export function startStages(request: StagesRequest): RunningStages {
  const controller = new AbortController();
  let tellStarted: () => void = () => undefined;
  const started = new Promise<void>((resolve) => void (tellStarted = resolve));
  const done = runAll(request, controller.signal, tellStarted).finally(tellStarted);
  // `finish` awaits it, and may never be called.
  done.catch(() => undefined);
  return {
    started,
    stop: () => controller.abort(),
    async finish() {
      // The run has its verdict without them, and a stage that was stopped has not failed.
      if (controller.signal.aborted) return { reports: [], notices: [] };
      try {
        const { all, notices } = await done;
        for (const one of all) await takeResults(request.context, one);
        return { reports: reportsOf(all), notices };
      } catch (thrown) {
        if (!(thrown instanceof GuardianError)) throw thrown;
        request.context.collector.fail(thrown);
        return { reports: [], notices: [] };
      }
    },
  };
}

async function runAll(
  request: StagesRequest,
  signal: AbortSignal,
  tellStarted: () => void,
): Promise<{ readonly all: readonly DoneStage[]; readonly notices: readonly string[] }> {
  const { context, stageHook } = request;
  const { loaded, options, policy } = context;
  // A config that was named on the command line is its owner's, not the repository's.
  const isByHand = options.config !== undefined;
  const chosen = chooseStages(loaded, isByHand, readAllowedStages(commonDirIn(context))).filter(
    ({ stage }) => (stageHook === null || stage.hooks.includes(stageHook)) && isWanted(context, stage.id),
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
            runOne(context, one, view, files, signal, tellStarted),
      ),
  );
  return { all: await runSideBySide(tasks, concurrencyOf(context)), notices };
}

function commonDirIn({ repository }: RunContext): string | null {
  return repository === null ? null : (repository.commonDir ?? commonDirOf(repository.gitDir));
}

const VAIN_TRUST = "security.stages in the repository's config has no effect: only the owner of this machine decides what runs on it";

function isWanted({ choice, policy }: RunContext, id: string): boolean {
  const isOnly = choice.only.length === 0 || choice.only.some((rule) => rule === id || rule.startsWith(`${id}/`));
  const isOn = policy.viewsOf(id).some((view) => view.mayBeOn({ id }) || namesRuleOf(id, view.config));
  return isOnly && isOn && (!choice.skip.includes(id) || policy.isRequired(id));
}

/** Does a config name one of its rules? Then that rule may be on although the stage is off. */
function namesRuleOf(id: string, { rules, overrides }: Config): boolean {
  return [rules, ...overrides.map((entry) => entry.rules)].some((entry) => Object.keys(entry).some((rule) => rule.startsWith(`${id}/`)));
}

function concurrencyOf({ loaded: { config } }: RunContext): number {
  const { concurrency } = config.performance;
  return concurrency === 'auto' ? Math.min(4, availableParallelism()) : concurrency;
}

async function runOne(
  context: RunContext,
  chosen: ChosenStage,
  view: StageView,
  files: ReadonlyMap<string, ChangedFile>,
  signal: AbortSignal,
  tellStarted: () => void,
): Promise<DoneStage> {
  const { host, top, timings, timeLeft } = context;
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
    const { contents, refused } = await fillTree(context, tree, stage, view, files);
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
  const missed = `${files} ${files === 1 ? 'file was' : 'files were'} not scanned by it`;
  return new GuardianError(
    'DETECTOR_FAILED',
    `stage ${id} did not run: the repository's config names its command, and it is not allowed on this machine; ${missed}`,
    {
      hint: '`npx code-guardian stages` shows what it runs, `npx code-guardian stages allow` allows it on this machine. In CI: CODE_GUARDIAN_SECURITY_STAGES=allow.',
    },
  );
}
