import type { LoadedConfig } from '../config/load.ts';
import type { ChangedFile } from '../diff/changed-file.ts';
import type { Baseline } from '../findings/baseline.ts';
import type { Host } from '../host/host.ts';
import type { ConfigLayer } from '../policy/config.ts';
import type { ScanReport } from '../report/scan-report.ts';
import type { RunOptions } from './run-options.ts';
import type { Target } from './targets/target.ts';
import type { Timings } from './timings.ts';

/** One run, as its caller asks for it. */
export interface ScanRequest {
  readonly host: Host;
  readonly target: Target;
  readonly options: RunOptions;
  /** The hook that git called; null by hand. */
  readonly hook: string | null;
  /** False: only our own rules look, and no other scanner is started. */
  readonly hasStages?: false;
  /** A checked layer of the config on top of all others, in place of flags. */
  readonly layer?: ConfigLayer;
  /** Aborted: the run ends as if its time were over. */
  readonly signal?: AbortSignal;
}

/** A run that is over. */
export interface ScanRun {
  readonly report: ScanReport;
  readonly loaded: LoadedConfig;
  /** Key and baseline that the report's fingerprints were made with. */
  readonly key: string;
  readonly baseline: Baseline | null;
  /** The git directory of the worktree; null outside a repository. */
  readonly gitDir: string | null;
  readonly timings: Timings;
  /** What the index holds that HEAD does not, scanned or not; null if the target is another. */
  readonly staged: readonly ChangedFile[] | null;
}
