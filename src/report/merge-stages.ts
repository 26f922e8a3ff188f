import type { StageReport } from './scan-report.ts';

/** Worst first. */
const STATUSES: readonly StageReport['status'][] = ['denied', 'failed', 'done'];

/** Merges the reports of each stage. The worst status wins. */
export function mergeStages(reports: readonly StageReport[]): StageReport[] {
  const merged = new Map<string, StageReport>();
  for (const report of reports) {
    const before = merged.get(report.id);
    merged.set(report.id, before === undefined ? report : add(before, report));
  }
  return [...merged.values()];
}

function add(a: StageReport, b: StageReport): StageReport {
  return {
    id: a.id,
    status: STATUSES.find((status) => status === a.status || status === b.status)!,
    files: { expected: a.files.expected + b.files.expected, scanned: a.files.scanned + b.files.scanned },
    results: a.results + b.results,
    durationMs: a.durationMs + b.durationMs,
  };
}
