import { statSync } from 'node:fs';
import type { LoadedConfig } from '../../config/load.ts';
import type { GitClient } from '../../git/client.ts';
import type { PushedObjects } from '../../git/read-pushed.ts';
import { readRepository } from '../../git/repository.ts';
import type { RunChoice } from '../../policy/policy.ts';
import type { PushReport, PushSkip } from '../../report/scan-report.ts';
import { readBypassed, removeBypassed } from '../../state/bypassed-commits.ts';
import { commonDirOf } from '../../state/common-dir.ts';
import type { Concluded } from '../conclude.ts';
import { createDeadline } from './deadline.ts';
import type { RepositoryPaths } from '../asking/repository-paths.ts';
import { reportPush } from './report-push.ts';
import { type PushRun, scanPush } from './scan-push.ts';
import { openScannedRecord } from '../../state/scanned-record.ts';
import type { PushTarget } from '../targets/target.ts';

/** A push to be scanned, and what decides about it. */
export interface PushRequest extends Omit<PushRun, 'wait' | 'record'> {
  readonly target: PushTarget;
  readonly asked: () => Promise<PushedObjects>;
  readonly repository: RepositoryPaths | null;
  readonly loaded: LoadedConfig;
  readonly choice: RunChoice;
  /** Milliseconds until the time of the run is over. */
  readonly timeLeft: () => number;
  /** That the pusher's wish to leave the scan out is heard; null: all is scanned. */
  readonly skip: PushSkip | null;
}

/** A push that has been scanned. */
export interface RunPush {
  readonly notices: readonly string[];
  /** To be called when the findings have been judged. */
  readonly conclude: (judged: Pick<Concluded, 'verdict' | 'findings'>) => Promise<PushReport>;
}

/** Scans a push. What is kept of it, in the git directory, is kept on the pushing side only: a server's repository is not written to. */
export async function runPush(request: PushRequest): Promise<RunPush> {
  const { git, target, loaded, choice, collector, skip } = request;
  const allowsSkip = target.kind === 'receive' && loaded.config.security.allowPushSkip;
  if (skip?.ranRequired === false) return skipped(target, skip);

  const commonDir = target.kind === 'push' ? await readCommonDir(git, request.repository) : null;
  // The defaults are those of this release, which is in the record.
  const policy = JSON.stringify([loaded.layers.slice(1), choice]);
  const record = commonDir === null ? null : openScannedRecord(commonDir, policy);
  const wait = createDeadline(request.timeLeft);
  const scan = await scanPush({ ...request, wait, record }, target, request.asked());
  const bypassed = commonDir === null ? new Set<string>() : readBypassed(commonDir);
  const noted = new Set(bypassed.size === 0 ? [] : scan.commits?.filter((id) => bypassed.has(id) && !scan.unscanned.has(id)));

  return {
    notices: [
      ...(target.kind === 'push' && target.isPartial ? [PARTIAL] : []),
      ...(noted.size === 0 ? [] : [bypassNotice(noted.size, scan.commits!.length)]),
    ],
    async conclude({ verdict, findings }) {
      const hasErrors = collector.collected.errors.length > 0;
      // A rule that failed was switched off: what came after it was not scanned by it.
      if (!hasErrors) record?.save();
      const isPassed = verdict !== 'blocked' && (verdict !== 'incomplete' || loaded.config.onIncomplete === 'warn');
      if (isPassed && commonDir !== null && noted.size > 0) removeBypassed(commonDir, noted);
      const pushed = scan.commits === null ? null : await request.asked();
      return {
        ...(await reportPush(git, { target, pushed, scan, verdict, findings, hasErrors })),
        allowsSkip,
        ...(skip === null ? {} : { skip }),
      };
    },
  };
}

/** The pre-commit framework tells its hooks of one ref, whatever is pushed. */
const PARTIAL =
  'this is weaker than it could be: the hook manager tells of the first ref of a push only. ' +
  '`npx code-guardian install --hook pre-push` sees all of them.';

function bypassNotice(bypassed: number, all: number): string {
  const [were, have] = bypassed === 1 ? ['was', 'it has'] : ['were', 'they have'];
  return `${bypassed} of ${all === 1 ? '1 commit' : `${all} commits`} ${were} made without the hooks; ${have} been scanned now`;
}

function skipped({ updates }: PushTarget, skip: PushSkip): RunPush {
  const refs = updates.map(({ ref, oldId, newId }) => ({ ref, oldId, newId, verdict: newId === null ? 'clean' : 'incomplete' }) as const);
  return {
    notices: [],
    conclude: async () => ({
      commits: { total: 0, known: 0, unscanned: 0 },
      refs,
      places: [],
      blocked: 0,
      skip,
      allowsSkip: true,
    }),
  };
}

/** The git directory that all worktrees share: git is asked only where the files do not say it. Null: there is no repository. */
async function readCommonDir(git: GitClient, repository: RepositoryPaths | null): Promise<string | null> {
  if (repository === null || repository.commonDir !== null) return repository?.commonDir ?? null;
  const { gitDir } = repository;
  if (statSync(gitDir, { throwIfNoEntry: false })?.isDirectory() !== true) return (await readRepository(git)).commonDir;
  return commonDirOf(gitDir);
}
