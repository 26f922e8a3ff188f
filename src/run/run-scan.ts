import { askPush } from '../git/read-pushed.ts';
import { askGit } from './asking/ask-git.ts';
import { createTimings } from './timings.ts';
import type { ScanRequest, ScanRun } from './scan-request.ts';

/**
 * One run from the target to the report: acquire → scan → settle → judge.
 *
 * @throws GuardianError where the job could not be done at all; what could not be done in part is in the report
 */
export async function runScan(request: ScanRequest): Promise<ScanRun> {
  const { target } = request;
  const timings = createTimings(request.host.startMs, request.host.elapsed);
  const asked = await askGit(request);
  timings.end('acquire');
  const isPush = target.kind === 'push' || target.kind === 'receive';
  const askedPush = isPush ? await askPush(asked.git, { ...target, to: target.kind === 'push' ? target : null }) : null;
  // Rules, engine and policy are loaded while git is at work.
  const { scanTarget } = await import('./scan-target.ts');
  const outcome = await scanTarget(request, asked, askedPush, timings);
  return { ...outcome, timings, gitDir: asked.repository?.gitDir ?? null, staged: asked.staged === null ? null : await asked.staged() };
}
