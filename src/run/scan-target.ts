import { constants } from 'node:buffer';
import { type ChangedFile, hasContent } from '../diff/changed-file.ts';
import type { GitClient } from '../git/client.ts';
import type { BlobLimits } from '../git/read-blobs.ts';
import { readCommitChanges, readCommitIds, readTrackedFiles } from '../git/read-changes.ts';
import { readCaseCollisions } from '../git/read-names.ts';
import type { PushedObjects } from '../git/read-pushed.ts';
import { readRepository } from '../git/repository.ts';
import { compilePolicy, type Policy } from '../policy/policy.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { VERSION } from '../host/version.ts';
import { type BlobRun, countOldContents, type ScanListener, scanChanges } from './targets/scan-changes.ts';
import type { Asked } from './asking/ask-git.ts';
import { chooseRules } from './asking/choose-rules.ts';
import { timeBudgetOf } from './limits/time-budget.ts';
import { createPause } from './limits/pause.ts';
import { createCollector } from './collector.ts';
import { redactReport } from './redact-report.ts';
import { concludeRun } from './conclude.ts';
import type { Timings } from './timings.ts';
import { loadBaseline } from './asking/load-baseline.ts';
import { loadLayers } from './asking/load-layers.ts';
import { choosePushSkip, timeoutOf } from './push/push-policy.ts';
import { createMemoryGuard } from './limits/memory.ts';
import { loadRepositoryKey } from '../state/repository-key.ts';
import { createRunId } from './run-id.ts';
import type { RunPush } from './push/run-push.ts';
import type { RunningStages } from './stages/run-stages.ts';
import type { ScanOutcome, ScanRequest } from './scan-request.ts';
import { scanContent } from './targets/scan-content.ts';
import { scanPaths } from './targets/scan-paths.ts';
import { COMMIT_MESSAGE, scanText, unitOfText } from './targets/scan-text.ts';
import { targetName } from './targets/target.ts';

/** So many commits are read at a time: their file lists are in memory together. */
const COMMITS_AT_ONCE = 500;

/**
 * Scans what has been asked for: config → policy, then blob by blob, then the verdict.
 *
 * @param askedPush what a push brings; null for all else
 */
export async function scanTarget(
  request: ScanRequest,
  asked: Asked,
  askedPush: (() => Promise<PushedObjects>) | null,
  timings: Timings,
): Promise<ScanOutcome> {
  const { host, target, options, hook } = request;
  const { git, repository } = asked;
  const startedAt = host.now();
  const loaded = await loadLayers(request, asked);
  const { config } = loaded;
  const { choice: chosen, notices } = chooseRules(host.env, options, config);
  const { choice, skip, notices: skipNotices } = choosePushSkip(target, config, chosen);
  const isSkipped = skip?.ranRequired === false;
  const policy = compilePolicy(config, choice, loaded.guards);
  const collector = createCollector(policy, options.verbose);
  const { performance: limit } = config;
  const timeout = timeoutOf(target, loaded);
  git.configure(timeBudgetOf(host, config.errors, timeout));
  // What lies in a server's repository is no work tree.
  const top = target.kind === 'receive' ? null : (repository?.top ?? null);
  const memory = createMemoryGuard(limit.memoryLimit);
  const limits: BlobLimits = {
    // Rules look at a file as one string, and those have an end.
    maxFileSize: Math.min(limit.maxFileSize, constants.MAX_STRING_LENGTH),
    budget: { left: limit.maxTotalBytes },
    refuse: memory.refuse,
    isOver: () => host.elapsed() > timeout,
    pause: createPause(),
  };

  timings.end('configure');

  let oldContents: Map<string, number> | null = null;
  /** `all`: everything that the same commits change, to tell what has only moved; null where the files stand for themselves. */
  const scanBlobs = async (files: readonly ChangedFile[], all: readonly ChangedFile[] | null, listener?: ScanListener): Promise<void> => {
    const run: BlobRun = { git, top, policy, collector, limits, collisionsOf: await readCollisions(git, policy, files) };
    await scanChanges(run, files, listener);
    if (all === null) return;
    const commits = new Set(
      collector.collected.findings.filter(({ suppression }) => suppression === null).map(({ commit }) => commit ?? null),
    );
    if (commits.size === 0) return;
    oldContents ??= new Map();
    for (const [key, count] of await countOldContents(run, all, commits)) oldContents.set(key, count);
  };

  const scanCommits = async (commits: readonly string[]): Promise<void> => {
    for (let at = 0; at < commits.length && !collector.isDone(); at += COMMITS_AT_ONCE) {
      const changes = await readCommitChanges(git, commits.slice(at, at + COMMITS_AT_ONCE));
      await scanBlobs(changes, changes);
    }
  };

  let push: RunPush | null = null;
  // Other scanners run beside our own scan. Most configs name none, and nothing is loaded for them.
  let stages: RunningStages | null = null;
  if (config.stages.length > 0) {
    const { beginStages } = await import('./stages/begin-stages.ts');
    const timeLeft = (): number => timeout - host.elapsed();
    stages = beginStages({ request, asked, askedPush, loaded, policy, limits, timings, choice, top, timeLeft });
  }

  switch (target.kind) {
    case 'staged': {
      const changes = await asked.scope!();
      timings.end('parse');
      await stages?.started;
      await scanBlobs(changes, changes);
      break;
    }
    case 'all':
      await scanBlobs(await readTrackedFiles(git), null);
      break;
    case 'range':
    case 'history':
      await scanCommits(await readCommitIds(git, target));
      break;
    case 'push':
    case 'receive': {
      const { runPush } = await import('./push/run-push.ts');
      const timeLeft = (): number => timeout - host.elapsed();
      const run = { git, repository, loaded, choice, policy, collector, limits, scanBlobs };
      push = await runPush({ ...run, target, asked: askedPush!, timeLeft, skip });
      break;
    }
    case 'paths':
      await scanPaths({ cwd: host.cwd, git, top, policy, collector, limits }, target.paths);
      break;
    case 'stdin': {
      const unit = unitOfText(target.path);
      collector.expect(unit);
      await scanContent({ policy, collector, limits }, unit, target.text);
      break;
    }
    case 'message':
      scanText(collector, COMMIT_MESSAGE, await asked.message!());
      break;
  }

  // Who has seen enough waits for nobody.
  if (collector.isDone()) stages?.stop();
  const staged = await stages?.finish(collector);
  timings.end('scan');
  const shortage = memory.failure();
  if (shortage !== null) collector.fail(shortage);
  const { collected } = collector;
  if (!config.errors.continueOnError && collected.errors.length > 0) throw collected.errors[0]!;
  // A clean commit needs neither key nor baseline. A baseline that is named has to exist, and one is written for all tracked files.
  const needsKey = collected.findings.length > 0 || target.kind === 'all' || options.baseline !== undefined;
  // A server's repository is not written to: without a baseline the fingerprints of a run there stand alone.
  const commonDir =
    !needsKey || repository === null || target.kind === 'receive' ? null : (repository.commonDir ?? (await readRepository(git)).commonDir);
  const baseline = needsKey ? await loadBaseline(git, repository, target, options, config.baseline) : null;
  const key = baseline?.key ?? (needsKey ? loadRepositoryKey(commonDir) : '');
  const { expired, ...concluded } = concludeRun(collected, { policy, key, baseline, oldContents, now: startedAt });
  timings.end('judge');
  const pushReport = (await push?.conclude(concluded)) ?? null;

  const report: ScanReport = {
    ...concluded,
    ...(pushReport === null ? {} : { push: pushReport }),
    // What was not scanned is never called clean, whoever allowed it.
    ...(isSkipped ? { verdict: 'incomplete' as const } : {}),
    version: VERSION,
    run: { id: createRunId(), target: targetName(target), hook, startedAt, durationMs: host.elapsed() },
    skipped: collected.skipped,
    coverage: collected.coverage,
    errors: collected.errors.map(({ code, message, hint, path }) => ({ code, message, hint, ...(path === undefined ? {} : { path }) })),
    ...staged?.report,
    ...(git.retries() === 0 ? {} : { retries: { GIT_FAILED: git.retries() } }),
    layers: loaded.layerNames,
    skippedRules: chosen.skip,
    blocksIncomplete: config.onIncomplete === 'block' && !isSkipped,
    notices: [
      ...loaded.warnings,
      ...notices,
      ...asked.notices,
      ...skipNotices,
      ...(push?.notices ?? []),
      ...(staged?.notices ?? []),
      ...expired.map((entry) => `the baseline entry ${entry.fingerprint} (${entry.rule}, ${entry.path}) expired on ${entry.expires}`),
      ...(options.verbose === true
        ? collected.unusedDirectives.map(({ path, line }) => `${path}:${line}: this suppression has no effect`)
        : []),
      ...(collector.isDone() ? [`stopped after ${config.bail} blocking findings (bail)`] : []),
    ],
  };
  return { loaded, key, baseline, report: redactReport(report, config) };
}

/** Names that differ in case only matter where a name is new. */
async function readCollisions(git: GitClient, policy: Policy, changes: readonly ChangedFile[]): Promise<BlobRun['collisionsOf']> {
  if (!policy.fileRules.some(({ id }) => id === 'case-conflict')) return () => [];
  const added = changes.filter(({ record, commit }) => commit === null && record.status === 'A' && hasContent(record));
  const collisions = await readCaseCollisions(
    git,
    added.map(({ record }) => record.pathBytes.toString()),
  );
  return (path) => (collisions.get(path.toLowerCase()) ?? []).filter((other) => other !== path);
}
