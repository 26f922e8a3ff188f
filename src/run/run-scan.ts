import { askGit } from './asking/ask-git.ts';
import type { ScanRequest, ScanRun } from './scan-request.ts';

/**
 * One run, from the request to the report, in four acts.
 *
 * @throws GuardianError if nothing could be scanned; what could not be scanned in part is in the report
 */
export async function runScan(request: ScanRequest): Promise<ScanRun> {
  const asked = await askGit(request);
  // Rules, engine and policy load while git works.
  const { openRun, scanTarget, concludeRun, assembleReport } = await import('./acts.ts');

  const context = await openRun(request, asked);
  const scanned = await scanTarget(context);
  const conclusion = await concludeRun(context, scanned);
  return assembleReport(context, conclusion);
}
