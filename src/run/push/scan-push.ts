import { statSync } from 'node:fs';
import { readRepository } from '../../git/repository.ts';
import type { PushReport, PushSkip } from '../../report/scan-report.ts';
import { readBypassed, removeBypassed } from '../../state/bypassed-commits.ts';
import { commonDirOf } from '../../state/common-dir.ts';
import { openScannedRecord } from '../../state/scanned-record.ts';
import type { Judged } from '../judge-collected.ts';
import type { RunContext } from '../run-context.ts';
import type { PushTarget } from '../targets/target.ts';
import { createDeadline } from './deadline.ts';
import { reportPush } from './report-push.ts';
import { scanPushedObjects } from './scan-pushed-objects.ts';

/** A push that was scanned. */
export interface PushScan {
  readonly notices: readonly string[];
  /** Call it when the findings have been judged. */
  readonly conclude: (judged: Pick<Judged, 'verdict' | 'findings'>) => Promise<PushReport>;
}

/** Scans a push. A record of what was scanned is kept on the pushing side only: nothing is written to a server's repository. */
export async function scanPush(context: RunContext, target: PushTarget): Promise<PushScan> {
  const { git, asked, loaded, choice, collector, pushSkip: skip } = context;
  if (skip?.ranRequired === false) return skipped(target, skip);

  const commonDir = target.kind === 'push' ? await findCommonDir(context) : null;
  // The release, and so its defaults, is part of the record.
  const policy = JSON.stringify([loaded.layers.slice(1), choice]);
  const record = commonDir === null ? null : openScannedRecord(commonDir, policy);
  const wait = createDeadline(context.timeLeft);
  const scan = await scanPushedObjects({ context, wait, record }, target, asked.pushed!());
  const bypassed = commonDir === null ? new Set<string>() : readBypassed(commonDir);
  const noted = new Set(bypassed.size === 0 ? [] : scan.commits?.filter((id) => bypassed.has(id) && !scan.unscanned.has(id)));

  return {
    notices: [
      ...(target.kind === 'push' && target.isPartial ? [PARTIAL] : []),
      ...(noted.size === 0 ? [] : [bypassNotice(noted.size, scan.commits!.length)]),
    ],
    async conclude({ verdict, findings }) {
      const hasErrors = collector.errors.length > 0;
      // A rule that failed was switched off, so what came after it was not scanned by it.
      if (!hasErrors) record?.save();
      const isPassed = verdict !== 'blocked' && (verdict !== 'incomplete' || loaded.config.onIncomplete === 'warn');
      if (isPassed && commonDir !== null && noted.size > 0) removeBypassed(commonDir, noted);
      const pushed = scan.commits === null ? null : await asked.pushed!();
      return {
        ...(await reportPush(git, { target, pushed, scan, verdict, findings, hasErrors })),
        allowsSkip: target.kind === 'receive' && loaded.config.security.allowPushSkip,
        ...(skip === null ? {} : { skip }),
      };
    },
  };
}

/** The pre-commit framework names one ref to its hooks, whatever is pushed. */
const PARTIAL =
  'the hook manager names only the first ref of a push, so the others were not scanned. ' +
  'To scan all of them: `npx code-guardian install --hook pre-push`.';

function bypassNotice(bypassed: number, all: number): string {
  const [were, have] = bypassed === 1 ? ['was', 'it has'] : ['were', 'they have'];
  return `${bypassed} of ${all === 1 ? '1 commit' : `${all} commits`} ${were} made without the hooks; ${have} been scanned now`;
}

function skipped({ updates }: PushTarget, skip: PushSkip): PushScan {
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

/** The git directory that all worktrees share. It asks git only if the files do not tell. Null outside a repository. */
async function findCommonDir({ git, repository }: RunContext): Promise<string | null> {
  if (repository === null || repository.commonDir !== null) return repository?.commonDir ?? null;
  const { gitDir } = repository;
  if (statSync(gitDir, { throwIfNoEntry: false })?.isDirectory() !== true) return (await readRepository(git)).commonDir;
  return commonDirOf(gitDir);
}
