/** The public API. Everything else may change without notice. */
export { CodeGuardian } from './api/code-guardian.ts';
export type { HistoryOptions, OpenOptions, RuleInfo, ScanOptions, TextOptions } from './api/code-guardian.ts';
export { GuardianError, type ErrorCode } from './errors/guardian-error.ts';
export { VERSION as version } from './host/version.ts';
export type { FindingDocument, ReportDocument, SuppressedDocument } from './report/report-document.ts';
