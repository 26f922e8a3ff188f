/** What git's config says about the lines of a message's file that are no part of the message. */
export interface MessageSettings {
  /** What a comment begins with. `auto`: git chose a character that no line of the message began with. */
  readonly comment: string;
  /** `default`, `strip`, `whitespace`, `verbatim` or `scissors`. */
  readonly cleanup: string;
  /** Does git write the diff below the message, and cut it off again? */
  readonly isVerbose: boolean;
}

export const USUAL_MESSAGE_SETTINGS: MessageSettings = { comment: '#', cleanup: 'default', isVerbose: false };

/** What `auto` chooses from. */
const CANDIDATES = '#;@!$%^&|:';

/** What follows the comment character in the line that a message ends before. */
const SCISSORS = ` ${'-'.repeat(24)} >8 ${'-'.repeat(24)}\n`;

/** May some lines be no part of the message? Only then it matters what the config says. */
export function mayHoldComments(message: Buffer): boolean {
  return /^[^\w\s]|>8 -/m.test(message.toString('latin1'));
}

/**
 * A message as git will read it from its file. Comments become empty lines, so that lines keep their numbers; everything below the scissors
 * is cut off.
 *
 * @param isEdited was an editor used? Without one (`-m`, `-F`) lines that look like comments are part of the message
 */
export function withoutComments(message: Buffer, { comment, cleanup, isVerbose }: MessageSettings, isEdited: boolean): Buffer {
  const text = message.toString('latin1');
  const prefix = comment === 'auto' ? chosenComment(text) : Buffer.from(comment || USUAL_MESSAGE_SETTINGS.comment).toString('latin1');
  const isCut = isVerbose || (isEdited && cleanup === 'scissors');
  const kept = text.slice(0, findEnd(text, prefix, isCut ? 'surely' : isEdited ? 'perhaps' : 'never'));

  // Without an editor `auto` is a character that begins no line.
  const isStripped = isEdited ? cleanup === 'default' || cleanup === 'strip' : cleanup === 'strip' && comment !== 'auto';
  if (!isStripped) return message.subarray(0, kept.length);
  const lines = kept.split('\n').map((line) => (line.startsWith(prefix) ? '' : line));
  return Buffer.from(lines.join('\n'), 'latin1');
}

/** Where the scissors line begins. Where the config does not ask for one, `commit -v` has written it: then git says more below, in comments. */
function findEnd(text: string, prefix: string, isCut: 'surely' | 'perhaps' | 'never'): number {
  const line = prefix + SCISSORS;
  const before = text.startsWith(line) ? -1 : text.indexOf(`\n${line}`);
  if (isCut === 'never' || (before === -1 && !text.startsWith(line))) return text.length;
  const start = before + 1;
  return isCut === 'surely' || text.startsWith(prefix, start + line.length) ? start : text.length;
}

/** The character that `auto` chose: that of the scissors, or of the last line, which is git's own. */
function chosenComment(text: string): string {
  const [, scissors] = /(?:^|\n)([#;@!$%^&|:]) -{24} >8 -{24}\n/.exec(text) ?? [];
  const last = text.trimEnd().split('\n').at(-1)!.charAt(0);
  return scissors ?? (last !== '' && CANDIDATES.includes(last) ? last : USUAL_MESSAGE_SETTINGS.comment);
}
