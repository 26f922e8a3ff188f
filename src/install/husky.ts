import { GuardianError } from '../errors/guardian-error.ts';
import type { Plan } from './plan.ts';

/** Ends our line in a file of husky's folder; with the second form the whole file is ours. A CR behind it is git's, and part of the comment. */
const MARK = '# code-guardian install';
const MARK_OF_FILE = `${MARK}, with this file`;
const OUR_LINE = new RegExp(`^[^\\n]*code-guardian hook [a-z-]+[^\\n]* ${MARK}(?:, with this file)?\\r?\\n`, 'm');

/** A hook in husky's folder. */
export interface HuskyHook {
  readonly hook: string;
  readonly path: string;
  /** Null: there is no such file. */
  readonly content: string | null;
  readonly mode: number;
  readonly isOldLayout: boolean;
}

const SHEBANG = /^#![^\n]*\n/;
const UP_TO_HUSKY_SH = /^(?:[^\n]*\n)*?\.[^\n]*husky\.sh[^\n]*\n/;

/**
 * One marked line, first in the file: behind the user's `exit` or `exec` it would never run, and what reads stdin before it would starve it. In
 * the old layout it stands behind the line that loads `husky.sh`, which runs the file a second time; nobody else sees there that a failure stops
 * the file, or that a command of `node_modules` is found.
 *
 * @throws GuardianError USAGE where git would not run the file, or not as a shell script
 */
export function planHuskyInstall({ hook, path, content, mode, isOldLayout }: HuskyHook): Plan {
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
  if (isOldLayout) checkRunByGit(hook, path, content, mode);
  const head = (isOldLayout ? UP_TO_HUSKY_SH.exec(content) : null) ?? SHEBANG.exec(content);
  const at = head?.[0].length ?? 0;
  return {
    steps: [{ kind: 'write', path, content: content.slice(0, at) + line(MARK) + content.slice(at), mode }],
    notes: [`${hook}: installed in husky, first in the file`],
  };
}

/** Takes out our line and nothing else, and the file where we made it and nobody has added to it. */
export function planHuskyUninstall({ hook, path, content, mode }: HuskyHook): Plan {
  const ours = content === null ? null : OUR_LINE.exec(content);
  if (content === null || ours === null) return { steps: [], notes: [`${hook}: not installed in husky`] };
  const rest = content.slice(0, ours.index) + content.slice(ours.index + ours[0].length);
  const isOurFile = ours[0].includes(MARK_OF_FILE) && /^(?:#!\/bin\/sh\n)?$/.test(rest);
  return {
    steps: [isOurFile ? { kind: 'remove', path } : { kind: 'write', path, content: rest, mode }],
    notes: [`${hook}: taken out of husky`],
  };
}

/** In the old layout git runs the file itself, and another's line in it only where it is a shell script. */
function checkRunByGit(hook: string, path: string, content: string, mode: number): void {
  if ((mode & 0o111) === 0) {
    throw new GuardianError('USAGE', `husky's ${hook} is not executable, so git does not run it`, { hint: 'Make it executable, or remove it.', path });
  }
  const shebang = SHEBANG.exec(content)?.[0] ?? '';
  if (shebang !== '' && !/\b(?:ba|da|k|z)?sh\b/.test(shebang)) {
    throw new GuardianError('USAGE', `husky's ${hook} is not a shell script`, { hint: `Let it run this first: code-guardian hook ${hook}`, path });
  }
}
