import { describe, expect, it } from 'vitest';
import { locateLines } from '../../src/diff/added-lines.ts';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { type ResultsInput, settleResults } from '../../src/findings/settle-results.ts';
import type { Region, StageResult } from '../../src/findings/stage-result.ts';
import { type ContentRule, ruleSet } from '../../src/engine/rule.ts';

const samples = () => ({ found: [], ignored: [] });
const rules = ruleSet({}, () => [
  { id: 'acme-key', message: 'Acme key', keywords: ['acme_'], pattern: /acme_[a-z\d\n]{12}/, samples },
])() as ContentRule[];
const scanner = createScanner(sourceOf(rules));
const value = ['acme', 'q7w3e9r1t5y2'].join('_');

const lines = (startLine: number, more: Partial<Extract<Region, { kind: 'lines' }>> = {}): Region => ({
  kind: 'lines',
  startLine,
  endLine: startLine,
  startColumn: null,
  endColumn: null,
  unit: 'utf16',
  ...more,
});
const result = (more: Partial<StageResult> = {}): StageResult => ({
  rule: 'no-eval',
  severity: 'high',
  path: 'a.js',
  region: lines(1),
  message: 'm',
  why: 'w',
  advice: 'a',
  docs: '',
  suppression: null,
  ...more,
});

function settle(
  text: string | Buffer,
  results: readonly StageResult[],
  more: Partial<ResultsInput> & { added?: readonly number[] | 'all' } = {},
) {
  const bytes = Buffer.from(text as string);
  const secrets = scanner.scan({ bytes, path: 'a.js', isActive: () => true });
  const given = {
    stage: 'eslint',
    path: 'a.js',
    pathBytes: undefined,
    commit: undefined,
    bytes,
    added: 'all' as const,
    results,
    isWholeFile: false,
    secrets,
    isRequired: () => false,
  };
  return settleResults({ ...given, ...more }).findings;
}

/** Byte ranges of some lines. */
const added = (text: string, ...numbers: readonly number[]): readonly number[] =>
  locateLines(
    Buffer.from(text),
    numbers.flatMap((number) => [number, 1]),
  )!;

describe('a result in a file', () => {
  it('is a finding under the name of its stage', () => {
    expect(settle('eval(x)\n', [result()])).toMatchObject([
      {
        rule: 'eslint/no-eval',
        category: 'risk',
        severity: 'high',
        path: 'a.js',
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 8,
        excerpt: 'eval(x)',
        mark: [0, 7],
        suppression: null,
      },
    ]);
  });

  it.each<[what: string, text: string | Buffer, region: Region, place: readonly [number, number, number, number]]>([
    ['columns', 'a eval(x)\n', lines(1, { startColumn: 3, endColumn: 7 }), [1, 3, 1, 7]],
    ['columns that are wider than the line', 'a\nb\n', lines(1, { startColumn: 3, endColumn: 99 }), [1, 2, 1, 2]],
    ['columns in UTF-16 units', '😀 eval\n', lines(1, { startColumn: 4, endColumn: 8 }), [1, 4, 1, 8]],
    ['columns in characters', '😀 eval\n', lines(1, { startColumn: 3, endColumn: 7, unit: 'codePoint' }), [1, 4, 1, 8]],
    ['a line that is indented', '  \ta b\n', lines(1), [1, 4, 1, 7]],
    ['a line of blanks', '  \n', lines(1), [1, 3, 1, 3]],
    ['several lines', 'a\r\nbc\r\nd\r\n', lines(1, { endLine: 2 }), [1, 1, 2, 3]],
    ['a line behind the end', 'a\nb\n', lines(9), [2, 1, 2, 2]],
    ['a line of an empty file', '', lines(1), [1, 1, 1, 1]],
    ['a line without a mark at the beginning', '\ufeffabc\n', lines(1, { startColumn: 1, endColumn: 2 }), [1, 1, 1, 2]],
    ['a line in Latin-1', Buffer.from('é eval\n', 'latin1'), lines(1, { startColumn: 3, endColumn: 7 }), [1, 3, 1, 7]],
    ['offsets', 'a\né eval\n', { kind: 'offsets', start: 4, end: 8, unit: 'utf16' }, [2, 3, 2, 7]],
    ['offsets in characters', '😀\n😀 eval\n', { kind: 'offsets', start: 4, end: 8, unit: 'codePoint' }, [2, 4, 2, 8]],
    ['offsets behind the end', 'a\n', { kind: 'offsets', start: 40, end: 80, unit: 'utf16' }, [1, 2, 1, 2]],
    ['an offset alone', 'a\nb\n', { kind: 'offsets', start: 2, end: 2, unit: 'utf16' }, [2, 1, 2, 1]],
  ])('stands where it says, by %s', (_, text, region, [line, column, endLine, endColumn]) => {
    expect(settle(text, [result({ region })])).toMatchObject([{ line, column, endLine, endColumn }]);
  });

  const text = 'one\ntwo\nthree\nfour\n';

  it.each<[what: string, region: Region | null, addedLines: readonly number[], isWholeFile: boolean, counts: boolean]>([
    ['on an added line', lines(2), [2], false, true],
    ['on another line', lines(2), [1, 3], false, false],
    ['that ends on an added line', lines(1, { endLine: 3 }), [3], false, true],
    ['that ends before one', lines(1, { endLine: 2 }), [3], false, false],
    ['on another line, where the whole file counts', lines(2), [1], true, true],
    ['of the file as such', null, [1], false, false],
    ['of the file as such, where the whole file counts', null, [1], true, true],
  ])('%s', (_, region, addedLines, isWholeFile, counts) => {
    expect(settle(text, [result({ region })], { added: added(text, ...addedLines), isWholeFile })).toHaveLength(counts ? 1 : 0);
  });

  it('that has a place which nobody knows counts', () => {
    expect(settle(text, [result({ region: null, isUnplaced: true })], { added: added(text, 1) })).toMatchObject([{ line: 0 }]);
  });

  it('stands at the first of its places that is on an added line', () => {
    const many = result({ region: lines(1), others: [lines(3), lines(4)] });
    expect(settle(text, [many], { added: added(text, 3, 4) })).toMatchObject([{ line: 3 }]);
    expect(settle(text, [many], { added: added(text, 2) })).toEqual([]);
    expect(settle(text, [many], { added: added(text, 2), isWholeFile: true })).toMatchObject([{ line: 1 }]);
  });

  it('of the file as such counts where the file is new', () => {
    expect(settle(text, [result({ region: null })])).toMatchObject([{ line: 0, column: 0, message: 'm' }]);
    expect(settle(text, [result({ region: null })])[0]).not.toHaveProperty('excerpt');
  });

  it('that is told twice is one', () => {
    expect(settle(text, [result(), result(), result({ message: 'n' }), result({ region: null }), result({ region: null })])).toHaveLength(
      3,
    );
  });

  it('has the same fingerprint wherever the line moves to, and another in another file', () => {
    const [here] = settle('a\n  eval(x)\n', [result({ region: lines(2) })]);
    const [moved] = settle('eval(x)\n', [result()]);
    const [other] = settle('eval(x)\n', [result()], { path: 'b.js' });
    expect(moved!.digest).toBe(here!.digest);
    expect(other!.digest).not.toBe(here!.digest);
  });
});

describe('no text of a result', () => {
  it('shows a secret of the line, of the file, or in its words', () => {
    const key = value.replace('w', '\n');
    const words = `found ${value} and ${key.replace('\n', ' ')} here`;
    const findings = settle(`x = "${value}"\n${key}\n`, [
      result({ message: words, why: words, advice: words, docs: `https://x/${value}` }),
      result({ region: null, message: words }),
    ]);
    expect(findings[0]).toMatchObject({ excerpt: 'x = "acme_…[17]"' });
    expect(findings[0]!.message).toBe('found acme_…[17] and acme_…[17] here');
    expect(JSON.stringify(findings)).not.toContain(value);
    expect(JSON.stringify(findings)).not.toContain(key.split('\n')[1]);
  });
});

describe('a result is suppressed', () => {
  it.each<[what: string, line: string, by: string | null]>([
    ['by nobody', 'eval(x)', null],
    ['by our comment', 'eval(x) // code-guardian:ignore', 'inline'],
    ['by one with its id', 'eval(x) // code-guardian:ignore eslint/no-eval -- why', 'inline'],
    ['by one with its id in another case', 'eval(x) // code-guardian:ignore ESLint/No-Eval', 'inline'],
    ['by one with the name of its stage', 'eval(x) // code-guardian:ignore eslint', 'inline'],
    ['by one with two ids', 'eval(x) // code-guardian:ignore debugger, eslint/no-eval', 'inline'],
    ['not by one with another id', 'eval(x) // code-guardian:ignore eslint/no-var', null],
    ['not by one with another stage', 'eval(x) // code-guardian:ignore semgrep', null],
    ['not by one for secrets', 'eval(x) // gitleaks:allow', null],
    ['by a marker of scanners', 'eval(x) # nosemgrep', 'inline'],
    ['by a marker with its rule', 'eval(x) # nosemgrep: no-eval', 'inline'],
    ['not by a marker with another rule', 'eval(x) # nosemgrep: python.no-exec', null],
    ['by nosec', 'eval(x) # nosec', 'inline'],
    ['not by noqa for others', 'eval(x) # noqa: E501', null],
    ['not by noqa for secrets', 'eval(x) # noqa: secret', null],
  ])('%s', (_, line, by) => {
    expect(settle(`${line}\n`, [result()])[0]!.suppression?.by ?? null).toBe(by);
  });

  it('by the scanner itself', () => {
    expect(settle('eval(x)\n', [result({ suppression: { by: 'config', reason: 'r' } })])[0]!.suppression).toEqual({
      by: 'config',
      reason: 'r',
    });
  });

  it('by nothing of that where it is required', () => {
    const suppressed = result({ suppression: { by: 'config' } });
    const findings = settle('eval(x) // code-guardian:ignore\n', [suppressed, { ...suppressed, region: null }], { isRequired: () => true });
    expect(findings.map(({ suppression }) => suppression)).toEqual([null, null]);
  });
});
