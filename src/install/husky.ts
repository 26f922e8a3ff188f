import { GuardianError } from '../errors/guardian-error.ts';
import { callsUs, guestCommand, LOCAL_PATH, sharingInput } from './guest-command.ts';
import type { Note, Plan } from './plan.ts';

/** Ends our line in a file of husky; with the second form the whole file is ours. A CR after it comes from git and belongs to the comment. */
const MARK = '# code-guardian install';
const MARK_OF_FILE = `${MARK}, with this file`;
const OUR_LINE = new RegExp(`^[^\\n]*code-guardian hook [a-z-]+[^\\n]* ${MARK}(?:, with this file)?\\r?(?:\\n|$(?![^]))`, 'm');

/** A hook of husky. */
export interface HuskyHook {
  readonly hook: string;
  readonly path: string;
  /** Its folder, for messages. */
  readonly place: string;
  /** Null: no such file. */
  readonly content: string | null;
  readonly mode: number;
  readonly isSymbolicLink: boolean;
  readonly isOldLayout: boolean;
}

const SHEBANG = /^#![^\n]*\n/;
const UP_TO_HUSKY_SH = /^(?:[^\n]*\n)*?\.[^\n]*husky\.sh[^\n]*\n/;

/**
 * Plans one marked line at the start of the file: after the user's `exit` or `exec` it would never run, and a command before it could consume
 * stdin. In the old layout the line follows the one that loads `husky.sh`, which runs the file a second time. There, our line itself must stop the
 * file on failure and find commands in `node_modules`.
 *
 * @throws GuardianError USAGE if we must not edit the file, or git would not run it as a shell script
 */
export function planHuskyInstall(state: HuskyHook): Plan {
  const { hook, path, content, mode, isOldLayout } = state;
  const write = (text: string, bits = mode): Plan['steps'] => [{ kind: 'write', path, content: text, mode: bits }];
  if (content === null) {
    const head = isOldLayout ? '#!/bin/sh\n' : '';
    return {
      steps: write(head + lineOf(state, MARK_OF_FILE, ''), isOldLayout ? 0o755 : 0o644),
      notes: [noteOf(state, 'Installed in', ['new file'])],
    };
  }
  const there = OUR_LINE.exec(content)?.[0];
  if (there !== undefined) {
    // A line that was added later may read standard input, too.
    const line = lineOf(state, there.includes(MARK_OF_FILE) ? MARK_OF_FILE : MARK, content.replace(OUR_LINE, ''));
    if (there.trimEnd() === line.trimEnd() || !line.includes('mktemp'))
      return { steps: [], notes: [noteOf(state, 'Already installed in')] };
    return { steps: write(content.replace(OUR_LINE, () => line)), notes: [noteOf(state, 'Updated in')] };
  }
  if (callsUs(content, hook)) return { steps: [], notes: [noteOf(state, 'Already installed by hand in')] };
  checkWritable(state, content);
  const head = (isOldLayout ? UP_TO_HUSKY_SH.exec(content) : null) ?? SHEBANG.exec(content);
  const at = head?.[0].length ?? 0;
  return {
    steps: write(content.slice(0, at) + lineOf(state, MARK, content) + content.slice(at)),
    notes: [noteOf(state, 'Installed in', ['added as the first line'])],
  };
}

/** Our line for a file with other content. */
function lineOf({ hook, isOldLayout }: HuskyHook, mark: string, other: string): string {
  const { words } = guestCommand(hook, false);
  const command = isOldLayout ? LOCAL_PATH + words : words;
  const isAlone = other.replace(/^[ \t]*#.*$/gm, '').trim() === '';
  const shared = isAlone ? command : sharingInput(hook, command);
  return `${shared}${isOldLayout || shared !== command ? ' || exit $?' : ''} ${mark}\n`;
}

/** Removes our line and nothing else; also the file, if we created it and it has no other content. */
export function planHuskyUninstall(state: HuskyHook): Plan {
  const { path, content, mode, isSymbolicLink } = state;
  const ours = content === null || isSymbolicLink ? null : OUR_LINE.exec(content);
  if (content === null || ours === null) return { steps: [], notes: [{ hook: state.hook, heading: 'Not installed', isChange: false }] };
  const rest = content.slice(0, ours.index) + content.slice(ours.index + ours[0].length);
  const isOurFile = ours[0].includes(MARK_OF_FILE) && /^(?:#!\/bin\/sh\n)?$/.test(rest);
  return {
    steps: [isOurFile ? { kind: 'remove', path } : { kind: 'write', path, content: rest, mode }],
    notes: [noteOf(state, 'Removed from')],
  };
}

function noteOf({ hook, place }: HuskyHook, what: string, details: readonly string[] = []): Note {
  return { hook, heading: `${what} ${place}`, isChange: !what.startsWith('Already'), details };
}

function checkWritable({ hook, path, mode, isSymbolicLink, isOldLayout }: HuskyHook, content: string): void {
  const refuse = (why: string, hint: string): never => {
    throw new GuardianError('USAGE', `husky's ${hook} ${why}`, { hint, path });
  };
  const command = guestCommand(hook, false).words;
  if (isSymbolicLink)
    refuse('is a symbolic link, and other programs may use its target', `Add this as the first line of that file: ${command}`);
  if (!isOldLayout) return;
  // In the old layout git runs the file itself.
  if ((mode & 0o111) === 0) refuse('is not executable, so git does not run it', 'Make it executable, or remove it.');
  const shebang = SHEBANG.exec(content)?.[0] ?? '#!/bin/sh';
  if (!/\b(?:ba|da|k|z)?sh\b/.test(shebang)) refuse('is not a shell script', `Let it run this command first: ${command}`);
}
