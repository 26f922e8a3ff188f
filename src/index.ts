/** The public API. Everything else may change without notice. */
export { scan, type ScanSettings } from './api/scan.ts';
export { GuardianError, type ErrorCode } from './errors/guardian-error.ts';
export { renderJson } from './report/formats/json.ts';
export { CATALOGUE as rules } from './rules/catalogue.ts';
export { VERSION as version } from './host/version.ts';
export type { Finding, Outcome, Suppressed } from './findings/finding.ts';
export type { Verdict } from './policy/judge.ts';
export type { Coverage, ScanReport, Skipped } from './report/scan-report.ts';
export type { Confidence, Rule, Severity } from './engine/rule.ts';
export type { Target } from './run/targets/target.ts';
