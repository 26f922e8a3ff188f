import type { Run } from '../command.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import type { Host } from '../../host/host.ts';
import { digestChanges } from '../../diff/change-digest.ts';
import { type GitClient, openGit } from '../../git/client.ts';
import { readLastMove, readRecordsBetween } from '../../git/read-last-commit.ts';
import { noteBypass } from '../../state/bypass-notes.ts';
import { findRepositoryPaths } from '../../run/asking/repository-paths.ts';
import { holdMark, takeMarks } from '../../state/seen-mark.ts';
import { openNotices } from '../../run/notices.ts';

/** The reflog action of `git commit`. Other commands (cherry-pick, revert, rebase, am) commit without pre-commit. */
const MADE_BY_COMMIT = /^commit(?: \(.*\))?$/;

/** prepare-commit-msg: also runs with `--no-verify`, and before the commit can be aborted in the editor. */
export const prepareCommitMsg: Run = async ({ host, args: [hook = ''] }) => {
  holdMark(await findGitDir(host, openGit(host.cwd, host.env), hook));
  return EXIT.ok;
};

/** post-commit: notes a commit that pre-commit did not see in this form, such as one made with `git commit --no-verify`. */
export const postCommit: Run = async ({ host, args: [hook = ''] }) => {
  const git = openGit(host.cwd, host.env);
  const gitDir = await findGitDir(host, git, hook);
  const seen = takeMarks(gitDir);
  const move = await readLastMove(git);
  if (move === null || !MADE_BY_COMMIT.test(move.action)) return EXIT.ok;
  if (seen.length > 0 && seen.includes(digestChanges(await readRecordsBetween(git, move.before, move.id)))) return EXIT.ok;
  noteBypass(gitDir, move.id);
  // A mark for empty changes is left over from a run with nothing staged: git made no commit then.
  const isOther = seen.some((digest) => digest !== digestChanges([]));
  const what = isOther ? 'this commit differs from what the hooks scanned' : 'this commit was made without the hooks';
  (await openNotices(host)).info(`code-guardian: ${what}; the next push scans it`);
  return EXIT.ok;
};

async function findGitDir(host: Host, git: GitClient, hook: string): Promise<string> {
  const repository = await findRepositoryPaths(host, git, { kind: 'staged' }, hook);
  return repository!.gitDir;
}
