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
