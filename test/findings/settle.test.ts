import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/engine/decode.ts';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { settle, type SettleInput } from '../../src/findings/settle.ts';
import { type ContentRule, ruleSet } from '../../src/rules/rule.ts';

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
const scanner = createScanner(rules.map(sourceOf));
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
