import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendText } from '../disk/append.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';

/** Ids of commits that the hooks did not see, one a line, in the git directory of the worktree. The next push has them mentioned. */
const NOTES = 'bypassed';

/** So many bytes are kept at most, some 1,500 commits: then the older half goes. */
const MAX_BYTES = 64 * 1024;

/** Notes one commit. Commits side by side may do so: a line is written at once, at the end. */
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
