import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/engine/decode.ts';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { settle, settleFile, type SettleInput } from '../../src/findings/settle.ts';
import { type ContentRule, ruleSet } from '../../src/engine/rule.ts';

const samples = () => ({ found: [], ignored: [] });
const rules = ruleSet({}, () => [
  { id: 'acme-key', message: 'Acme key', keywords: ['acme_'], pattern: /acme_[a-z\d]{12}/, samples },
  {
    id: 'generic',
    message: 'Value',
    keywords: ['key='],
    pattern: /key=(?<secret>[\w-]{8,40})/,
    isGeneric: true,
    severity: 'high',
    samples,
  },
  { id: 'leftover', message: 'Leftover', category: 'leftover', keywords: ['debugger'], pattern: /debugger/, severity: 'high', samples },
])() as ContentRule[];
const scanner = createScanner(sourceOf(rules));
const value = (seed: string) => ['acme', `${seed}q7w3e9r1t5`.slice(0, 12)].join('_');

function settleText(text: string | Buffer, more: Partial<SettleInput> = {}) {
  const { bytes } = decodeText(Buffer.from(text as string));
  const matches = scanner.scan({ bytes, path: 'a.txt', isActive: () => true });
  const ignored = { isIgnoredValue: () => false, isRequired: () => false };
  return settle({ path: 'a.txt', pathBytes: undefined, commit: undefined, bytes, matches, added: 'all', ignored, ...more });
}

describe('findings of a blob', () => {
  it('are one a value: the specific rule wins over the generic one', () => {
    const { findings } = settleText(`key=${value('ab')}\n`);
    expect(findings.map(({ rule }) => rule)).toEqual(['acme-key']);
  });

  it('stand where editors count: lines from 1, columns in UTF-16 units', () => {
    const { findings } = settleText(`first\r\né😀 ${value('ab')}\r\n`);
    expect(findings).toMatchObject([{ line: 2, column: 5, endLine: 2, endColumn: 22, excerpt: 'é😀 acme_…[17]' }]);
  });

  it('are counted in Latin-1 bytes where the line is no UTF-8, and in UTF-16 text', () => {
    expect(settleText(Buffer.from(`é ${value('ab')}`, 'latin1')).findings).toMatchObject([{ line: 1, column: 3 }]);
    const wide = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(`x\né ${value('ab')}\n`, 'utf16le')]);
    expect(settleText(wide).findings).toMatchObject([{ line: 2, column: 3 }]);
  });

  it('leave out what touches no added line, and are known by their content all the same', () => {
    const text = `${value('ab')}\n${value('cd')}\n`;
    const { findings, contents } = settleText(text, { added: [18, 36] });
    expect(findings.map(({ line }) => line)).toEqual([2]);
    expect(contents).toHaveLength(2);
  });

  it('hide every value of the line', () => {
    const { findings } = settleText(`a(${value('ab')}, ${value('cd')})`);
    expect(findings.map(({ excerpt }) => excerpt)).toEqual(Array(2).fill('a(acme_…[17], acme_…[17])'));
  });

  it('have the digest of their value, wherever it stands; another value is another', () => {
    const [one, two] = [settleText(value('ab')).findings[0]!, settleText(`\n\nx ${value('ab')}`, { path: 'b.txt' }).findings[0]!];
    expect(one.digest).toBe(two.digest);
    expect(settleText(value('cd')).findings[0]!.digest).not.toBe(one.digest);
  });

  it('that are no secrets are told apart by file and line', () => {
    const one = settleText('debugger; // a').findings[0]!;
    expect(one).not.toHaveProperty('secret');
    const moved = settleText('\n  debugger; // a', { path: 'b.txt' }).findings[0]!;
    expect(moved.digest).not.toBe(one.digest);
    expect(moved.contentDigest).toBe(one.contentDigest);
  });

  it('are suppressed by a comment, by the policy, and as an example', () => {
    const mark = ['code', 'guardian:ignore'].join('-');
    expect(settleText(`${value('ab')} // ${mark} -- why`).findings[0]!.suppression).toEqual({ by: 'inline', reason: 'why' });
    const all = { isIgnoredValue: () => true, isRequired: () => false };
    expect(settleText(value('ab'), { ignored: all }).findings[0]!.suppression).toEqual({ by: 'config' });
    expect(settleText(`acme_${'x'.repeat(12)}`).findings[0]!.suppression).toMatchObject({ by: 'placeholder' });
    const required = { isIgnoredValue: () => false, isRequired: () => true };
    expect(settleText(`${value('ab')} // ${mark}`, { ignored: required }).findings[0]!.suppression).toBeNull();
  });

  it('tell which suppressions nothing needed', () => {
    const mark = ['code', 'guardian:ignore'].join('-');
    expect(settleText(`x // ${mark}\n${value('ab')} // ${mark}\n`).unusedDirectives).toMatchObject([{ line: 1 }]);
  });

  it('say the commit and the bytes of an odd name', () => {
    expect(settleText(value('ab'), { commit: 'c0ffee', pathBytes: '/w==' }).findings[0]).toMatchObject({
      commit: 'c0ffee',
      pathBytes: '/w==',
    });
  });
});

describe('a line in any encoding', () => {
  it('never shows what is covered', () => {
    const bytes = fc.oneof(
      fc.string({ unit: fc.constantFrom('é', '密', '😀', ' ', 'A'), maxLength: 500 }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 30 }).map((some) => Buffer.from(some.map((byte) => (byte === 0x0a ? 0x20 : byte)))),
    );
    const ends = fc.tuple(bytes, bytes);
    fc.assert(
      fc.property(ends, ([before, after]) => {
        const text = Buffer.concat([before, Buffer.from(` ${value('ab')} `), after]);
        const matches = scanner.scan({ bytes: text, path: 'a.txt', isActive: () => true });
        const [finding] = settleText(text, { bytes: text, matches }).findings;
        expect(finding!.excerpt).toContain('acme_…[17]');
        expect(finding!.excerpt).not.toMatch(/q7w|e9r|1t5/);
        expect(finding!.excerpt!.slice(...finding!.mark!)).toBe('acme_…[17]');
      }),
    );
  });

  it('is cut between characters', () => {
    for (let shift = 0; shift < 3; shift++) {
      const { findings } = settleText(`${'密'.repeat(20)} ${value('ab')} ${'x'.repeat(shift)}${'密'.repeat(500)}`);
      expect(findings[0]!.excerpt).toMatch(/^密{20} acme_…\[17\] x*密+…$/);
    }
  });

  it('counts no byte-order mark', () => {
    expect(settleText(`\ufeff${value('ab')}`).findings).toMatchObject([{ column: 1, excerpt: 'acme_…[17]' }]);
    expect(settleText(`\ufeffdebugger`).findings[0]!.digest).toBe(settleText('debugger').findings[0]!.digest);
  });
});

describe('values that overlap', () => {
  it('are hidden to their very end, also where only one of them is reported', () => {
    const { findings } = settleText(`key=${value('ab')}-zzzz9`);
    expect(findings.map(({ rule, excerpt }) => [rule, excerpt])).toEqual([['acme-key', 'key=acme_…[17]']]);
  });

  it('are hidden where a pair reaches into another value', () => {
    const pairs = ruleSet({}, () => [
      {
        id: 'pair',
        message: 'Pair',
        keywords: ['id:'],
        pattern: /id:(?<secret>\w{8})/,
        judge: ({ text }) => ({ related: [text.indexOf('zz') - 6, text.length] }),
        samples,
      },
    ])() as ContentRule[];
    const text = 'id:abcdefgh acme0123456zz9876543';
    const bytes = Buffer.from(text);
    const [pair] = createScanner(sourceOf(pairs)).scan({ bytes, path: 'a', isActive: () => true });
    const reaching = { ...pair!, start: 12, end: 24, value: text.slice(12, 24) };
    const { findings } = settleText(text, { bytes, matches: [pair!, reaching] });
    for (const { excerpt } of findings) expect(excerpt).not.toMatch(/cme|zz|543/);
  });
});

describe('added lines', () => {
  const pair = ruleSet({}, () => [
    {
      id: 'pair',
      message: 'Pair',
      keywords: ['id:'],
      pattern: /id:(?<secret>\w{8})/,
      judge: ({ text }) => ({ related: [text.indexOf('half'), text.indexOf('half') + 12] }),
      samples,
    },
  ])() as ContentRule[];

  it('count for each half of a pair', () => {
    const bytes = Buffer.from('id:abcdefgh\nplain\nhalf-of-pair\n');
    const matches = createScanner(sourceOf(pair)).scan({ bytes, path: 'a', isActive: () => true });
    const linesOf = (...added: number[]) => settleText('', { bytes, matches, added }).findings.map(({ line }) => line);
    expect(linesOf(0, 12)).toEqual([1]);
    expect(linesOf(12, 18)).toEqual([]);
    expect(linesOf(18, 31)).toEqual([3]);
    expect(linesOf(0, 31)).toEqual([1, 3]);
  });

  it('hide the other half, too', () => {
    const bytes = Buffer.from('id:abcdefgh half-of-pair');
    const matches = createScanner(sourceOf(pair)).scan({ bytes, path: 'a', isActive: () => true });
    expect(settleText('', { bytes, matches }).findings[0]!.excerpt).toBe('id:…[8] …[12]');
  });

  it('count where a finding of many lines ends in them', () => {
    const block = ruleSet({}, () => [{ id: 'block', message: 'Block', keywords: ['BEGIN'], pattern: /BEGIN[^.]{0,99}END/, samples }])();
    const bytes = Buffer.from('a\r\n  BEGIN\r\nbody\r\néé END\r\n');
    const matches = createScanner(sourceOf(block as ContentRule[])).scan({ bytes, path: 'a', isActive: () => true });
    const { findings } = settleText('', { bytes, matches, added: [18, 28] });
    expect(findings).toMatchObject([{ line: 2, column: 3, endLine: 4, endColumn: 7, excerpt: 'BEGIN…[21]' }]);
  });
});

describe('a finding about a file', () => {
  const [rule] = rules;
  it('stands nowhere in it, and is told apart by the path', () => {
    const one = settleFile({ path: 'a.bin', pathBytes: undefined, commit: undefined }, rule!, 'Too large');
    expect(one).toMatchObject({ path: 'a.bin', line: 0, column: 0, endLine: 0, endColumn: 0, message: 'Too large', suppression: null });
    expect(Object.keys(one)).not.toContain('excerpt');
    const other = settleFile({ path: 'b.bin', pathBytes: '/w==', commit: 'c0ffee' }, rule!, 'Too large');
    expect(other).toMatchObject({ pathBytes: '/w==', commit: 'c0ffee' });
    expect(other.digest).not.toBe(one.digest);
  });
});
