import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendText } from '../disk/append.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';

/** Ids of commits that the hooks did not see, one per line, in the git directory of the worktree. The next push mentions them. */
const NOTES = 'bypassed';

/** Largest size in bytes, some 1,500 commits; then the older half is dropped. */
const MAX_BYTES = 64 * 1024;

/** Notes one commit. Safe for concurrent commits: each line is appended in one write. */
export function noteBypass(gitDir: string, commit: string): void {
  const folder = stateFolder(gitDir);
  const file = join(folder, NOTES);
  const size = inStateFolder(folder, () => appendText(file, `${commit}\n`));
  if (size > MAX_BYTES) shorten(file);
}

function shorten(file: string): void {
  const lines = readFileSync(file, 'latin1').split('\n');
  replaceFile(file, lines.slice(Math.floor(lines.length / 2)).join('\n'));
}
