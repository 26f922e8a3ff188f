import { addRecord, type LedgerRecord } from '../../src/telemetry/ledger-record.ts';
import { readLedger } from '../../src/telemetry/ledger.ts';

export function exampleRecord(run: string, changes: Partial<LedgerRecord> = {}): LedgerRecord {
  return {
    v: 1,
    time: Date.UTC(2026, 0, 31, 12),
    run,
    hook: 'pre-commit',
    target: 'staged',
    verdict: 'clean',
    ms: 40,
    startMs: 20,
    files: 2,
    lines: 10,
    bytes: 100,
    findings: {},
    suppressed: {},
    skipped: {},
    errors: {},
    left: {},
    ...changes,
  };
}

/** Runs that a ledger counts, in all. */
export function runsIn(commonDir: string): number {
  const { totals, records } = readLedger(commonDir);
  return Object.values(records.reduce(addRecord, totals).runs).reduce((sum, count) => sum + count, 0);
}
