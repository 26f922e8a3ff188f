import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BaselineEntry, entryOf, isCurrent, LABELS, parseBaseline, parseDate, renderBaseline } from '../../src/findings/baseline.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { createFolder } from '../support/repository.ts';

const entry = (fingerprint: string, more: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint,
  rule: 'a-rule',
  path: 'a.js',
  ...more,
});

describe('the baseline', () => {
  it('reads what it wrote, in order', () => {
    const entries = fc.uniqueArray(
      fc.record({ fingerprint: fc.stringMatching(/^[\da-f]{32}$/), rule: fc.constant('a-rule'), path: fc.string(), reason: fc.string() }),
      { selector: ({ fingerprint }) => fingerprint },
    );
    fc.assert(
      fc.property(entries, (list) => {
        const read = parseBaseline(renderBaseline({ key: 'k', entries: list }), 'b.json');
        expect(read.entries).toEqual(list.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)));
      }),
    );
  });

  it('merges what two branches add', () => {
    const folder = createFolder();
    const write = (name: string, fingerprints: readonly string[]) =>
      writeFileSync(join(folder, name), renderBaseline({ key: 'k', entries: fingerprints.map((fingerprint) => entry(fingerprint)) }));
    write('base', ['3', '5']);
    write('ours', ['1', '3', '5']);
    write('theirs', ['3', '5', '7']);
    const { status } = spawnSync('git', ['merge-file', 'ours', 'base', 'theirs'], { cwd: folder });
    expect(status).toBe(0);
    const merged = parseBaseline(readFileSync(join(folder, 'ours'), 'utf8'), 'ours');
    expect(merged.entries.map(({ fingerprint }) => fingerprint)).toEqual(['1', '3', '5', '7']);
  });

  it.each([
    ['{', 'invalid JSON'],
    [`{\n${'<'.repeat(7)} ours`, 'merge conflict'],
    ['[]', 'an object'],
    ['{"version":2}', 'version 2'],
    ['{"version":1}', 'key'],
    ['{"version":1,"key":"k"}', 'entries'],
    ['{"version":1,"key":"k","entries":[{"rule":1}]}', 'entry 1'],
    ['{"version":1,"key":"k","entries":[{"fingerprint":"f","rule":"r","path":"p","expires":"soon"}]}', 'entry 1'],
    [
      '{"version":1,"key":"k","entries":[{"fingerprint":"f","rule":"r","path":"p","label":"flase"}]}',
      'entry 1 has the label "flase"; known labels: "real"',
    ],
    ['{"version":1,"key":"k","entries":[{"fingerprint":"f","rule":"r","path":"p","label":false}]}', 'entry 1 has the label false'],
  ])('says what is wrong with %j', (text, what) => {
    expect(() => parseBaseline(text, 'b.json')).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(what) as string }) as Error,
    );
  });

  it('is no baseline of another release, nor text that is none', () => {
    for (const text of ['null', '"x"', '{"version":1,"key":"","entries":[]}', '{"version":1,"key":"k","entries":{}}'])
      expect(() => parseBaseline(text, 'b.json')).toThrow('b.json: ');
    const noDay = { version: 1, key: 'k', entries: [entry('f'), { ...entry('g'), expires: '31.1.2026' }, null] };
    expect(() => parseBaseline(JSON.stringify(noDay), 'b.json')).toThrow('entry 2');
  });

  it('keeps labels, and fields that it does not know', () => {
    const entries = [{ ticket: 7, ...entry('f', { label: 'false' }) }, ...LABELS.map((label) => entry(label, { label }))];
    const text = renderBaseline({ key: 'k', entries });
    expect(text).toContain('{"fingerprint":"f","rule":"a-rule","path":"a.js","label":"false","ticket":7},\n');
    expect(parseBaseline(text, 'b.json').entries).toEqual(expect.arrayContaining(entries));
  });

  it('changes one line for one entry', () => {
    const lines = (fingerprints: readonly string[]) =>
      renderBaseline({ key: 'k', entries: fingerprints.map((fingerprint) => entry(fingerprint)) }).split('\n');
    const [before, after] = [lines(['2', '4']), lines(['4', '3', '2'])];
    expect(after.filter((line) => !before.includes(line))).toEqual(['{"fingerprint":"3","rule":"a-rule","path":"a.js"},']);
    expect(before.filter((line) => !after.includes(line))).toEqual([]);
  });

  it('takes of a finding only what says nothing of it', () => {
    const finding = { ...entry('f'), excerpt: 'x', secret: 'y', line: 3 } as unknown as Finding;
    expect(entryOf(finding, {})).toEqual(entry('f'));
    const why = { reason: 'known', expires: '2027-01-01', label: 'real' } as const;
    expect(entryOf(finding, why)).toEqual(entry('f', why));
  });

  it('accepts an entry up to its last day', () => {
    expect(isCurrent(entry('f', { expires: '2026-01-31' }), new Date('2026-01-31'))).toBe(true);
    expect(isCurrent(entry('f', { expires: '2026-01-31' }), new Date('2026-02-01'))).toBe(false);
    expect(isCurrent(entry('f'), new Date('2099-01-01'))).toBe(true);
  });

  it('knows the days of the calendar', () => {
    expect(parseDate('2028-02-29')).toBe('2028-02-29');
    for (const text of ['2027-02-29', 'tomorrow', '2027-1-1', '2027-13-01']) expect(() => parseDate(text)).toThrow('not a date');
  });
});
