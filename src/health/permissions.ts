import { accessSync, constants, existsSync, statSync } from 'node:fs';
import type { Check } from '../report/health-report.ts';

const WRITABLE_BY_OTHERS = 0o002;

/** Whether the folder is writable; if it does not exist, its parent. */
export function isWritable(folder: string, around: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : around, constants.W_OK);
    return true;
  } catch {
    // Whatever the reason, the record cannot be written.
    return false;
  }
}

/** The given files and folders that are writable for every user of this machine. */
export function listOpen(paths: readonly string[]): string[] {
  return paths.filter((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat !== undefined && (stat.mode & WRITABLE_BY_OTHERS) !== 0;
  });
}

/** A world-writable file or folder, for messages and as a shell word. */
export interface OpenPath {
  readonly path: string;
  readonly word: string;
}

/** @param hasRecord whether the record can be written */
export function judgePermissions(open: readonly OpenPath[], hasRecord: boolean): Check {
  const name = 'permissions';
  if (open.length > 0) {
    return {
      name,
      status: 'warn',
      detail: `writable for every user of this machine: ${open.map(({ path }) => path).join(', ')}`,
      hint: `Run \`chmod o-w ${open.map(({ word }) => word).join(' ')}\`.`,
    };
  }
  if (!hasRecord) {
    return {
      name,
      status: 'warn',
      detail: 'the git directory is not writable, so no record is kept',
      hint: 'Make it writable for the user who commits.',
    };
  }
  return { name, status: 'ok', detail: 'only their owner can change hooks and config; the record is writable' };
}
