import { accessSync, constants, existsSync, statSync } from 'node:fs';
import type { Check } from '../report/health-report.ts';

const WRITABLE_BY_OTHERS = 0o002;

/** Can the folder be written to? One that is not there yet: the one around it. */
export function isWritable(folder: string, around: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : around, constants.W_OK);
    return true;
  } catch {
    // Whatever the reason, a record could not be kept.
    return false;
  }
}

/** Those of some files and folders that every user of this machine may change. */
export function listOpen(paths: readonly string[]): string[] {
  return paths.filter((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat !== undefined && (stat.mode & WRITABLE_BY_OTHERS) !== 0;
  });
}

/** A file or folder that anybody may change, as people name it and as a word of a shell. */
export interface OpenPath {
  readonly path: string;
  readonly word: string;
}

/** @param hasRecord can the record be kept? */
export function judgePermissions(open: readonly OpenPath[], hasRecord: boolean): Check {
  const name = 'permissions';
  if (open.length > 0) {
    return {
      name,
      status: 'warn',
      detail: `every user of this machine may change ${open.map(({ path }) => path).join(', ')}`,
      hint: `Run \`chmod o-w ${open.map(({ word }) => word).join(' ')}\`.`,
    };
  }
  if (!hasRecord) {
    return {
      name,
      status: 'warn',
      detail: 'the git directory cannot be written to, so no record is kept',
      hint: 'Make it writable for the user who commits.',
    };
  }
  return { name, status: 'ok', detail: 'hooks and config are changed by their owner only, and the record can be kept' };
}
