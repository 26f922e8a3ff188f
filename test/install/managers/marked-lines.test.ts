import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { withLines, withoutLines } from '../../../src/install/managers/marked-lines.ts';

const LINES = ['code-guardian:', '  run: code-guardian hook pre-commit'];
const RUN = { 'code-guardian': { run: 'code-guardian hook pre-commit' } };

function expectReversible(text: string, keys: readonly string[]): unknown {
  const edited = withLines(text, keys, LINES);
  expect(edited).not.toBeNull();
  expect(withoutLines(edited!)).toBe(text);
  return parse(edited!);
}

describe('withLines', () => {
  it.each([
    ['', {}],
    ['# only a comment', {}],
    ['a: 1\n', { a: 1 }],
    ['a: 1', { a: 1 }],
    ['---\na: 1 # x\n# end\n', { a: 1 }],
    ['a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['pre-push:\n  commands:\n    x:\n      run: y\n', { 'pre-push': { commands: { x: { run: 'y' } } } }],
  ])('puts what is missing of the way at the end: %j', (text, before) => {
    expect(expectReversible(text, ['pre-commit', 'commands'])).toEqual({ ...before, 'pre-commit': { commands: RUN } });
  });

  it.each([
    ['pre-commit:\n', undefined],
    ['pre-commit:', undefined],
    ['pre-commit: # ours\n  parallel: true\n', { parallel: true }],
    ['pre-commit:\n\n    # deeper\n    parallel: true\nother: 1\n', { parallel: true }],
    ['pre-commit: &x\n  parallel: true\nother: *x\n', { parallel: true }],
  ])('makes the rest of the way: %j', (text, before) => {
    expect(expectReversible(text, ['pre-commit', 'commands'])).toMatchObject({ 'pre-commit': { ...before, commands: RUN } });
  });

  it('puts its lines first, as deep as the others', () => {
    const text = 'pre-commit:\n    commands:\n          # lint\n          lint: { run: npm run lint }\n';
    expect(withLines(text, ['pre-commit', 'commands'], LINES)).toBe(
      [
        'pre-commit:',
        '    commands:',
        '          # code-guardian install: the next 2 lines',
        '          code-guardian:',
        '            run: code-guardian hook pre-commit',
        '          # code-guardian install: end',
        '          # lint',
        '          lint: { run: npm run lint }\n',
      ].join('\n'),
    );
  });

  it.each(['repos:\n- repo: a\n', 'repos:\n  - repo: a\n', 'repos:\n    # c\n    - repo: a', 'x: 1\nrepos:\n- repo: a\ny: 2\n'])(
    'puts an item first into a list: %j',
    (text) => {
      const edited = withLines(text, ['repos'], ['- repo: local'])!;
      expect((parse(edited) as { repos: unknown }).repos).toEqual([{ repo: 'local' }, { repo: 'a' }]);
      expect(withoutLines(edited)).toBe(text);
    },
  );

  it.each([
    'pre-commit: { parallel: true }\n',
    'x: &x { a: 1 }\npre-commit: *x\n',
    'pre-commit: ~\n',
    'pre-commit: text\n',
    'a: 1\n...\n',
    'a: 1\n---\nb: 2\n',
    'a: [\n',
    '- a\n- b\n',
    '{ "pre-commit": {} }\n',
    'text\n',
  ])('does not write in a form that it cannot keep: %j', (text) => {
    expect(withLines(text, ['pre-commit', 'commands'], LINES)).toBeNull();
  });

  it('gives every file back to the byte', () => {
    const line = fc.constantFrom(
      'a: 1',
      'pre-commit:',
      '  commands:',
      '    x: { run: y }',
      '  parallel: true',
      '# c',
      '',
      'é: "ü"',
      'repos:',
      '- x',
    );
    const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 6 }).map((lines) => lines.flat().join(''));
    fc.assert(
      fc.property(
        text,
        fc.boolean(),
        fc.constantFrom([], ['pre-commit'], ['pre-commit', 'commands'], ['repos']),
        (content, isCut, keys) => {
          const before = isCut ? content.trimEnd() : content;
          const edited = withLines(before, keys, LINES);
          if (edited !== null) expect(withoutLines(edited)).toBe(before);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('withoutLines', () => {
  it.each([
    ['a line is put between ours', (text: string) => text.replace('  run:', '  glob: x\n  run:')],
    ['a line is taken out', (text: string) => text.replace(/^ +run.*\n/m, '')],
    ['the end is taken out', (text: string) => text.replace(/^.*install: end\n/m, '')],
    ['the beginning is taken out', (text: string) => text.replace(/^.*install: the next.*\n/m, '')],
  ])('takes nothing where %s', (_, change) => {
    const text = withLines('a: 1\n', [], LINES)!;
    expect(change(text)).not.toBe(text);
    expect(withoutLines(change(text))).toBeNull();
  });

  it('leaves a file alone that has none', () => {
    expect(withoutLines('a: 1 # code-guardian\n')).toBe('a: 1 # code-guardian\n');
  });
});
