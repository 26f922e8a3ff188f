import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ids of commits that the hooks did not see, one a line, in the git directory of the worktree. The next push has them mentioned. */
const NOTES = 'bypassed';

/** So many bytes are kept at most, some 1,500 commits: then the older half goes. */
const MAX_BYTES = 64 * 1024;

/** Notes one commit. Commits side by side may do so: a line is written at once, at the end. */
export function noteBypass(gitDir: string, commit: string): void {
  const folder = join(gitDir, 'code-guardian');
  const file = join(folder, NOTES);
  mkdirSync(folder, { recursive: true });
  appendFileSync(file, `${commit}\n`);
  if (statSync(file).size > MAX_BYTES) shorten(file);
}

function shorten(file: string): void {
  const lines = readFileSync(file, 'latin1').split('\n');
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, lines.slice(Math.floor(lines.length / 2)).join('\n'));
  renameSync(temporary, file);
}
