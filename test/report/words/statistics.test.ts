import { describe, expect, it } from 'vitest';
import { NO_LABELS } from '../../../src/findings/count-labels.ts';
import { createPalette } from '../../../src/report/palette.ts';
import { renderStatistics, type StatisticsView } from '../../../src/report/words/statistics.ts';

const NO_RUNS: StatisticsView = {
  since: null,
  runs: 0,
  byVerdict: {},
  rules: [],
  files: 0,
  lines: 0,
  median: null,
  p95: null,
  weeks: [{ start: '2026-01-25', runs: 0, blocked: 0 }],
};

const rule = (name: string, more: Partial<StatisticsView['rules'][number]> = {}): StatisticsView['rules'][number] => ({
  rule: name,
  found: 0,
  blocked: 0,
  suppressed: { inline: 0, baseline: 0, config: 0, placeholder: 0 },
  labels: NO_LABELS,
  falseShare: null,
  ...more,
});

const NOISY = rule('generic-secret', {
  found: 12,
  blocked: 3,
  suppressed: { inline: 1, baseline: 104, config: 2, placeholder: 9 },
  labels: { real: 2, ignored: 1, false: 5 },
  falseShare: 5 / 8,
});

const plain = await createPalette({ isTerminal: false, env: { LANG: 'C.UTF-8' } });

describe('statistics for people', () => {
  it('have a table of rules', () => {
    const text = renderStatistics(
      {
        ...NO_RUNS,
        since: '2026-01-02T03:04:05.000Z',
        runs: 5,
        byVerdict: { clean: 4, blocked: 1 },
        files: 9,
        lines: 90,
        median: 41.2,
        p95: 80.9,
        weeks: [{ start: '2026-01-25', runs: 5, blocked: 1 }],
        rules: [NOISY, rule('debugger', { found: 1, blocked: 1 })],
      },
      plain,
    );
    expect(text).toBe(
      `${[
        '5 runs since 2026-01-02: 4 clean, 1 blocked',
        'Scanned: 9 files, 90 lines',
        'Added per commit: 41 ms median, 81 ms p95',
        '',
        'Runs per week',
        '  █',
        '  2026-01-25  5, 1 blocked',
        '',
        'By rule           found  blocked  comment  baseline  config   false  share',
        '  generic-secret     12        3        1       104       2  5 of 8    63%',
        '  debugger            1        1        0         0       0',
        '',
        'Counts only: the ledger holds no path, no line and no value.',
      ].join('\n')}\n`,
    );
  });

  it('give each rule lines of its own where the table is wider than the terminal', () => {
    const view = { ...NO_RUNS, runs: 1, byVerdict: { clean: 1 }, files: 1, lines: 5, rules: [NOISY, rule('debugger', { found: 1 })] };
    const lines = renderStatistics(view, plain, 40).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines.slice(lines.indexOf('By rule'))).toEqual([
      'By rule',
      '  generic-secret',
      '    found 12, blocked 3, comment 1,',
      '    baseline 104, config 2, false 5 of',
      '    8, share 63%',
      '  debugger',
      '    found 1',
      '',
      'Counts only: the ledger holds no path,',
      'no line and no value.',
      '',
    ]);
  });

  it('have it also where nothing ran yet, if people said something', () => {
    expect(renderStatistics(NO_RUNS, plain)).toBe('No runs are recorded here yet.\n');
    expect(renderStatistics({ ...NO_RUNS, rules: [NOISY] }, plain)).toMatch(/^No runs [^]*By rule [^]*generic-secret/);
  });

  it('show the first rules, mark those that are mostly wrong, and let no name forge output', async () => {
    const colored = await createPalette({ isTerminal: true, env: { LANG: 'C.UTF-8' } });
    const rules = [NOISY, rule('a\u001b[2Jb'), ...Array.from({ length: 20 }, (_, i) => rule(`rule-${i}`))];
    const text = renderStatistics({ ...NO_RUNS, rules }, colored);
    expect(text).toContain(
      colored.yellow(
        text
          .split('\n')
          .find((line) => line.includes('generic-secret'))!
          .slice(5, -5),
      ),
    );
    expect(text).not.toContain('\u001b[2J');
    expect(text).toContain('rule-12');
    expect(text).not.toContain('rule-13');
    expect(text).toContain('and 7 more');
  });
});
