import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { replaceFile } from '../disk/replace-file.ts';
import { temporaryName } from '../disk/temporary-name.ts';
import { fileError } from '../errors/guardian-error.ts';
import type { Git } from './hooks-folder.ts';
import type { Step } from './plan.ts';

type FileStep = Exclude<Step, { readonly kind: 'git' }>;

/**
 * Applies the steps of a plan. If it is killed, each hook is either the old or the new one, and the next run continues.
 *
 * @throws GuardianError FILE_SYSTEM, PERMISSION_DENIED or GIT_FAILED
 */
export async function applySteps(git: Git, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'git') {
      await git.read(step.args);
      continue;
    }
    try {
      applyStep(step);
    } catch (thrown) {
      throw fileError(thrown, pathOf(step), 'Make the folder writable and run the command again. It continues where it stopped.');
    }
  }
}

function applyStep(step: FileStep): void {
  switch (step.kind) {
    case 'make-folder':
      return void mkdirSync(step.path, { recursive: true });
    case 'keep':
      return keep(step.path, step.as);
    case 'write':
      return replaceFile(step.path, step.content, { mode: step.mode, encoding: 'latin1' });
    case 'link': {
      const temporary = temporaryName(step.path);
      symlinkSync(step.to, temporary);
      return renameSync(temporary, step.path);
    }
    case 'rename':
      return renameSync(step.from, step.to);
    case 'remove':
      return rmSync(step.path, { force: true }); // already gone is fine
    case 'remove-folder':
      return removeFolder(step.path);
  }
}

/** Keeps a folder that is not empty; it may also be gone already. */
function removeFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (thrown) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
  }
}

/**
 * Gives a file a second name, or copies it if the file system has no hard links. A symlink stays a symlink, even on systems where `link`
 * follows it. Never replaces a file with that name: a concurrent installation may just have put the original there, and the hook may be ours by
 * now.
 */
function keep(path: string, as: string): void {
  const stat = lstatSync(path);
  try {
    if (stat.isSymbolicLink()) return symlinkSync(readlinkSync(path), as);
    linkSync(path, as);
  } catch (thrown) {
    // The name was free when the plan was made, so a concurrent installation has put the original there.
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return;
    if (stat.isSymbolicLink()) throw thrown;
    const temporary = temporaryName(as);
    copyFileSync(path, temporary, constants.COPYFILE_EXCL);
    chmodSync(temporary, stat.mode);
    renameSync(temporary, as);
  }
}

function pathOf(step: FileStep): string {
  return step.kind === 'rename' ? step.to : step.path;
}
