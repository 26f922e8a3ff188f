import { describe, expect, it } from 'vitest';
import { findDirective, parseDirectives } from '../../src/findings/directives.ts';

const MARK = ['code', 'guardian:ignore'].join('-');

function ignores(text: string, line: number, { rule = 'some-rule', isSecret = true } = {}): boolean {
  return findDirective(parseDirectives(text), { rule, isSecret, line, endLine: line }) !== null;
}

describe('a suppression', () => {
  it.each([
    `x(); // ${MARK}`,
    `x # ${MARK} some-rule`,
    `/* ${MARK} other-rule, some-rule */`,
    `<!-- ${MARK} -->`,
    `-- ${MARK} -- a reason`,
  ])('holds on its line, in any comment: %s', (line) => {
    expect(ignores(`before\n${line}\nafter`, 2)).toBe(true);
    expect(ignores(`before\n${line}\nafter`, 1)).toBe(false);
    expect(ignores(`before\n${line}\nafter`, 3)).toBe(false);
  });

  it('holds for the rules it names', () => {
    expect(ignores(`x // ${MARK} other-rule`, 1)).toBe(false);
    expect(ignores(`x // ${MARK} other-rule -- some-rule is meant`, 1)).toBe(false);
  });

  it('speaks of the next line, or of all between start and end', () => {
    expect(ignores(`// ${MARK}-next-line\nx\ny`, 2)).toBe(true);
    expect(ignores(`// ${MARK}-next-line\nx\ny`, 3)).toBe(false);
    const block = `a\n// ${MARK}-start some-rule -- generated\nb\n// ${MARK}-end\nc`;
    expect([1, 2, 3, 4, 5].map((line) => ignores(block, line))).toEqual([false, true, true, true, false]);
    expect(ignores(`// ${MARK}-start\na\nb`, 3)).toBe(true);
  });

  it('minds no letter case, and no code behind the comment', () => {
    expect(ignores(`// ${MARK.toUpperCase()}-NEXT-LINE\nx`, 2)).toBe(true);
    expect(ignores(`// ${MARK.toUpperCase()}-NEXT-LINE\nx`, 1)).toBe(false);
    expect(ignores(`// ${MARK.toUpperCase()}`, 1, { isSecret: false })).toBe(true);
    expect(ignores(`a(/* ${MARK} */ key, value);`, 1)).toBe(true);
    expect(ignores(`<!-- ${MARK} other-rule --> some-rule`, 1)).toBe(false);
    expect(parseDirectives(`/* ${MARK} some-rule */ x -- y`)).toMatchObject([{ rules: ['some-rule'], reason: null }]);
  });

  it('is no word that only begins like it, and an end without a start is nothing', () => {
    expect(parseDirectives(`// ${MARK}d\n// ${MARK}-all\n// ${MARK}-end`)).toEqual([]);
  });

  it('reaches from its first start to the first end, and begins anew', () => {
    const text = [`${MARK}-start`, 'a', `${MARK}-start`, 'b', `${MARK}-end`, 'c', `${MARK}-start one`, 'd', `${MARK}-end`].join('\r\n');
    expect(parseDirectives(text)).toMatchObject([
      { line: 1, from: 1, to: 5, rules: [] },
      { line: 7, from: 7, to: 9, rules: ['one'] },
    ]);
  });

  it('speaks of a finding that any of its lines touches', () => {
    const directives = parseDirectives(`a\nb\nc // ${MARK}\n`);
    const at = (line: number, endLine: number) => findDirective(directives, { rule: 'r', isSecret: true, line, endLine });
    expect([at(1, 3), at(3, 5)]).toEqual([directives[0], directives[0]]);
    expect([at(1, 2), at(4, 5)]).toEqual([null, null]);
  });

  it('keeps its reason, without the end of the comment', () => {
    expect(parseDirectives(`/* ${MARK} some-rule -- it is a sample */`)).toMatchObject([
      { rules: ['some-rule'], reason: 'it is a sample' },
    ]);
    expect(parseDirectives(`// ${MARK}`)).toMatchObject([{ rules: [], reason: null }]);
  });

  it.each(['gitleaks:allow', 'betterleaks:allow', 'pragma: allowlist secret', 'secretlint-disable-line', 'noqa: secret'])(
    'of another scanner holds for secrets: %s',
    (marker) => {
      expect(ignores(`x # ${marker}`, 1)).toBe(true);
      expect(ignores(`x # ${marker}`, 1, { isSecret: false })).toBe(false);
    },
  );

  it.each(['pragma: allowlist nextline secret', 'secretlint-disable-next-line'])(
    'of another scanner speaks of the next line: %s',
    (marker) => {
      expect(ignores(`# ${marker}\nx`, 2)).toBe(true);
      expect(ignores(`# ${marker}\nx`, 1)).toBe(false);
    },
  );
});
