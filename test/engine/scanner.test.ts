import { describe, expect, it } from 'vitest';
import { createScanner, type RuleFailure, sourceOf } from '../../src/engine/scanner.ts';
import { type ContentRule, type RuleDraft, ruleSet } from '../../src/rules/rule.ts';

const samples = () => ({ found: [], ignored: [] });
const make = (...drafts: readonly Partial<RuleDraft>[]): ContentRule[] =>
  ruleSet({}, () =>
    drafts.map((draft, i) => ({ id: `rule-${i}`, message: 'm', keywords: ['acme_'], pattern: /acme_[a-z\d]{4,40}/, samples, ...draft })),
  )() as ContentRule[];

function scan(rules: readonly ContentRule[], text: string, path = 'a.js', failures: RuleFailure[] = []): string[] {
  const scanner = createScanner(sourceOf(rules), { ruleTimeout: 50, onFailure: (failure) => void failures.push(failure) });
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
    const scanner = createScanner(sourceOf(runaway), { ruleTimeout: 50, onFailure: (failure) => void failures.push(failure) });
    const look = (path: string) => scanner.scan({ bytes: Buffer.from(`${'a'.repeat(20_000)}! acme_abcd`), path, isActive: () => true });
    expect([...look('one'), ...look('two')].map(({ rule }) => rule.id)).toEqual(['rule-1', 'rule-1']);
    expect(failures).toEqual([{ rule: 'runaway', path: 'one', cause: null }]);
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
    expect(failures).toEqual([{ rule: 'rule-0', path: 'a.js', cause: thrown }]);
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
