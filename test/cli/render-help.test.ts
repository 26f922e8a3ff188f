import { describe, expect, it } from 'vitest';
import { GROUP_TITLES } from '../../src/cli/command-spec.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { FORMATS } from '../../src/report/formats/formats.ts';
import { OPTIONS } from '../../src/cli/options.ts';
import { renderHelp } from '../../src/cli/render-help.ts';
import { columnsOf } from '../../src/report/text-layout.ts';

const of = (prefix: string) => COMMANDS.filter(({ name }) => name.startsWith(prefix));
const one = (name: string) => COMMANDS.filter((command) => command.name === name);
const PUBLIC = COMMANDS.filter(({ isInternal }) => isInternal !== true);
const widest = (text: string): number => Math.max(...text.split('\n').map(columnsOf));

describe('help for all commands', () => {
  it('lists every public command once, with its summary on the same line', () => {
    const lines = renderHelp([]).split('\n');
    for (const { name, summary } of PUBLIC) {
      const rows = lines.filter((line) => line.startsWith(`  ${name} `));
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatch(/^ {2}\S+(?: \S+)? {2,}\S/);
      expect(rows[0]!.endsWith(`  ${summary}`)).toBe(true);
    }
  });

  it('groups them by task', () => {
    const titles = renderHelp([])
      .split('\n')
      .filter((line) => Object.values<string>(GROUP_TITLES).includes(line));
    expect(titles).toEqual(['Set up', 'Scan', 'Findings', 'Rules and config', 'Operations']);
  });

  it('names the exit codes', () => {
    expect(renderHelp([])).toContain('Exit codes: 0 clean or only warnings, 1 blocked, 2 could not do the job.');
  });

  it('fits 80 columns', () => {
    expect(widest(renderHelp([], { columns: 80 }))).toBeLessThanOrEqual(80);
    expect(widest(renderHelp([]))).toBeLessThanOrEqual(80);
  });

  it('of a group lists its commands and no other', () => {
    const text = renderHelp(of('rules'));
    expect(text).toMatch(/^ {2}rules explain {2}/m);
    expect(text).not.toMatch(/^ {2}scan/m);
  });
});

describe('help for one command', () => {
  it('has the usage, the description, an example and the options', () => {
    expect(renderHelp(one('rules explain'))).toBe(
      [
        'code-guardian rules explain [OPTION…] ID',
        '',
        'Explains one rule, built in or from the config: what it finds, why that matters,',
        'and how to turn it off.',
        '',
        'Example',
        '  code-guardian rules explain github-token',
        '',
        'Options',
        '  --format NAME  output format: pretty, json',
        '  --[no-]color   force colors on or off',
        '  -h, --help     print this help',
        '',
      ].join('\n'),
    );
  });

  it('names the values of an option, and which may be repeated', () => {
    const text = renderHelp(one('scan'));
    expect(text).toMatch(/ {2}--range A\.\.B {2,}every commit/);
    expect(text).toContain('-q, --quiet');
    expect(text).toMatch(/--fail-on SEVERITY .*: critical, high, medium, low, info\n/);
    expect(text).toMatch(/--rule ID .*\(repeatable\)\n/);
    expect(text).not.toContain('--origins');
    expect(renderHelp(one('config show'))).toMatch(/--format NAME .*: yaml, json\n/);
    expect(renderHelp(one('init'))).toMatch(/--preset NAME .*: recommended, strict,/);
  });

  it.each(['scan', 'hook', 'merge', 'compare'])('of %s says what each report format is for', (name) => {
    const [, table] = renderHelp(one(name)).split('\nFormats\n');
    expect(renderHelp(one(name))).toMatch(/--format NAME +output format\n/);
    const rows = table!
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));
    expect(rows).toEqual(FORMATS.map((format) => [format.name, format.summary]));
  });

  it('says npx where that is how the reader starts it', () => {
    const text = renderHelp(one('doctor'), { program: 'npx code-guardian' });
    expect(text).toMatch(/^npx code-guardian doctor \[OPTION…\]\n/);
    expect(text).toContain('\n  npx code-guardian doctor --strict\n');
    expect(renderHelp([], { program: 'npx code-guardian' })).toContain('`npx code-guardian --version`');
  });
});

describe('the layout of help', () => {
  it.each([40, 60, 80, 120])('keeps to a terminal of %i columns', (columns) => {
    const topics = [[], ...PUBLIC.map((command) => [command])];
    // An example is one command line: it is there to be copied.
    for (const topic of topics) {
      const text = renderHelp(topic, { columns }).replace(/\nExample\n.*\n/, '\n');
      const usage = topic.length === 1 ? text.split('\n')[0]! : '';
      expect(widest(text.slice(usage.length))).toBeLessThanOrEqual(Math.max(columns, widestRow(topic)));
    }
  });

  it('keeps an option on one line when there is no terminal, so that grep finds all of it', () => {
    const row = renderHelp(one('init'))
      .split('\n')
      .find((line) => line.includes('--preset NAME'))!;
    expect(row).toMatch(/--preset NAME .*\(repeatable\)$/);
    expect(renderHelp(one('init'), { columns: 60 })).not.toContain(row);
  });

  it('aligns the second column', () => {
    const rows = renderHelp(one('scan'))
      .split('\n')
      .filter((line) => /^ {2}(?:-\w, )?--/.test(line));
    expect(new Set(rows.map((row) => /^ {2}.*?\S {2,}(?=\S)/.exec(row)![0].length)).size).toBe(1);
  });
});

/** The left column and at least 20 columns beside it. */
function widestRow(topic: typeof COMMANDS): number {
  const text = renderHelp(topic, { columns: 1 });
  return Math.max(...[...text.matchAll(/^ {2}.*?\S {2,}(?=\S)/gm)].map(([left]) => left.length)) + 20;
}

describe('what only hooks use', () => {
  it('is in no help', () => {
    const pages = [renderHelp([]), ...PUBLIC.map((command) => renderHelp([command]))].join('\n');
    for (const word of ['publish', '--piped', '--hooks-folder']) expect(pages).not.toMatch(new RegExp(`^ *${word}`, 'm'));
    expect(COMMANDS.filter(({ isInternal }) => isInternal).map(({ name }) => name)).toEqual(['publish']);
    expect(pages).toMatch(/^ {2}hook /m);
  });
});

describe('the table of commands', () => {
  it.each(COMMANDS)('describes $name', ({ name, summary, description, example, options, formats }) => {
    expect(summary.length).toBeLessThanOrEqual(60);
    expect(summary).toMatch(/^[a-z].*[^.]$/);
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(description.split(/\. (?=[A-Z])/).length).toBeLessThanOrEqual(2);
    expect(`${example} `).toContain(`code-guardian ${name} `);
    expect(options.includes('format')).toBe(formats !== undefined);
  });

  it('has a placeholder for every option with a value', () => {
    for (const option of Object.values(OPTIONS)) expect('value' in option).toBe(option.type === 'string');
  });
});
