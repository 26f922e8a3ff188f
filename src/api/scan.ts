import { createHost } from '../host/host.ts';
import type { ScanReport } from '../report/scan-report.ts';
import type { RunOptions } from '../run/run-options.ts';
import { runScan } from '../run/run-scan.ts';
import type { Target } from '../run/targets/target.ts';

export interface ScanSettings extends Pick<RunOptions, 'config' | 'failFast' | 'failOn' | 'bail' | 'baseline' | 'rule'> {
  /** Folder to run in. Default: the current one. */
  readonly cwd?: string;
  /** Default: what is staged. */
  readonly target?: Target;
}

/**
 * Scans as `code-guardian scan` does.
 *
 * @returns the report; see the docs for the JSON that is made of it
 * @throws GuardianError if the job could not be done
 * @example
 * const report = await scan({ target: { kind: 'range', range: 'main..HEAD' } });
 * if (report.verdict === 'blocked') process.exitCode = 1;
 */
export async function scan({ cwd, target = { kind: 'staged' }, ...options }: ScanSettings = {}): Promise<ScanReport> {
  const host = createHost();
  const started = host.elapsed();
  const { report } = await runScan({
    host: Object.assign(Object.create(host) as typeof host, { cwd: cwd ?? host.cwd, elapsed: () => host.elapsed() - started }),
    target,
    options,
    hook: null,
  });
  return report;
}
