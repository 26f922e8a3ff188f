import { describe, expect, it } from 'vitest';
import { createScanner, SAMPLE_TIME, type RuleFailure, sourceOf } from '../../src/engine/scanner.ts';
import { type ContentRule, type RuleDraft, ruleSet } from '../../src/engine/rule.ts';

const samples = () => ({ found: [], ignored: [] });
const make = (...drafts: readonly Partial<RuleDraft>[]): ContentRule[] =>
  ruleSet({}, () =>
    drafts.map((draft, i) => ({ id: `rule-${i}`, message: 'm', keywords: ['acme_'], pattern: /acme_[a-z\d]{4,40}/, samples, ...draft })),
  )() as ContentRule[];

function scan(rules: readonly ContentRule[], text: string, path = 'a.js', failures: RuleFailure[] = []): string[] {
  const scanner = createScanner(sourceOf(rules), {
    ruleTimeout: 50,
    now: SAMPLE_TIME,
    onFailure: (failure) => void failures.push(failure),
  });
  return scanner.scan({ bytes: Buffer.from(text), path, isActive: () => true }).map(({ value }) => value);
}

describe('the scanner', () => {
  it('minds the boundaries of a value, and knows escapes before it', () => {
    const rules = make({});
    expect(scan(rules, 'xacme_abcd acme_abcdX')).toEqual([]);
    expect(scan(rules, String.raw`"\nacme_abcd" %3Dacme_efgh \u003dacme_ijkl`)).toEqual(['acme_abcd', 'acme_efgh', 'acme_ijkl']);
    expect(scan(make({ boundary: 'none' }), 'xacme_abcd')).toEqual(['acme_abcd']);
  });

  it('begins before the keyword where the rule says so', () => {
    expect(scan(make({ lead: 3, pattern: /[a-z]{3}acme_\d{4}/ }), 'xyzacme_1234')).toEqual(['xyzacme_1234']);
    expect(scan(make({ lead: 3, pattern: /[a-z]{3}acme_\d{4}/ }), 'acme_1234')).toEqual([]);
  });

  it('keeps to languages, entropy and generated files', () => {
    expect(scan(make({ languages: ['python'] }), 'acme_abcd', 'a.js')).toEqual([]);
    expect(scan(make({ languages: ['python'] }), 'acme_abcd', 'a.py')).toEqual(['acme_abcd']);
    expect(scan(make({ minEntropy: 3 }), 'acme_aaaa')).toEqual([]);
    expect(scan(make({ skipsGenerated: true }), 'acme_abcd', 'yarn.lock')).toEqual([]);
  });

  it('drops, lowers and raises by proof', () => {
    const proved = (proof: 'passed' | 'mismatch' | 'failed') =>
      createScanner(sourceOf(make({ prove: () => proof, confidence: 'medium' }))).scan({
        bytes: Buffer.from('acme_abcd'),
        path: 'a',
        isActive: () => true,
      });
    expect(proved('failed')).toEqual([]);
    expect(proved('passed')).toMatchObject([{ severity: 'critical', confidence: 'high' }]);
    expect(proved('mismatch')).toMatchObject([{ severity: 'medium', confidence: 'low' }]);
  });

  it('lets the rule have the last word', () => {
    expect(scan(make({ judge: ({ secret }) => secret.endsWith('ok') }), 'acme_abok acme_abno')).toEqual(['acme_abok']);
  });

  it('stops a pattern that runs away, names it, and goes on without it', () => {
    const failures: RuleFailure[] = [];
    const runaway = make({ id: 'runaway', anchor: 'text', keywords: ['aaa'], pattern: /(a+)+$/, boundary: 'none' }, {});
    const scanner = createScanner(sourceOf(runaway), {
      ruleTimeout: 50,
      now: SAMPLE_TIME,
      onFailure: (failure) => void failures.push(failure),
    });
    const look = (path: string) => scanner.scan({ bytes: Buffer.from(`${'a'.repeat(20_000)}! acme_abcd`), path, isActive: () => true });
    expect([...look('one'), ...look('two')].map(({ rule }) => rule.id)).toEqual(['rule-1', 'rule-1']);
    expect(failures).toEqual([{ rule: 'runaway', path: 'one', cause: null, missed: ['two'] }]);
  });

  it('asks only rules for secrets about binary files', () => {
    const rules = make({ category: 'leftover' }, { category: 'secret' });
    const found = (text: string) =>
      createScanner(sourceOf(rules))
        .scan({ bytes: Buffer.from(text), path: 'a', isActive: () => true })
        .map(({ rule }) => rule.category);
    expect(found(' acme_abcd ')).toEqual(['leftover', 'secret']);
    expect(found('\0 acme_abcd ')).toEqual(['secret']);
  });

  it('goes on where a rule throws, and says so', () => {
    const failures: RuleFailure[] = [];
    const thrown = new Error('broken');
    const rules = make(
      {
        judge: () => {
          throw thrown;
        },
      },
      { id: 'other' },
    );
    expect(scan(rules, 'acme_abcd', 'a.js', failures)).toEqual(['acme_abcd']);
    expect(failures).toEqual([{ rule: 'rule-0', path: 'a.js', cause: thrown, missed: [] }]);
  });

  it('names the files that a rule has not looked at since it failed: those with its keyword, each once', () => {
    const failures: RuleFailure[] = [];
    const rules = make({ prove: () => fail() }, { keywords: ['other_'] });
    const scanner = createScanner(sourceOf(rules), {
      ruleTimeout: 50,
      now: SAMPLE_TIME,
      onFailure: (failure) => void failures.push(failure),
    });
    const look = (path: string, text: string) => scanner.scan({ bytes: Buffer.from(text), path, isActive: () => path !== 'off' });
    look('one', 'acme_abcd acme_efgh');
    look('one', 'acme_abcd');
    look('two', 'acme_abcd acme_efgh');
    look('three', 'nothing, other_');
    look('off', 'acme_abcd');
    look('four', 'acme_abcd');
    expect(failures).toMatchObject([{ rule: 'rule-0', path: 'one', missed: ['two', 'four'] }]);
  });

  it('throws what fails where nobody listens', () => {
    const [rule] = make({ prove: () => fail() });
    expect(() => createScanner(sourceOf([rule!])).scan({ bytes: Buffer.from('acme_abcd'), path: 'a', isActive: () => true })).toThrow(
      'no proof',
    );
  });
});

function fail(): never {
  throw new Error('no proof');
}

describe('an overlong line', () => {
  const MAX = 1000;
  const scanner = (rules: readonly ContentRule[], maxLineLength = MAX) =>
    createScanner(sourceOf(rules), {
      ruleTimeout: 1000,
      now: SAMPLE_TIME,
      maxLineLength,
      onFailure: ({ cause }) => {
        throw cause;
      },
    });
  const spans = (rules: readonly ContentRule[], text: string, maxLineLength?: number) =>
    scanner(rules, maxLineLength)
      .scan({ bytes: Buffer.from(text), path: 'a.txt', isActive: () => true })
      .map(({ start, end, value, related }) => ({ start, end, value, related }));

  it('is scanned in pieces, and each value is found once, where it stands, wherever the line is cut', () => {
    const rules = make({});
    for (let at = MAX - 60; at < MAX + 60; at++) {
      const text = `first\n${'.'.repeat(at)}acme_abcdefgh${'.'.repeat(3 * MAX)}acme_ijkl\nlast acme_mnop\n`;
      expect(spans(rules, text)).toEqual(spans(rules, text, Infinity));
      expect(spans(rules, text)).toHaveLength(3);
    }
  });

  it('is longer than the limit by a byte', () => {
    const seen: number[] = [];
    const rules = make({ judge: ({ text }) => seen.push(text.length) > 0 });
    const line = (length: number): string => `acme_abcd${'.'.repeat(length - 9)}`;
    for (const text of [line(MAX), `${line(MAX)}\n${line(MAX)}\n`, line(MAX + 1)]) spans(rules, text);
    expect(seen).toEqual([MAX, 2 * MAX + 2, 2 * MAX + 2, MAX + 1]);
    seen.length = 0;
    spans(rules, line(5 * MAX));
    expect(seen).toEqual([MAX + MAX / 2]);
  });

  it('moves the other half of a pair along', () => {
    const rules = make({ judge: ({ start, end }) => ({ related: [start - 3, end] as const }) });
    const text = `${'.'.repeat(5 * MAX)}acme_abcd`;
    expect(spans(rules, text)).toEqual([{ start: 5 * MAX, end: 5 * MAX + 9, value: 'acme_abcd', related: [5 * MAX - 3, 5 * MAX + 9] }]);
  });

  it('is judged by the beginning of its file: what is generated, and what is binary', () => {
    const generated = `${'x'.repeat(20 * MAX)} acme_abcd`;
    const scanned = (rules: readonly ContentRule[], text: string, path: string) =>
      scanner(rules).scan({ bytes: Buffer.from(text), path, isActive: () => true });
    expect(scanned(make({ skipsGenerated: true }), generated, 'a.js')).toEqual([]);
    expect(scanned(make({ category: 'leftover' }), `\0${generated}`, 'a.txt')).toEqual([]);
    expect(scanned(make({ category: 'leftover' }), generated, 'a.txt')).toHaveLength(1);
  });
});
