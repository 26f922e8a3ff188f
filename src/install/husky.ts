import type { Plan } from './plan.ts';

/** Ends our line in a file of husky's folder; with the second form the whole file is ours. */
const MARK = '# code-guardian install';
const MARK_OF_FILE = `${MARK}, with this file`;
const OUR_LINE = new RegExp(`^code-guardian hook [a-z-]+ ${MARK}(?:, with this file)?\\n`, 'm');

/** A hook in husky's folder. */
export interface HuskyHook {
  readonly hook: string;
  readonly path: string;
  /** Null: there is no such file. */
  readonly content: string | null;
  readonly mode: number;
  readonly isOldLayout: boolean;
}

/**
 * One marked line, first in the file: behind the user's `exit` or `exec` it would never run, and what reads stdin before it would starve it. In
 * the old layout it stands behind the line that loads `husky.sh`, which runs the file a second time.
 */
export function planHuskyInstall({ hook, path, content, mode, isOldLayout }: HuskyHook): Plan {
  if (content !== null && OUR_LINE.test(content)) return { steps: [], notes: [`${hook}: already installed in husky`] };
  const line = (mark: string): string => `code-guardian hook ${hook} ${mark}\n`;
  if (content === null) {
    const head = isOldLayout ? '#!/bin/sh\n' : '';
    return {
      steps: [{ kind: 'write', path, content: head + line(MARK_OF_FILE), mode: isOldLayout ? 0o755 : 0o644 }],
      notes: [`${hook}: installed in husky (new file)`],
    };
  }
  const at = lineStartAfter(content, isOldLayout ? /^(?:#!.*\n)?(?:.*\n)*?\..*husky\.sh.*\n/ : /^#!.*\n/) ?? lineStartAfter(content, /^#!.*\n/) ?? 0;
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

function lineStartAfter(content: string, pattern: RegExp): number | null {
  return pattern.exec(content)?.[0].length ?? null;
}
