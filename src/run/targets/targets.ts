import { readCommitChanges, readCommitIds, readTrackedFiles } from '../../git/read-changes.ts';
import type { PushScan } from '../push/scan-push.ts';
import type { RunContext } from '../run-context.ts';
import { textUnder } from '../scanned-file.ts';
import type { RunningStages, StagesSummary } from '../stages/run-stages.ts';
import { scanChanges, scanCommitChanges } from './scan-changes.ts';
import { scanContent } from './scan-content.ts';
import { scanPaths } from './scan-paths.ts';
import { COMMIT_MESSAGE, scanText } from './scan-text.ts';
import type { Target } from './target.ts';

/** Commits whose file lists are in memory together. */
const COMMITS_AT_ONCE = 500;

/** What scanning produces in addition to what the collector holds. */
export interface Scanned {
  /** Null: the target is no push. */
  readonly push: PushScan | null;
  /** Null: no other scanner ran. */
  readonly stages: StagesSummary | null;
}

type Scan<K extends Target['kind']> = (context: RunContext, target: Extract<Target, { kind: K }>) => Promise<PushScan | void>;

/** How each target is read. */
const TARGETS: { readonly [K in Target['kind']]: Scan<K> } = {
  async staged(context) {
    const changes = await context.asked.scope!();
    context.timings.end('parse');
    await scanCommitChanges(context, changes);
  },

  async all(context) {
    await scanChanges(context, await readTrackedFiles(context.git));
  },

  range: scanCommits,
  history: scanCommits,

  async push(context, target) {
    const { scanPush } = await import('../push/scan-push.ts');
    return scanPush(context, target);
  },

  async receive(context, target) {
    const { scanPush } = await import('../push/scan-push.ts');
    return scanPush(context, target);
  },

  async paths(context, { paths }) {
    await scanPaths(context, paths);
  },

  async stdin(context, { path, text }) {
    const file = textUnder(path);
    context.collector.expect(file);
    await scanContent(context, file, text);
  },

  async message(context) {
    scanText(context.collector, COMMIT_MESSAGE, await context.asked.message!());
  },
};

async function scanCommits(context: RunContext, target: Extract<Target, { kind: 'range' | 'history' }>): Promise<void> {
  const { git, collector } = context;
  const commits = await readCommitIds(git, target);
  for (let at = 0; at < commits.length && !collector.isDone(); at += COMMITS_AT_ONCE) {
    await scanCommitChanges(context, await readCommitChanges(git, commits.slice(at, at + COMMITS_AT_ONCE)));
  }
}

/** Second act: scans the target. The config's stages, which few configs have, run in parallel. */
export async function scanTarget(context: RunContext): Promise<Scanned> {
  const { target, collector, memory, timings } = context;
  const stages = await openStages(context);
  const scan = TARGETS[target.kind] as Scan<Target['kind']>;
  const push = (await scan(context, target)) ?? null;

  if (collector.isDone()) stages?.stop();
  const summary = (await stages?.finish()) ?? null;
  timings.end('scan');
  const shortage = memory.failure();
  if (shortage !== null) collector.fail(shortage);
  return { push, stages: summary };
}

async function openStages(context: RunContext): Promise<RunningStages | null> {
  if (context.policy.config.stages.length === 0) return null;
  const { beginStages } = await import('../stages/begin-stages.ts');
  const stages = beginStages(context);
  // Our own scan of staged files keeps the thread busy, so the processes of stages start first.
  if (context.target.kind === 'staged') await stages?.started;
  return stages;
}
