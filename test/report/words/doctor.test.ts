import { describe, expect, it } from 'vitest';
import { renderDoctor, renderDoctorJson } from '../../../src/report/words/doctor.ts';
import { type Check, type HealthReport, judgeHealth } from '../../../src/report/health-report.ts';
import { createPalette } from '../../../src/report/palette.ts';
import { columnsOf } from '../../../src/report/text-layout.ts';

const OK: Check = { name: 'git', status: 'ok', detail: '2.39.5' };
const WARN: Check = { name: 'pre-push', status: 'warn', detail: 'no hook: pushes are not scanned', hint: 'Run `code-guardian install`.' };
const FAIL: Check = { name: 'pre-merge-commit', status: 'fail', detail: 'no hook', hint: 'Run `code-guardian install`.' };
const SKIPPED: Check = { name: 'baseline', status: 'skipped', detail: 'no baseline file' };

function reportOf(checks: readonly Check[], status: HealthReport['status'] = judgeHealth(checks)): HealthReport {
  return { version: '1.2.3', status, checks };
}

async function show(
  report: HealthReport,
  { width = 80, env = {}, color = false }: { width?: number; env?: Record<string, string>; color?: boolean } = {},
): Promise<string> {
  return renderDoctor(report, { palette: await createPalette({ isTerminal: true, env: { LANG: 'C.UTF-8', ...env }, color }), width });
}

describe('judgeHealth', () => {
  it.each([
    ['healthy', [OK, SKIPPED]],
    ['degraded', [OK, WARN]],
    ['unhealthy', [WARN, FAIL]],
    ['healthy', []],
  ] as const)('is %s by the worst check', (status, checks) => {
    expect(judgeHealth(checks)).toBe(status);
  });
});

describe('renderDoctor', () => {
  it('has a line a check, aligned, and what it comes to', async () => {
    expect(await show(reportOf([OK, SKIPPED]))).toBe('✓ git       2.39.5\n· baseline  no baseline file\n\n✓ healthy: 2 checks\n');
  });

  it('has the way out below a check that needs one', async () => {
    expect(await show(reportOf([OK, WARN]))).toBe(
      [
        '✓ git       2.39.5',
        '⚠ pre-push  no hook: pushes are not scanned',
        '            → Run `code-guardian install`.',
        '',
        '⚠ degraded: 1 of 2 checks needs attention',
        '',
      ].join('\n'),
    );
  });

  it('says a hint that neighbours share once, below the last of them', async () => {
    const text = await show(reportOf([FAIL, WARN, OK]));
    expect(text.match(/code-guardian install/g)).toHaveLength(1);
    expect(text.indexOf('pre-push')).toBeLessThan(text.indexOf('code-guardian install'));
    expect(text).toContain('✖ unhealthy: 1 of 3 checks failed, 1 needs attention');
  });

  it('puts other worktrees under their names', async () => {
    const text = await show(reportOf([OK, { ...OK, name: 'canary', worktree: '/trees/b' }, { ...WARN, worktree: '/trees/c' }]));
    expect(text).toContain('2.39.5\n\n/trees/b\n✓ canary');
    expect(text).toContain('\n\n/trees/c\n⚠ pre-push');
  });

  it('says so where nothing could be checked', async () => {
    const text = await show(reportOf([{ ...FAIL, name: 'repository' }], 'unchecked'));
    expect(text).toContain('✖ could not check the hooks');
  });

  it.each([80, 40, 24])('keeps within %i columns', async (width) => {
    const long = 'a detail of many words that does not fit on one line of any terminal that people use';
    const text = await show(reportOf([{ ...WARN, detail: long, hint: long }, FAIL, OK]), { width });
    for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    expect(text.replace(/\s+/g, ' ')).toContain(long.slice(0, 20));
  });

  it('gives names no column of their own in a narrow terminal', async () => {
    expect(await show(reportOf([OK, WARN]), { width: 30 })).toBe(
      [
        '✓ git: 2.39.5',
        '⚠ pre-push: no hook: pushes',
        '  are not scanned',
        '  → Run',
        '    `code-guardian install`.',
        '',
        '⚠ degraded: 1 of 2 checks',
        'needs attention',
        '',
      ].join('\n'),
    );
  });

  it('does not break lines where there is no width', async () => {
    const long = 'word '.repeat(100).trim();
    expect(await show(reportOf([{ ...OK, detail: long }]), { width: Infinity })).toContain(`git  ${long}\n`);
  });

  it('has only ASCII of its own for a dumb terminal, and stays aligned', async () => {
    const text = await show(reportOf([OK, SKIPPED, WARN, FAIL]), { env: { TERM: 'dumb' } });
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(text).toContain('ok git               2.39.5\n-  baseline          no baseline file\n!  pre-push');
    expect(text).toContain('-> Run `code-guardian install`.');
  });

  it('paints only where colours are wanted', async () => {
    expect(await show(reportOf([OK, FAIL]), { color: true })).toContain('\u001b[31m✖ \u001b[39mpre-merge-commit');
    expect(await show(reportOf([OK, FAIL]))).not.toContain('\u001b');
  });

  it('shows nothing that a terminal obeys', async () => {
    const text = await show(
      reportOf([
        { ...WARN, detail: 'a\u001b[2Jb', hint: 'c\u202ed' },
        { ...OK, worktree: '/x\u001by' },
      ]),
    );
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('renderDoctorJson', () => {
  it('is the document that is promised', () => {
    const checks = [OK, { ...WARN, worktree: '/trees/b' }];
    expect(JSON.parse(renderDoctorJson(reportOf(checks)))).toEqual({
      schema: 'code-guardian.doctor/1',
      tool: { name: 'code-guardian', version: '1.2.3' },
      status: 'degraded',
      checks,
    });
  });
});
