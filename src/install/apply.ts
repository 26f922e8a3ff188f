import {
  chmodSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { fileError } from '../errors/guardian-error.ts';
import type { Step } from './plan.ts';

/**
 * Takes the steps of a plan. Whenever it is stopped, each hook is the old one or the new one, and the next run goes on from there.
 *
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function applySteps(steps: readonly Step[]): void {
  for (const step of steps) {
    try {
      applyStep(step);
    } catch (thrown) {
      throw fileError(thrown, pathOf(step), 'Make the hooks folder writable, then run the command again: what is done stays done.');
    }
  }
}

function applyStep(step: Step): void {
  switch (step.kind) {
    case 'make-folder':
      return void mkdirSync(step.path, { recursive: true });
    case 'keep':
      return keep(step.path, step.as);
    case 'write': {
      // Named for the file, not for the process: what a stopped run left is written over by the next.
      const temporary = `${step.path}.code-guardian-new`;
      writeFileSync(temporary, step.content, 'latin1');
      chmodSync(temporary, step.mode);
      return renameSync(temporary, step.path);
    }
    case 'rename':
      return renameSync(step.from, step.to);
    case 'remove':
      return rmSync(step.path);
  }
}

/** A second name for the same file, or where the file system has no links, a copy. A symlink stays one, on systems too that link what it leads to. */
function keep(path: string, as: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return symlinkSync(readlinkSync(path), as);
  try {
    linkSync(path, as);
  } catch (thrown) {
    // Another run has just put it aside, and what is here now may be ours.
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') throw thrown;
    const temporary = `${as}.code-guardian-new`;
    copyFileSync(path, temporary);
    chmodSync(temporary, stat.mode);
    renameSync(temporary, as);
  }
}

function pathOf(step: Step): string {
  return step.kind === 'rename' ? step.to : step.path;
}
