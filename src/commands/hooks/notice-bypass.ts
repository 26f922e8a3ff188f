import type { Run } from '../command.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import type { Host } from '../../host/host.ts';
import { digestChanges } from '../../diff/change-digest.ts';
import { type GitClient, openGit } from '../../git/client.ts';
import { readLastMove, readRecordsBetween } from '../../git/read-last-commit.ts';
import { noteBypass } from '../../state/bypass-notes.ts';
import { findRepositoryPaths } from '../../run/asking/repository-paths.ts';
import { holdMark, takeMarks } from '../../state/seen-mark.ts';

/** What `git commit` writes into the reflog. All else (cherry-pick, revert, rebase, am) makes its commits without pre-commit. */
const MADE_BY_COMMIT = /^commit(?: \(.*\))?$/;

/** prepare-commit-msg: runs also where pre-commit was left out, and before somebody may give up the commit. */
export const prepareCommitMsg: Run = async ({ host, args: [hook = ''] }) => {
  holdMark(await findGitDir(host, openGit(host.cwd, host.env), hook));
  return EXIT.ok;
};

/** post-commit: notes a commit that pre-commit has not seen as it is, as `git commit --no-verify` makes them. */
export const postCommit: Run = async ({ host, args: [hook = ''] }) => {
  const git = openGit(host.cwd, host.env);
  const gitDir = await findGitDir(host, git, hook);
  const seen = takeMarks(gitDir);
  const move = await readLastMove(git);
  if (move === null || !MADE_BY_COMMIT.test(move.action)) return EXIT.ok;
  if (seen.length > 0 && seen.includes(digestChanges(await readRecordsBetween(git, move.before, move.id)))) return EXIT.ok;
  noteBypass(gitDir, move.id);
  // The mark of a run with nothing staged is left over: git had no commit to make.
  const isOther = seen.some((digest) => digest !== digestChanges([]));
  const what = isOther ? 'this commit is not what its hooks looked at' : 'this commit was made without its hooks';
  host.stderr.write(`code-guardian: ${what}; the next push will look at it\n`);
  return EXIT.ok;
};

async function findGitDir(host: Host, git: GitClient, hook: string): Promise<string> {
  const repository = await findRepositoryPaths(host, git, { kind: 'staged' }, hook);
  return repository!.gitDir;
}
