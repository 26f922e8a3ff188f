import { GuardianError } from '../errors/guardian-error.ts';
import type { Plan } from './plan.ts';

/** Ends our line in a file of husky's folder; with the second form the whole file is ours. A CR behind it is git's, and part of the comment. */
const MARK = '# code-guardian install';
const MARK_OF_FILE = `${MARK}, with this file`;
const OUR_LINE = new RegExp(`^[^\\n]*code-guardian hook [a-z-]+[^\\n]* ${MARK}(?:, with this file)?\\r?(?:\\n|$(?![^]))`, 'm');

/** A hook in husky's folder. */
export interface HuskyHook {
  readonly hook: string;
  readonly path: string;
  /** Null: there is no such file. */
  readonly content: string | null;
  readonly mode: number;
  readonly isSymbolicLink: boolean;
  readonly isOldLayout: boolean;
}

const SHEBANG = /^#![^\n]*\n/;
const UP_TO_HUSKY_SH = /^(?:[^\n]*\n)*?\.[^\n]*husky\.sh[^\n]*\n/;

/**
 * One marked line, first in the file: behind the user's `exit` or `exec` it would never run, and what reads stdin before it would starve it. In
 * the old layout it stands behind the line that loads `husky.sh`, which runs the file a second time; nobody else sees there that a failure stops
 * the file, or that a command of `node_modules` is found.
 *
 * @throws GuardianError USAGE where the file is not ours to write in, or git would not run it as a shell script
 */
export function planHuskyInstall(state: HuskyHook): Plan {
  const { hook, path, content, mode, isOldLayout } = state;
  if (content !== null && OUR_LINE.test(content)) return { steps: [], notes: [`${hook}: already installed in husky`] };
  const command = `code-guardian hook ${hook}`;
  const line = (mark: string): string => `${isOldLayout ? `PATH="node_modules/.bin:$PATH" ${command} || exit $?` : command} ${mark}\n`;
  if (content === null) {
    const head = isOldLayout ? '#!/bin/sh\n' : '';
    return {
      steps: [{ kind: 'write', path, content: head + line(MARK_OF_FILE), mode: isOldLayout ? 0o755 : 0o644 }],
      notes: [`${hook}: installed in husky (new file)`],
    };
  }
  checkWritable(state, content);
  const head = (isOldLayout ? UP_TO_HUSKY_SH.exec(content) : null) ?? SHEBANG.exec(content);
  const at = head?.[0].length ?? 0;
  return {
    steps: [{ kind: 'write', path, content: content.slice(0, at) + line(MARK) + content.slice(at), mode }],
    notes: [`${hook}: installed in husky, first in the file`],
  };
}

/** Takes out our line and nothing else, and the file where we made it and nobody has added to it. */
export function planHuskyUninstall({ hook, path, content, mode, isSymbolicLink }: HuskyHook): Plan {
  const ours = content === null || isSymbolicLink ? null : OUR_LINE.exec(content);
  if (content === null || ours === null) return { steps: [], notes: [`${hook}: not installed in husky`] };
  const rest = content.slice(0, ours.index) + content.slice(ours.index + ours[0].length);
  const isOurFile = ours[0].includes(MARK_OF_FILE) && /^(?:#!\/bin\/sh\n)?$/.test(rest);
  return {
    steps: [isOurFile ? { kind: 'remove', path } : { kind: 'write', path, content: rest, mode }],
    notes: [`${hook}: taken out of husky`],
  };
}

function checkWritable({ hook, path, mode, isSymbolicLink, isOldLayout }: HuskyHook, content: string): void {
  const refuse = (why: string, hint: string): never => {
    throw new GuardianError('USAGE', `husky's ${hook} ${why}`, { hint, path });
  };
  const command = `code-guardian hook ${hook}`;
  if (isSymbolicLink)
    refuse('is a symbolic link, and the file behind it may serve others too', `Make this the first line of that file: ${command}`);
  if (!isOldLayout) return;
  // Here git runs the file itself.
  if ((mode & 0o111) === 0) refuse('is not executable, so git does not run it', 'Make it executable, or remove it.');
  const shebang = SHEBANG.exec(content)?.[0] ?? '#!/bin/sh';
  if (!/\b(?:ba|da|k|z)?sh\b/.test(shebang)) refuse('is not a shell script', `Let it run this first: ${command}`);
}
