import type { Host } from '../host/host.ts';
import type { RunOptions } from './run-options.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { ChangedFile } from '../diff/changed-file.ts';
import type { Baseline } from '../findings/baseline.ts';
import type { ScanReport } from '../report/scan-report.ts';
import type { Timings } from './timings.ts';
import type { Target } from './targets/target.ts';

/** One run, as the command line asks for it. */
export interface ScanRequest {
  readonly host: Host;
  readonly target: Target;
  readonly options: RunOptions;
  /** The hook that git called; null by hand. */
  readonly hook: string | null;
  /** False: only our own rules look, and no other scanner is started. */
  readonly hasStages?: false;
}

export interface ScanOutcome {
  readonly report: ScanReport;
  readonly loaded: LoadedConfig;
  /** Key and baseline that the report's fingerprints were made with. */
  readonly key: string;
  readonly baseline: Baseline | null;
}

export interface ScanRun extends ScanOutcome {
  /** The git directory of the worktree; null outside of a repository. */
  readonly gitDir: string | null;
  readonly timings: Timings;
  /** What the index holds that HEAD does not, whether it was looked at or not; null where the run was about something else. */
  readonly staged: readonly ChangedFile[] | null;
}
