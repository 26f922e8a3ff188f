import { describe, expect, it } from 'vitest';
import { parseFrameworkPush, parsePushLines, parsePushOption, parseReceiveLines } from '../../src/diff/ref-update.ts';
import { GuardianError } from '../../src/errors/guardian-error.ts';

const [A, B, ZERO] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)];
const [A256, ZERO256] = ['a'.repeat(64), '0'.repeat(64)];

describe('the lines of pre-push', () => {
  it.each([
    ['an update', `refs/heads/main ${A} refs/heads/main ${B}`, { ref: 'refs/heads/main', source: 'refs/heads/main', oldId: B, newId: A }],
    ['a new ref', `refs/heads/x ${A} refs/heads/y ${ZERO}`, { ref: 'refs/heads/y', source: 'refs/heads/x', oldId: null, newId: A }],
    ['a deletion', `(delete) ${ZERO} refs/heads/x ${B}`, { ref: 'refs/heads/x', source: null, oldId: B, newId: null }],
    [
      'a source with spaces',
      `HEAD@{1 second ago} ${A} refs/heads/x ${ZERO}`,
      { ref: 'refs/heads/x', source: 'HEAD@{1 second ago}', oldId: null, newId: A },
    ],
    [
      'a source that looks like ids',
      `${B} ${A} ${A} refs/heads/x ${ZERO}`,
      { ref: 'refs/heads/x', source: `${B} ${A}`, oldId: null, newId: A },
    ],
    [
      'spaces that are no blanks',
      `refs/heads/a\u00a0b\u2028c ${A} refs/heads/d\u3000e ${ZERO}`,
      { ref: 'refs/heads/d\u3000e', source: 'refs/heads/a\u00a0b\u2028c', oldId: null, newId: A },
    ],
    ['SHA-256', `main ${A256} refs/heads/main ${ZERO256}`, { ref: 'refs/heads/main', source: 'main', oldId: null, newId: A256 }],
  ])('%s', (_, line, expected) => {
    expect(parsePushLines(`${line}\n`)).toEqual([expected]);
    expect(parsePushLines(line)).toEqual([expected]);
  });

  it('are as many as there are, and may be none', () => {
    expect(parsePushLines(`a ${A} refs/heads/a ${ZERO}\nb ${B} refs/heads/b ${ZERO}\n`)).toHaveLength(2);
    expect(parsePushLines('')).toEqual([]);
    expect(parsePushLines('\n')).toEqual([]);
  });

  it.each([
    ['words', 'this is no line'],
    ['too few fields', `${A} refs/heads/x ${B}`],
    ['a short id', `main ${'a'.repeat(39)} refs/heads/x ${ZERO}`],
    ['an id of no known length', `main ${'a'.repeat(50)} refs/heads/x ${ZERO}`],
    ['an id that is none', `main ${'g'.repeat(40)} refs/heads/x ${ZERO}`],
    ['something behind', `main ${A} refs/heads/x ${ZERO} more`],
    ['a carriage return', `main ${A} refs/heads/x ${ZERO}\r`],
    ['an option in place of an id', `main --all refs/heads/x ${ZERO}`],
    ['one bad line of two', `main ${A} refs/heads/x ${ZERO}\nbad`],
    ['a line without an end', 'x'.repeat(100_000)],
  ])('%s is one clear error', (_, text) => {
    const thrown = catchError(() => parsePushLines(text));
    expect(thrown).toMatchObject({ code: 'INPUT_INVALID', hint: expect.stringContaining('LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID') });
    expect(thrown.message.length).toBeLessThan(200);
  });
});

describe('the lines of pre-receive', () => {
  it.each([
    ['an update', `${B} ${A} refs/heads/main`, { ref: 'refs/heads/main', source: null, oldId: B, newId: A }],
    ['a new ref', `${ZERO} ${A} refs/tags/v1`, { ref: 'refs/tags/v1', source: null, oldId: null, newId: A }],
    ['a deletion', `${B} ${ZERO} refs/heads/x`, { ref: 'refs/heads/x', source: null, oldId: B, newId: null }],
    ['SHA-256', `${ZERO256} ${A256} refs/heads/x`, { ref: 'refs/heads/x', source: null, oldId: null, newId: A256 }],
  ])('%s', (_, line, expected) => {
    expect(parseReceiveLines(`${line}\n`)).toEqual([expected]);
  });

  it.each([
    ['the form of pre-push', `refs/heads/main ${A} refs/heads/main ${B}`],
    ['two ids', `${A} ${B}`],
    ['an option', `--all ${A} refs/heads/x`],
  ])('%s is one clear error', (_, text) => {
    expect(catchError(() => parseReceiveLines(text))).toMatchObject({
      code: 'INPUT_INVALID',
      hint: expect.stringContaining('OLD-ID NEW-ID REF'),
    });
  });
});

describe('the variables of the pre-commit framework', () => {
  const said = {
    PRE_COMMIT_FROM_REF: B,
    PRE_COMMIT_TO_REF: A,
    PRE_COMMIT_REMOTE_NAME: 'origin',
    PRE_COMMIT_REMOTE_URL: 'https://forge.example/x.git',
    PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
    PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/main',
  };

  it('tell of one ref', () => {
    expect(parseFrameworkPush(said)).toEqual({
      remote: 'origin',
      url: 'https://forge.example/x.git',
      update: { ref: 'refs/heads/main', source: 'refs/heads/main', oldId: B, newId: A },
    });
  });

  it('name the branch alone where all of it is new', () => {
    const { PRE_COMMIT_FROM_REF: _from, PRE_COMMIT_TO_REF: _to, ...rest } = said;
    expect(parseFrameworkPush(rest)?.update).toEqual({
      ref: 'refs/heads/main',
      source: 'refs/heads/main',
      oldId: null,
      newId: 'refs/heads/main',
    });
  });

  it('tell of no push where they are of another stage, or not there', () => {
    expect(parseFrameworkPush({})).toBeNull();
    expect(parseFrameworkPush({ PRE_COMMIT_FROM_REF: B, PRE_COMMIT_TO_REF: A })).toBeNull();
    expect(parseFrameworkPush({ ...said, PRE_COMMIT_REMOTE_NAME: '' })).toBeNull();
  });

  it('a deletion brings nothing', () => {
    expect(parseFrameworkPush({ ...said, PRE_COMMIT_TO_REF: ZERO })?.update.newId).toBeNull();
  });
});

describe('a push option', () => {
  const options = (...list: string[]) => ({
    GIT_PUSH_OPTION_COUNT: String(list.length),
    ...Object.fromEntries(list.map((text, i) => [`GIT_PUSH_OPTION_${i}`, text])),
  });

  it.each([
    ['none', {}, null],
    ['none of that name', options('ci.skip', 'code-guardian.skipping=x'), null],
    ['with a value', options('a=b', 'code-guardian.skip=a false alarm = really'), 'a false alarm = really'],
    ['without a value', options('code-guardian.skip'), ''],
    ['with blanks for a value', options('code-guardian.skip=  '), ''],
    ['given twice', options('code-guardian.skip=one', 'code-guardian.skip=two'), 'two'],
    ['that nobody counted', { GIT_PUSH_OPTION_0: 'code-guardian.skip=x' }, null],
    ['with a count that is none', { GIT_PUSH_OPTION_COUNT: 'many', GIT_PUSH_OPTION_0: 'code-guardian.skip=x' }, null],
  ])('%s', (_, env, expected) => {
    expect(parsePushOption(env, 'code-guardian.skip')).toBe(expected);
  });
});

function catchError(run: () => unknown): GuardianError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof GuardianError) return thrown;
    throw thrown;
  }
  throw new Error('it threw nothing');
}
