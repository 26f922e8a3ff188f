import type { Host } from '../cli/host.ts';
import type { Options } from '../cli/options.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Baseline } from '../findings/baseline.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { askGit } from './ask-git.ts';
import type { Target } from './target.ts';

/** One run, as the command line asks for it. */
export interface ScanRequest {
  readonly host: Host;
  readonly target: Target;
  readonly options: Options;
  /** The hook that git called; null by hand. */
  readonly hook: string | null;
}

export interface ScanOutcome {
  readonly report: ScanReport;
  readonly loaded: LoadedConfig;
  /** Key and baseline that the report's fingerprints were made with. */
  readonly key: string;
  readonly baseline: Baseline | null;
}

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
