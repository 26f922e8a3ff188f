import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestChanges } from '../diff/change-digest.ts';
import type { ChangedFile } from '../diff/changed-file.ts';
import { isMissing, readTextOrNull } from '../disk/read-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';

/** Left by a hook that let a commit pass: a digest of what it saw. In the git directory of the worktree. */
const MARK = 'seen';
/** The same, once the commit reaches its message. */
const TAKEN = 'seen.committing';

/** Leaves the mark of a commit that may pass; otherwise removes the mark of an earlier one. */
export function markSeen(gitDir: string, staged: readonly ChangedFile[] | null): void {
  const folder = stateFolder(gitDir);
  const mark = join(folder, MARK);
  if (staged === null) return rmSync(mark, { force: true });
  const digest = digestChanges(staged.map(({ record }) => record));
  try {
    inStateFolder(folder, () => writeFileSync(mark, digest));
  } catch {
    // If the git directory is not writable, git itself fails and reports it.
  }
}

/** The commit continues: sets its mark aside, and removes the mark of an earlier, aborted commit. */
export function holdMark(gitDir: string): void {
  const folder = stateFolder(gitDir);
  try {
    renameSync(join(folder, MARK), join(folder, TAKEN));
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
    rmSync(join(folder, TAKEN), { force: true });
  }
}

/** Takes all marks; each is for one commit. */
export function takeMarks(gitDir: string): string[] {
  return [MARK, TAKEN].flatMap((name) => {
    const file = join(stateFolder(gitDir), name);
    try {
      return readTextOrNull(file, 'latin1') ?? [];
    } finally {
      rmSync(file, { force: true });
    }
  });
}
