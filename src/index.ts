/** The public API. Everything else may change without notice. */
import { createHost } from './cli/host.ts';
import type { Options } from './cli/options.ts';
import type { ScanReport } from './report/scan-report.ts';
import { runScan } from './run/run-scan.ts';
import type { Target } from './run/target.ts';

export interface ScanSettings extends Pick<Options, 'config' | 'fail-fast' | 'fail-on' | 'bail' | 'baseline' | 'rule'> {
  /** Folder to run in. Default: the current one. */
  readonly cwd?: string;
  /** Default: what is staged. */
  readonly target?: Target;
}

/**
 * Scans as `code-guardian scan` does.
 *
 * @returns the report; see the docs for the JSON that is made of it
 * @throws GuardianError where the job could not be done
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

export { GuardianError, type ErrorCode } from './errors/guardian-error.ts';
export { renderJson } from './report/json.ts';
export { CATALOGUE as rules } from './rules/catalogue.ts';
export { VERSION as version } from './version.ts';
export type { Finding, Outcome, Suppressed } from './findings/finding.ts';
export type { Verdict } from './policy/judge.ts';
export type { Coverage, ScanReport, Skipped } from './report/scan-report.ts';
export type { Confidence, Rule, Severity } from './rules/rule.ts';
export type { Target } from './run/target.ts';
