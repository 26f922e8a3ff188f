import { askGit } from './ask-git.ts';
import type { ScanOutcome, ScanRequest } from './scan-request.ts';

/**
 * One run from the target to the report: acquire → scan → settle → judge.
 *
 * @throws GuardianError where the job could not be done at all; what could not be done in part is in the report
 */
export async function runScan(request: ScanRequest): Promise<ScanOutcome> {
  const asked = await askGit(request);
  // Rules, engine and policy are loaded while git is at work.
  const { scanTarget } = await import('./scan-target.ts');
  return scanTarget(request, asked);
}
