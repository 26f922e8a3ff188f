import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import type { ContentRule } from '../../src/engine/rule.ts';

const contentRules = CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content');

describe('catalogue', () => {
  it('has ids that are unique and in kebab-case', () => {
    const ids = CATALOGUE.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z\d]+(?:-[a-z\d]+)*$/.test(id))).toEqual([]);
  });

  it('has the ids that the contract names', () => {
    const ids = new Set(CATALOGUE.map(({ id }) => id));
    const named =
      'merge-conflict debugger focused-test console-log todo-comment large-file forbidden-file case-conflict broken-symlink private-key ' +
      'github-token aws-access-key slack-webhook generic-secret generic-password connection-string basic-auth-url jwt';
    expect(named.split(' ').filter((id) => !ids.has(id))).toEqual([]);
  });

  it('says what, why, and what to do', () => {
    const wordless = CATALOGUE.filter(({ message, why, advice, docs }) => [message, why, advice, docs].some((text) => text.trim() === ''));
    expect(wordless.map(({ id }) => id)).toEqual([]);
    expect(CATALOGUE.filter(({ docs }) => !/^(?:https:\/\/|#)/.test(docs)).map(({ id }) => id)).toEqual([]);
    expect(CATALOGUE.filter(({ message }) => /[.!]$/.test(message)).map(({ id }) => id)).toEqual([]);
  });

  it('has keywords for the gate and no unbounded repeats', () => {
    const short = contentRules.filter(({ keywords }) => keywords.length === 0 || keywords.some((keyword) => keyword.length < 3));
    expect(short.map(({ id }) => id)).toEqual([]);
    // Character classes and escapes may hold `*`, `+` and `,}` as themselves.
    const unbounded = contentRules.filter(({ pattern }) => /[*+]|,\}/.test(pattern.source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, '_')));
    expect(unbounded.filter(({ category }) => category === 'secret').map(({ id }) => id)).toEqual([]);
  });
});
