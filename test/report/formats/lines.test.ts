import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { compact } from '../../../src/report/formats/compact.ts';
import { csv } from '../../../src/report/formats/csv.ts';
import { github } from '../../../src/report/formats/github.ts';
import { jsonl } from '../../../src/report/formats/jsonl.ts';
import { rdjson } from '../../../src/report/formats/rdjson.ts';
import { readCommand } from '../../support/github-runner.ts';
import { exampleReport, logFinding, renderAs, renderJson, secretFinding } from '../example-report.ts';
import { FULL, INCOMPLETE } from './reports.ts';

describe('compact', () => {
  it('is one line per finding', () => {
    expect(renderAs(compact, FULL).split('\n')).toEqual([
      'src/pay.ts:3:14: critical stripe-secret-key: Stripe live secret key',
      '.env:0:0: high forbidden-file: file that usually holds secrets',
      'src/cart.ts:12:3: low console-log: console.log call',
      'src/cart.ts:4:3: info console-log: console.log call',
      'src/alt.ts:9:14: critical stripe-secret-key: Stripe live secret key',
      '',
    ]);
    expect(renderAs(compact, exampleReport())).toBe('');
  });

  it('names what is missing in lines that no problem matcher reads', () => {
    expect(renderAs(compact, INCOMPLETE).split('\n').slice(0, 2)).toEqual([
      'code-guardian: INCOMPLETE: Not fully scanned (2 of 3 files)',
      'code-guardian: DETECTOR_FAILED: src/a.ts: the rule acme-key failed (Report it.)',
    ]);
  });
});

describe('jsonl', () => {
  it('is each finding of the JSON report, then a summary with the rest of it', () => {
    const lines = renderAs(jsonl, FULL)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const { findings, suppressed, ...rest } = JSON.parse(renderJson(FULL)) as { findings: object[]; suppressed: object[] };
    expect(lines).toEqual([
      ...findings,
      { summary: { ...rest, counts: { findings: 5, block: 3, warn: 1, note: 1, suppressed: suppressed.length } } },
    ]);
  });
});

describe('csv', () => {
  it('has a row per finding, and one for each thing that is missing', () => {
    const rows = parseCsv<Readonly<Record<string, string>>>(renderAs(csv, { ...INCOMPLETE, findings: FULL.findings }), { columns: true });
    expect(rows.map(({ outcome, rule, path, line }) => [outcome, rule, path, line])).toEqual([
      ['block', 'stripe-secret-key', 'src/pay.ts', '3'],
      ['block', 'forbidden-file', '.env', '0'],
      ['warn', 'console-log', 'src/cart.ts', '12'],
      ['note', 'console-log', 'src/cart.ts', '4'],
      ['block', 'stripe-secret-key', 'src/alt.ts', '9'],
      ['error', 'INCOMPLETE', '', ''],
      ['error', 'DETECTOR_FAILED', 'src/a.ts', ''],
      ['error', 'NOT_SCANNED', 'dump.sql', ''],
    ]);
  });
});

describe('rdjson', () => {
  const diagnosticsOf = (text: string) =>
    (JSON.parse(text) as { diagnostics: readonly { severity: string; code: object; location: { path: string; range?: object } }[] })
      .diagnostics;

  it('counts columns in bytes of UTF-8, from 1, the end exclusive', () => {
    const [known, plain] = diagnosticsOf(
      renderAs(rdjson, exampleReport({ findings: [secretFinding({ byteColumn: 15, endByteColumn: 47 }), logFinding()] })),
    );
    expect(known!.location.range).toEqual({ start: { line: 3, column: 15 }, end: { line: 3, column: 47 } });
    expect(plain!.location.range).toEqual({ start: { line: 12, column: 3 }, end: { line: 12, column: 15 } });
  });

  it('has a severity by what the policy decides, no range for a file as a whole, and links only to web pages', () => {
    const all = diagnosticsOf(renderAs(rdjson, FULL));
    expect(all.map(({ severity }) => severity)).toEqual(['ERROR', 'ERROR', 'WARNING', 'INFO', 'ERROR']);
    expect(all[1]!.location).toEqual({ path: '.env' });
    expect(all[0]!.code).toEqual({ value: 'stripe-secret-key', url: 'https://docs.stripe.com/keys#rolling-keys' });
    expect(all[1]!.code).toEqual({ value: 'forbidden-file' });
  });
});

describe('github', () => {
  const commandsOf = (report: Parameters<typeof renderJson>[0]) =>
    renderAs(github, report)
      .trimEnd()
      .split('\n')
      .map((line) => readCommand(line)!);

  it('annotates the worst first, because a step shows ten of each kind', () => {
    const commands = commandsOf(FULL);
    expect(commands.map(({ name, properties }) => [name, properties['file']])).toEqual([
      ['error', 'src/pay.ts'],
      ['error', 'src/alt.ts'],
      ['error', '.env'],
      ['warning', 'src/cart.ts'],
      ['notice', 'src/cart.ts'],
    ]);
    expect(commands[0]).toEqual({
      name: 'error',
      properties: {
        file: 'src/pay.ts',
        line: '3',
        endLine: '3',
        col: '14',
        endColumn: '46',
        title: 'Stripe live secret key (stripe-secret-key)',
      },
      data: 'sk_live_…[32]: Roll it in the dashboard, put the new one into an environment variable, and read it from there.',
    });
  });

  it('has no columns for more than one line, and no line for a file as a whole', () => {
    const [, , file, , note] = commandsOf(FULL);
    expect(Object.keys(file!.properties)).toEqual(['file', 'title']);
    expect(Object.keys(note!.properties)).toEqual(['file', 'line', 'endLine', 'title']);
  });

  it('says nothing of a clean run, and an error of an incomplete one unless the policy lets it pass', () => {
    expect(renderAs(github, exampleReport())).toBe('');
    expect(commandsOf(INCOMPLETE).map(({ name }) => name)).toEqual(['error', 'error', 'error']);
    expect(commandsOf({ ...INCOMPLETE, blocksIncomplete: false })[0]!.name).toBe('warning');
  });

  it('keeps a name with the marks of its own syntax', () => {
    const path = 'a,b:c%2C=d::e.ts';
    expect(commandsOf(exampleReport({ findings: [logFinding({ path })] }))[0]!.properties['file']).toBe(path);
  });
});
