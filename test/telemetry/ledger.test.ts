import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addRecord, emptyTotals } from '../../src/telemetry/ledger-record.ts';
import { appendRecord, readLedger } from '../../src/telemetry/ledger.ts';
import { exampleRecord, runsIn } from '../support/ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-guardian-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const freshFolder = (): string => mkdtempSync(join(folder, 'git-'));

describe('the ledger', () => {
  it('keeps records in order', () => {
    const commonDir = freshFolder();
    expect(readLedger(commonDir)).toEqual({ totals: emptyTotals(), records: [] });
    appendRecord(commonDir, exampleRecord('a'));
    appendRecord(commonDir, exampleRecord('b', { verdict: 'blocked' }));
    expect(readLedger(commonDir).records.map(({ run, verdict }) => [run, verdict])).toEqual([
      ['a', 'clean'],
      ['b', 'blocked'],
    ]);
  });

  it('passes over a torn line, and begins a new one behind it', () => {
    const commonDir = freshFolder();
    appendRecord(commonDir, exampleRecord('a'));
    appendFileSync(join(commonDir, 'code-guardian/ledger.jsonl'), '\n{"v":1,"time":17');
    appendRecord(commonDir, exampleRecord('b'));
    expect(readLedger(commonDir).records.map(({ run }) => run)).toEqual(['a', 'b']);
  });

  it('stays small, and forgets no count', () => {
    const commonDir = freshFolder();
    for (let i = 0; i < 200; i++) appendRecord(commonDir, exampleRecord(`${i}`, { findings: { 'debugger|high|block': 1 } }), 4000);
    const { totals, records } = readLedger(commonDir);
    expect(runsIn(commonDir)).toBe(200);
    expect(records.reduce(addRecord, totals)).toMatchObject({ files: 400, lines: 2000, findings: { 'debugger|high|block': 200 } });
    const sizes = readdirSync(join(commonDir, 'code-guardian')).map((name) => statSync(join(commonDir, 'code-guardian', name)).size);
    expect(Math.max(...sizes)).toBeLessThan(5000);
  });

  it('counts a file once that was summed up by a run which was stopped before it could remove it', () => {
    const commonDir = freshFolder();
    for (let i = 0; i < 60; i++) appendRecord(commonDir, exampleRecord(`${i}`), 4000);
    const state = join(commonDir, 'code-guardian');
    const { folded } = JSON.parse(readFileSync(join(state, 'ledger-totals.json'), 'utf8')) as { folded: number };
    const before = runsIn(commonDir);
    writeFileSync(join(state, `ledger.${folded}.jsonl`), `${JSON.stringify(exampleRecord('again'))}\n`);
    expect(runsIn(commonDir)).toBe(before);
  });

  it('counts what cannot be read as nothing', () => {
    const commonDir = freshFolder();
    appendRecord(commonDir, exampleRecord('a'));
    writeFileSync(join(commonDir, 'code-guardian/ledger-totals.json'), '{"folded": "x"');
    expect(runsIn(commonDir)).toBe(1);
  });
});
