import { describe, expect, it } from 'vitest';
import type { Match } from '../../src/engine/match.ts';
import { withHalves, withoutOverlaps } from '../../src/findings/overlap.ts';
import { type ContentRule, type RuleDraft, ruleSet } from '../../src/engine/rule.ts';

const samples = () => ({ found: [], ignored: [] });
const ruleOf = (draft: Partial<RuleDraft>): ContentRule =>
  ruleSet({}, () => [{ id: 'rule', message: 'm', keywords: ['key'], pattern: /key/, samples, ...draft }])()[0] as ContentRule;
const match = (start: number, end: number, { rule = ruleOf({}), ...more }: Partial<Match> = {}): Match => ({
  rule,
  severity: 'high',
  confidence: 'medium',
  message: 'm',
  start,
  end,
  value: 'v',
  related: null,
  evidence: null,
  placeholder: null,
  ...more,
});
const spans = (...matches: Match[]) => withoutOverlaps(matches).map(({ start, end }) => [start, end]);

describe('of secrets that overlap', () => {
  const generic = ruleOf({ id: 'generic', isGeneric: true });

  it('the specific stays, then the surer, the worse, the longer, the first', () => {
    expect(spans(match(0, 20, { rule: generic, confidence: 'high', severity: 'critical' }), match(5, 10))).toEqual([[5, 10]]);
    expect(spans(match(0, 20, { severity: 'critical' }), match(5, 10, { confidence: 'high' }))).toEqual([[5, 10]]);
    expect(spans(match(0, 20), match(5, 10, { severity: 'critical' }))).toEqual([[5, 10]]);
    expect(spans(match(0, 4), match(2, 10))).toEqual([[2, 10]]);
    expect(spans(match(0, 6), match(4, 10))).toEqual([[0, 6]]);
  });

  it('one of a required rule stays beside one that a config wrote the rule of, not beside a built-in one', () => {
    const custom = ruleOf({ id: 'acme-key', isCustom: true });
    const kept = (matches: Match[], required: string): number => withoutOverlaps(matches, (id) => id === required).length;
    expect(kept([match(0, 20, { rule: generic }), match(0, 30, { rule: custom })], 'generic')).toBe(2);
    expect(kept([match(0, 20, { rule: generic }), match(0, 30, { rule: custom })], 'other')).toBe(1);
    expect(kept([match(0, 20, { rule: generic }), match(0, 30)], 'generic')).toBe(1);
  });

  it('those that only share a neighbour stay', () => {
    expect(spans(match(0, 6), match(4, 12, { rule: generic }), match(10, 16))).toEqual([
      [0, 6],
      [10, 16],
    ]);
    expect(spans(match(0, 5), match(5, 10))).toEqual([
      [0, 5],
      [5, 10],
    ]);
  });

  it('a pair has a finding for each half, unless it is made up, or a rule of its own has found the other', () => {
    const pair = match(0, 5, { related: [20, 30] });
    const generic = match(22, 28, { rule: { ...pair.rule, isGeneric: true } });
    const halves = (...matches: Match[]) =>
      withHalves(withoutOverlaps(matches), Buffer.alloc(40, 'x')).map(({ start, end }) => [start, end]);
    const whole = [
      [0, 5],
      [20, 30],
    ];
    expect(halves(pair)).toEqual(whole);
    expect(halves(pair, generic)).toEqual(whole);
    expect(halves(pair, match(6, 9, { related: [20, 30] }))).toEqual([
      [0, 5],
      [6, 9],
      [20, 30],
    ]);
    expect(halves(pair, match(22, 28))).toEqual([
      [0, 5],
      [22, 28],
    ]);
    expect(halves({ ...pair, placeholder: 'an example' }, generic)).toEqual([
      [0, 5],
      [22, 28],
    ]);
  });

  it('what is no secret never competes, and the order holds', () => {
    const leftover = match(2, 4, { rule: ruleOf({ category: 'leftover' }) });
    expect(spans(match(0, 10), leftover, match(12, 14))).toEqual([
      [0, 10],
      [2, 4],
      [12, 14],
    ]);
  });
});
