import { constants } from 'node:buffer';
import { type ChangedFile, hasContent } from '../diff/changed-file.ts';
import type { GitDoor } from '../git/door.ts';
import type { BlobLimits } from '../git/read-blobs.ts';
import { readCommitChanges, readCommitIds, readTrackedFiles } from '../git/read-changes.ts';
import { readCaseTwins } from '../git/read-names.ts';
import { readRepository } from '../git/repository.ts';
import { compilePolicy, type Policy } from '../policy/policy.ts';
import { VERSION } from '../version.ts';
import { type BlobRun, countOldContents, scanChanges } from './acquire.ts';
import type { Asked } from './ask-git.ts';
import { chooseRules } from './choose-rules.ts';
import { createPause } from './pause.ts';
import { type Collector, createCollector } from './collector.ts';
import { concludeRun } from './conclude.ts';
import { loadBaseline } from './load-baseline.ts';
import { loadLayers } from './load-layers.ts';
import { loadRepositoryKey } from './repository-key.ts';
import { createRunId } from './run-id.ts';
import type { ScanOutcome, ScanRequest } from './scan-request.ts';
import { scanPaths } from './scan-paths.ts';
import { targetName } from './target.ts';

/** So many commits are read at a time: their file lists are in memory together. */
const COMMITS_AT_ONCE = 500;

/** Scans what has been asked for: config → policy, then blob by blob, then the verdict. */
export async function scanTarget({ host, target, options, hook }: ScanRequest, asked: Asked): Promise<ScanOutcome> {
  const { git, place } = asked;
  const startedAt = host.now();
  const loaded = await loadLayers(host, asked, options);
  const { config } = loaded;
  const { choice, notices } = chooseRules(host.env, options, config);
  const policy = compilePolicy(config, choice);
  const collector = createCollector(policy, options.verbose);
  const { performance: limit } = config;
  const limits: BlobLimits = {
    // Rules look at a file as one string, and those have an end.
    maxFileSize: Math.min(limit.maxFileSize, constants.MAX_STRING_LENGTH),
    budget: { left: limit.maxTotalBytes },
    isOver: () => host.elapsed() > limit.timeout,
    pause: createPause(),
  };

  let oldContents: Map<string, number> | null = null;
  const scanBlobs = async (changes: readonly ChangedFile[], isWhole: boolean): Promise<void> => {
    const run: BlobRun = { git, top: place?.top ?? null, policy, collector, limits, twinsOf: await readTwins(git, policy, changes) };
    await scanChanges(run, changes);
    if (isWhole) return;
    const commits = new Set(
      collector.collected.findings.filter(({ suppression }) => suppression === null).map(({ commit }) => commit ?? null),
    );
    if (commits.size === 0) return;
    oldContents ??= new Map();
    for (const [key, count] of await countOldContents(run, changes, commits)) oldContents.set(key, count);
  };

  switch (target.kind) {
    case 'staged':
      await scanBlobs(await asked.staged!(), false);
      break;
    case 'all':
      await scanBlobs(await readTrackedFiles(git), true);
      break;
    case 'range':
    case 'history': {
      const commits = await readCommitIds(git, target);
      for (let at = 0; at < commits.length && !collector.isDone(); at += COMMITS_AT_ONCE) {
        await scanBlobs(await readCommitChanges(git, commits.slice(at, at + COMMITS_AT_ONCE)), false);
      }
      break;
    }
    case 'paths':
      await scanPaths({ cwd: host.cwd, git, top: place?.top ?? null, policy, collector, limits }, target.paths);
      break;
    case 'stdin':
      scanText(collector, target.path, target.text);
      break;
  }

  const { collected } = collector;
  // A clean commit needs neither key nor baseline. A baseline that is named has to exist, and one is written for all tracked files.
  const needsKey = collected.findings.length > 0 || target.kind === 'all' || options.baseline !== undefined;
  const commonDir = !needsKey || place === null ? null : (place.commonDir ?? (await readRepository(git)).commonDir);
  const baseline = needsKey ? await loadBaseline(git, place, target, options, config.baseline) : null;
  const key = baseline?.key ?? (needsKey ? loadRepositoryKey(commonDir) : '');
  const { expired, ...concluded } = concludeRun(collected, { policy, key, baseline, oldContents, now: startedAt });

  return {
    loaded,
    key,
    baseline,
    report: {
      ...concluded,
      version: VERSION,
      run: { id: createRunId(), target: targetName(target), hook, startedAt, durationMs: host.elapsed() },
      skipped: collected.skipped,
      coverage: collected.coverage,
      errors: collected.errors.map(({ code, message, hint, path }) => ({ code, message, hint, ...(path === undefined ? {} : { path }) })),
      layers: loaded.layerNames,
      blocksIncomplete: config.onIncomplete === 'block',
      notices: [
        ...loaded.warnings,
        ...notices,
        ...expired.map((entry) => `the baseline entry ${entry.fingerprint} (${entry.rule}, ${entry.path}) expired on ${entry.expires}`),
        ...(options.verbose === true
          ? collected.unusedDirectives.map(({ path, line }) => `${path}:${line}: this suppression has no effect`)
          : []),
        ...(collector.isDone() ? [`stopped after ${config.bail} blocking findings (bail)`] : []),
      ],
    },
  };
}

/** Names that differ in case only matter where a name is new. */
async function readTwins(git: GitDoor, policy: Policy, changes: readonly ChangedFile[]): Promise<BlobRun['twinsOf']> {
  if (!policy.fileRules.some(({ id }) => id === 'case-conflict')) return () => [];
  const added = changes.filter(({ record, commit }) => commit === null && record.status === 'A' && hasContent(record));
  const twins = await readCaseTwins(
    git,
    added.map(({ record }) => record.pathBytes.toString()),
  );
  return (path) => (twins.get(path.toLowerCase()) ?? []).filter((twin) => twin !== path);
}

function scanText(collector: Collector, path: string, text: Buffer): void {
  const unit = { path, pathBytes: undefined, commit: undefined, status: 'added', isSymlink: false, added: 'all' } as const;
  collector.expect(unit);
  collector.scan(unit, text);
}
