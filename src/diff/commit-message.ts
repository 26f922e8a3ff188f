/** git's settings for lines in a message file that do not belong to the message. */
export interface MessageSettings {
  /** The comment prefix. `auto`: git chose a character that starts no line of the message. */
  readonly comment: string;
  /** `default`, `strip`, `whitespace`, `verbatim` or `scissors`. */
  readonly cleanup: string;
  /** Whether git appends the diff to the message and removes it later. */
  readonly isVerbose: boolean;
}

export const USUAL_MESSAGE_SETTINGS: MessageSettings = { comment: '#', cleanup: 'default', isVerbose: false };

/** Candidates of `auto`. */
const CANDIDATES = '#;@!$%^&|:';

/** The scissors line, after the comment character. */
const SCISSORS = ` ${'-'.repeat(24)} >8 ${'-'.repeat(24)}\n`;

/** Whether some lines may not belong to the message. Only then the config matters. */
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

  // Without an editor, `auto` is a character that starts no line.
  const isStripped = isEdited ? cleanup === 'default' || cleanup === 'strip' : cleanup === 'strip' && comment !== 'auto';
  if (!isStripped) return message.subarray(0, kept.length);
  const lines = kept.split('\n').map((line) => (line.startsWith(prefix) ? '' : line));
  return Buffer.from(lines.join('\n'), 'latin1');
}

/** Start of the scissors line. If the config does not request it, `commit -v` wrote it, and comments from git follow it. */
function findEnd(text: string, prefix: string, isCut: 'surely' | 'perhaps' | 'never'): number {
  const line = prefix + SCISSORS;
  const before = text.startsWith(line) ? -1 : text.indexOf(`\n${line}`);
  if (isCut === 'never' || (before === -1 && !text.startsWith(line))) return text.length;
  const start = before + 1;
  return isCut === 'surely' || text.startsWith(prefix, start + line.length) ? start : text.length;
}

/** The character that `auto` chose: from the scissors line, or from the last line, which git wrote. */
function chosenComment(text: string): string {
  const [, scissors] = /(?:^|\n)([#;@!$%^&|:]) -{24} >8 -{24}\n/.exec(text) ?? [];
  const last = text.trimEnd().split('\n').at(-1)!.charAt(0);
  return scissors ?? (last !== '' && CANDIDATES.includes(last) ? last : USUAL_MESSAGE_SETTINGS.comment);
}
