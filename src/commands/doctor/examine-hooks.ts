import { availableParallelism } from 'node:os';
import { stateFolder } from '../../disk/state-folder.ts';
import { type CanaryResult, type CanaryRun, runCanary } from '../../health/canary.ts';
import { judgeHook } from '../../health/hook.ts';
import { judgeHooksPath } from '../../health/hooks-path.ts';
import { judgeCanary } from '../../health/judge-canary.ts';
import { holdMarks } from '../../health/marks.ts';
import { parseRuntime, readRuntime, type RuntimeFacts } from '../../health/runtime.ts';
import { openScratch } from '../../health/scratch.ts';
import { openGit } from '../../git/client.ts';
import { runSideBySide } from '../../host/run-side-by-side.ts';
import type { Check } from '../../report/health-report.ts';
import { attempt, failed } from './attempt.ts';
import { type Hooks, readHooks } from './read-hooks.ts';
import type { Worktree } from './worktree.ts';

/** The hooks of a work tree and of a server. */
const WORK_HOOKS: readonly string[] = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'];
const SERVER_HOOKS: readonly string[] = ['pre-receive'];

export interface ExaminedHooks {
  readonly checks: readonly Check[];
  /** Absolute paths of the existing hooks. */
  readonly paths: readonly string[];
  readonly runtimes: readonly RuntimeFacts[];
}

/** Facts shared by all worktrees. */
export interface HooksContext {
  /** The current folder. */
  readonly cwd: string;
  readonly knowsConfigHooks: boolean;
  readonly isSearched: boolean;
  /** Path of the running program. */
  readonly script: string;
  readonly initFile: string;
}

/**
 * Checks the hooks of a worktree and runs them.
 *
 * @param known hook paths that were checked in another worktree: if they are the same here, only pre-commit runs
 */
export async function examineHooks(worktree: Worktree, context: HooksContext, known: readonly string[] = []): Promise<ExaminedHooks> {
  let hooks: Hooks;
  try {
    hooks = await readHooks(worktree, worktree.top === null ? SERVER_HOOKS : WORK_HOOKS, context);
  } catch (thrown) {
    return { checks: [failed('hooks', thrown)], paths: [], runtimes: [] };
  }
  const { setting, manager, facts } = hooks;
  const isKnown = known.length > 0 && facts.every(({ absolute }) => known.includes(absolute));
  const judged = facts.map((fact) => ({ fact, check: judgeHook(fact) }));
  const running = judged.filter(({ check }) => check.status !== 'fail').flatMap(({ fact }) => fact);
  const canary = await attempt('canary', async () =>
    judgeCanary(await tryHooks(worktree, context, isKnown ? running.slice(0, 1) : running), context.isSearched),
  );
  return {
    checks: isKnown ? [canary] : [judgeHooksPath(setting, manager), ...judged.map(({ check }) => check), canary],
    paths: facts.map(({ absolute }) => absolute),
    runtimes: readRuntimes(worktree, hooks, context.initFile),
  };
}

async function tryHooks(worktree: Worktree, { script }: HooksContext, facts: Hooks['facts']): Promise<CanaryResult[]> {
  const { env, git, gitDir, commonDir, objects, place, idLength } = worktree;
  const program = [process.execPath, script] as const;
  const scratch = openScratch((variables) => openGit(git.baseDir, { ...env, ...variables }), objects);
  const restoreMarks = holdMarks([gitDir, commonDir].map(stateFolder));
  const putBack = (): void => {
    restoreMarks();
    scratch.remove();
  };
  process.once('exit', putBack);
  try {
    const run: CanaryRun = { scratch, place, env, program, idLength };
    const tasks = facts.flatMap(({ hook, reach }) => (reach === null ? [] : [() => runCanary(run, hook, reach)]));
    return await runSideBySide(tasks, availableParallelism());
  } finally {
    process.removeListener('exit', putBack);
    putBack();
  }
}

/** Each distinct program once. */
function readRuntimes({ place, commonDir }: Worktree, { facts }: Hooks, initFile: string): RuntimeFacts[] {
  const contents = facts.flatMap(({ reach }) => (reach === null || reach.kind === 'guest' || reach.content === '' ? [] : [reach.content]));
  const runtimes = new Map(contents.map(parseRuntime).map((runtime) => [JSON.stringify(runtime), runtime]));
  return [...runtimes.values()].map((runtime) => readRuntime(runtime, { top: place.folder, commonDir, initFile }));
}
