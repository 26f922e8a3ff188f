import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { renderHelp } from '../../src/cli/render-help.ts';

const of = (prefix: string) => COMMANDS.filter(({ name }) => name.startsWith(prefix));

describe('help', () => {
  it('of all names every command, with what it does', () => {
    const text = renderHelp([]);
    for (const { name, summary } of COMMANDS) expect(text).toMatch(new RegExp(`code-guardian ${name} .*${summary.slice(0, 20)}`));
    expect(text).toContain('0 clean or only warnings, 1 blocked, 2 could not do the job');
  });

  it('of a group names its commands and no other', () => {
    const text = renderHelp(of('rules'));
    expect(text).toContain('rules explain ID');
    expect(text).not.toContain('code-guardian scan');
  });

  it('of one command names its options, and how they are typed', () => {
    const text = renderHelp(of('scan'));
    expect(text).toMatch(/^code-guardian scan \[OPTION…\] \[PATH…\]\n\nLook at /);
    expect(text).toMatch(/ {2}--range A\.\.B {2,}every commit/);
    expect(text).toContain('--[no-]color');
    expect(text).toContain('-q, --quiet');
    expect(text).toMatch(/--fail-on SEVERITY .*critical, high, medium, low, info\n/);
    expect(text).toMatch(/--rule ID .*\(may be given again\)/);
    expect(text).toContain('-h, --help');
    expect(text).not.toContain('--origins');
  });

  it('stands in columns', () => {
    const rows = renderHelp(of('scan'))
      .split('\n')
      .filter((line) => /^ {2}(?:-\w, )?--/.test(line));
    expect(new Set(rows.map((row) => /^ {2}.*?\S {2,}(?=\S)/.exec(row)![0].length)).size).toBe(1);
  });

  it('of a command without options but for help', () => {
    expect(renderHelp(of('config init'))).toMatch(/^code-guardian config init\n/);
  });
});
