import type { Counts, LedgerRecord } from './ledger-record.ts';
import type { Ledger } from './ledger.ts';

/** Days and single runs in the ledger, as far as it still has single records. */
export interface History {
  /** The last days, oldest first, in UTC. */
  readonly days: readonly { readonly date: string; readonly byVerdict: Counts }[];
  /** Slowest first. */
  readonly slowest: readonly SlowRun[];
}

export interface SlowRun extends Pick<LedgerRecord, 'run' | 'hook' | 'target' | 'verdict' | 'ms' | 'files' | 'lines'> {
  /** ISO 8601. */
  readonly time: string;
}

const DAY = 24 * 3600 * 1000;
const DAYS = 28;
const SLOWEST = 10;

/** @param now in the last day */
export function historyOf({ records }: Ledger, now: Date): History {
  const today = Math.floor(now.getTime() / DAY);
  return {
    days: Array.from({ length: DAYS }, (_, i) => {
      const day = today - (DAYS - 1 - i);
      return {
        date: dateOf(day * DAY).slice(0, 10),
        byVerdict: countVerdicts(records.filter(({ time }) => Math.floor(time / DAY) === day)),
      };
    }),
    slowest: records
      .filter(({ verdict }) => verdict !== 'bypassed')
      .toSorted((a, b) => b.ms - a.ms)
      .slice(0, SLOWEST)
      .map(({ time, run, hook, target, verdict, ms, files, lines }) => ({
        time: dateOf(time),
        run,
        hook,
        target,
        verdict,
        ms,
        files,
        lines,
      })),
  };
}

function dateOf(time: number): string {
  return new Date(time).toISOString();
}

function countVerdicts(records: readonly LedgerRecord[]): Counts {
  const counts: Record<string, number> = {};
  for (const { verdict } of records) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
