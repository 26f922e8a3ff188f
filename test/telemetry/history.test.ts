import { expect, it } from 'vitest';
import { historyOf } from '../../src/telemetry/history.ts';
import { emptyTotals, type LedgerRecord } from '../../src/telemetry/ledger-record.ts';
import { exampleRecord } from '../support/ledger.ts';

const NOW = new Date('2026-01-31T23:59:59.999Z');
const history = (...records: readonly LedgerRecord[]) => historyOf({ totals: emptyTotals(), records }, NOW);
const at = (time: string): Partial<LedgerRecord> => ({ time: Date.parse(time) });

it('counts the verdicts of each day, the last of them today', () => {
  const { days } = history(
    exampleRecord('a', at('2026-01-03T23:59:59.999Z')),
    exampleRecord('b', at('2026-01-04T00:00:00.000Z')),
    exampleRecord('c', at('2026-01-31T00:00:00.000Z')),
    exampleRecord('d', { ...at('2026-01-31T23:00:00.000Z'), verdict: 'blocked' }),
    exampleRecord('e', { ...at('2026-01-31T23:00:00.000Z'), verdict: 'blocked' }),
    exampleRecord('f', at('2026-02-01T00:00:00.000Z')),
  );
  expect(days).toHaveLength(28);
  expect([days[0], days[1], days[27]]).toEqual([
    { date: '2026-01-04', byVerdict: { clean: 1 } },
    { date: '2026-01-05', byVerdict: {} },
    { date: '2026-01-31', byVerdict: { clean: 1, blocked: 2 } },
  ]);
});

it('names the slowest runs, and none that did not run', () => {
  const { slowest } = history(
    ...Array.from({ length: 30 }, (_, i) => exampleRecord(`${i}`, { ms: i })),
    exampleRecord('off', { ms: 99, verdict: 'bypassed' }),
  );
  expect(slowest.map(({ run }) => run)).toEqual(['29', '28', '27', '26', '25', '24', '23', '22', '21', '20']);
  expect(slowest[0]).toEqual({
    time: '2026-01-31T12:00:00.000Z',
    run: '29',
    hook: 'pre-commit',
    target: 'staged',
    verdict: 'clean',
    ms: 29,
    files: 2,
    lines: 10,
  });
});
