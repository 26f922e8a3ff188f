import { describe, expect, it } from 'vitest';
import { mayHoldComments, type MessageSettings, USUAL_MESSAGE_SETTINGS, withoutComments } from '../../src/diff/commit-message.ts';

const CUT = `${'-'.repeat(24)} >8 ${'-'.repeat(24)}`;
const SAYS_MORE = 'Do not modify or remove the line above.';

function taken(lines: readonly string[], isEdited: boolean, more: Partial<MessageSettings> = {}): string[] {
  const text = Buffer.from(lines.join('\n'), 'latin1');
  return withoutComments(text, { ...USUAL_MESSAGE_SETTINGS, ...more }, isEdited)
    .toString('latin1')
    .split('\n');
}

describe('comments', () => {
  const lines = ['Add it', '', '# a comment', ' # no comment', '; kept', 'done'];
  const without = ['Add it', '', '', ' # no comment', '; kept', 'done'];

  it.each<[string, boolean, Partial<MessageSettings>, readonly string[]]>([
    ['are left out where an editor was used', true, {}, without],
    ['stay where none was', false, {}, lines],
    ['are left out without one too with cleanup=strip', false, { cleanup: 'strip' }, without],
    ['stay with cleanup=whitespace', true, { cleanup: 'whitespace' }, lines],
    ['stay with cleanup=verbatim', true, { cleanup: 'verbatim' }, lines],
    ['stay with cleanup=scissors', true, { cleanup: 'scissors' }, lines],
    ['begin as the config says', true, { comment: ';' }, ['Add it', '', '# a comment', ' # no comment', '', 'done']],
    ['may begin with a text of several bytes', true, { comment: 'do' }, ['Add it', '', '# a comment', ' # no comment', '; kept', '']],
    ['are never all lines', true, { comment: '' }, without],
  ])('%s', (_, isEdited, settings, expected) => {
    expect(taken(lines, isEdited, settings)).toEqual(expected);
  });

  it('may begin with letters beyond ASCII', () => {
    const text = Buffer.from('one\n» two\n');
    expect(withoutComments(text, { ...USUAL_MESSAGE_SETTINGS, comment: '»' }, true).toString()).toBe('one\n\n');
  });

  it('leave the bytes of other lines alone, whatever the encoding', () => {
    expect(taken(['Caf\xe9 \xff', '# \xe9', '\r'], true)).toEqual(['Caf\xe9 \xff', '', '\r']);
  });
});

describe('a comment character that git chose itself', () => {
  it.each<[string, readonly string[], boolean, readonly string[]]>([
    ['is that of the last line', ['# title', '', '; Please enter', ''], true, ['# title', '', '', '']],
    ['is that of the scissors', ['# title', '; x', `; ${CUT}`, `; ${SAYS_MORE}`, '# diff'], true, ['# title', '', '']],
    ['is the usual one where nothing tells', ['# title', 'text'], true, ['', 'text']],
    ['begins no line where no editor was used', ['# title', '; x'], false, ['# title', '; x']],
    ['is of no matter in an empty message', [''], true, ['']],
  ])('%s', (_, lines, isEdited, expected) => {
    expect(taken(lines, isEdited, { comment: 'auto', cleanup: isEdited ? 'default' : 'strip' })).toEqual(expected);
  });
});

describe('what stands below the scissors', () => {
  const lines = ['Add it', `# ${CUT}`, `# ${SAYS_MORE}`, 'diff --git a/a b/a', '-gone'];

  it.each<[string, readonly string[], boolean, Partial<MessageSettings>, readonly string[]]>([
    ['is cut off where `commit -v` wrote it', lines, true, {}, ['Add it', '']],
    ['is cut off where the message is empty', lines.slice(1), true, {}, ['']],
    ['is cut off with another comment character', lines.map((line) => line.replace('#', ';')), true, { comment: ';' }, ['Add it', '']],
    ['is cut off with cleanup=scissors', ['# one', `# ${CUT}`, 'x'], true, { cleanup: 'scissors' }, ['# one', '']],
    ['is cut off with commit.verbose', ['one', `# ${CUT}`, 'x'], true, { isVerbose: true }, ['one', '']],
    ['is cut off with commit.verbose where no editor was used', ['one', `# ${CUT}`, 'x'], false, { isVerbose: true }, ['one', '']],
    ['stays where somebody wrote the line', ['one', `# ${CUT}`, 'x'], true, {}, ['one', '', 'x']],
    ['stays where no editor was used', lines, false, {}, lines],
    ['stays where no editor was used, with cleanup=scissors', lines, false, { cleanup: 'scissors' }, lines],
    ['stays where the line is another', ['one', `#${CUT}`, `# ${CUT} `, 'x'], true, { isVerbose: true }, ['one', '', '', 'x']],
  ])('%s', (_, text, isEdited, settings, expected) => {
    expect(taken(text, isEdited, settings)).toEqual(expected);
  });
});

describe('the config is asked for', () => {
  it.each([
    ['Add it\n\nIt is new.\n', false],
    ['', false],
    ['Add it\n# a comment\n', true],
    ['Add it\n; a comment\n', true],
    ['Add it\n» a comment\n', true],
    [`Add it\nx ${CUT}\ndiff\n`, true],
  ])('%j: %s', (text, expected) => {
    expect(mayHoldComments(Buffer.from(text))).toBe(expected);
  });
});
