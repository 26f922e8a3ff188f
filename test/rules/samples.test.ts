import { describe, expect, it } from 'vitest';
import type { Match } from '../../src/engine/match.ts';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { checkSamples } from '../../src/rules/drafting/check-samples.ts';
import type { ContentRule, Rule } from '../../src/engine/rule.ts';

const contentRules = CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content');
const scanner = createScanner(sourceOf(contentRules));

function scan(path: string, text: string): Match[] {
  return scanner.scan({ bytes: Buffer.from(text), path, isActive: () => true });
}

describe('samples', () => {
  it.each(CATALOGUE.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    expect(checkSamples(rule, scan)).toEqual([]);
  });

  it('are there for each content rule', () => {
    const bare = contentRules.filter((rule) => rule.samples().found.length === 0 || rule.samples().ignored.length === 0);
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it('are told as broken when the rule is', () => {
    const rule = contentRules.find(({ id }) => id === 'github-token')!;
    const withoutProof: Rule = { ...rule, id: 'broken', prove: () => null };
    const broken = createScanner(sourceOf([withoutProof]));
    const failures = checkSamples(withoutProof, (path, text) => broken.scan({ bytes: Buffer.from(text), path, isActive: () => true }));
    expect(failures).not.toEqual([]);
    expect(failures.every(({ kind, findings }) => kind !== 'found' && findings === 1)).toBe(true);
    expect(new Set(failures.map(({ kind }) => kind))).toEqual(new Set(['ignored', 'doubtful']));
  });

  it('that must be found have the right checksum', () => {
    const wrong = contentRules.filter(
      (rule) =>
        rule.prove !== undefined &&
        rule.confidence !== 'low' &&
        rule.samples().found.some((sample) => {
          const { path, text } = typeof sample === 'string' ? { path: 'a.txt', text: sample } : sample;
          return scan(path, text).some((match) => match.rule.id === rule.id && match.confidence === 'low');
        }),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('reach each keyword of a provider', () => {
    const unreached = contentRules
      .filter(
        (rule) =>
          rule.category === 'secret' &&
          rule.anchor !== 'text' &&
          rule.isGeneric !== true &&
          rule.id !== 'connection-string' &&
          rule.id !== 'authorization-header',
      )
      .flatMap((rule) => {
        const fold = (text: string): string => (rule.pattern.ignoreCase ? text.toLowerCase() : text);
        const starts = rule.samples().found.flatMap((sample) => {
          const text = typeof sample === 'string' ? sample : sample.text;
          return startsOf(rule, fold(text), text);
        });
        return rule.keywords
          .filter((keyword) => !starts.some((start) => start.startsWith(fold(keyword))))
          .map((keyword) => `${rule.id}: ${keyword}`);
      });
    expect(unreached).toEqual([]);
  });
});

/** The text from each place on where the rule's pattern matches at a keyword. */
function startsOf(rule: ContentRule, folded: string, text: string): string[] {
  const lead = rule.lead ?? 0;
  const sticky = new RegExp(rule.pattern.source, `${rule.pattern.flags}y`);
  return Array.from({ length: text.length }, (_, at) => at).flatMap((at) => {
    sticky.lastIndex = at;
    return sticky.test(text) ? [folded.slice(at + lead)] : [];
  });
}
