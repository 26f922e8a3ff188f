import { type ChangedFile, isPartlyAdded, type RawRecord } from '../diff/changed-file.ts';
import { createDiffParser } from '../diff/parse-diff.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { stderrOf } from './git-error.ts';
import { DIFF_ARGUMENTS, RAW_ARGUMENTS } from './diff-arguments.ts';
import type { GitClient } from './client.ts';

/**
 * What the index holds that HEAD, or the commit that is named, does not, in git's order; on an unborn branch all of the index.
 *
 * Where git cannot make the patch (a broken diff driver, an old blob out of reach in a partial clone), the records alone are read and
 * every changed file counts as added whole.
 *
 * @throws GuardianError where git does not even give the records
 */
export async function readStagedChanges(git: GitClient, commit?: string): Promise<ChangedFile[]> {
  return (await readDiff(git, cached(DIFF_ARGUMENTS, commit))) ?? (await readStagedRecords(git, commit));
}

/** The same without a look at the files: every one that is changed counts as added whole. */
export async function readStagedRecords(git: GitClient, commit?: string): Promise<ChangedFile[]> {
  return (await readDiff(git, cached(RAW_ARGUMENTS, commit))) ?? fail();
}

function cached(args: readonly string[], commit: string | undefined): readonly string[] {
  return ['diff', '--cached', ...args, ...(commit === undefined ? [] : [commit]), '--'];
}

function fail(): never {
  throw new GuardianError('GIT_FAILED', 'git diff ended before it had said what is staged', { hint: 'Run `git status`, and try again.' });
}

/** @returns null where git failed before all records had come, and another try may do better */
export async function readDiff(git: GitClient, args: readonly string[]): Promise<ChangedFile[] | null> {
  const changes: ChangedFile[] = [];
  const parser = createDiffParser({
    onRecords: (records) => !records.some(isPartlyAdded),
    onFiles: (files) => append(changes, files),
  });
  const hasPatch = args.includes('--patch');
  try {
    await git.stream(args, { onData: (chunk) => parser.push(chunk) });
  } catch (thrown) {
    if (!(thrown instanceof GuardianError) || thrown.code !== 'GIT_FAILED') throw thrown;
    if (parser.end(false)) return changes;
    if (hasPatch) return null;
    throw thrown;
  }
  return parser.end(true, !hasPatch) ? changes : null;
}

/** Which commits are scanned. `since`: a date or a commit; only what came after it. */
export type CommitSelection = { readonly kind: 'range'; readonly range: string } | { readonly kind: 'history'; readonly since?: string };

/**
 * Ids of the commits of a selection, oldest first.
 *
 * @throws GuardianError USAGE for a range or a start that git does not know
 */
export async function readCommitIds(git: GitClient, selection: CommitSelection): Promise<string[]> {
  const which =
    selection.kind === 'history' ? ['--all', ...(await sinceArguments(git, selection.since))] : ['--end-of-options', selection.range];
  try {
    const out = await git.read(['rev-list', '--reverse', '--topo-order', ...which, '--']);
    return out.toString().split('\n').filter(Boolean);
  } catch (thrown) {
    if (selection.kind === 'range' && /bad revision|unknown revision|bad object|invalid/i.test(stderrOf(thrown))) {
      throw new GuardianError('USAGE', `git knows no range ${JSON.stringify(selection.range)}`, {
        hint: 'Name commits, branches or tags: `--range main..HEAD`.',
        cause: thrown,
      });
    }
    throw thrown;
  }
}

/** A date in one of git's own forms. Git reads any other text as the present, which would leave out everything in silence. */
const DATE =
  /^(?:\d{4}-\d\d-\d\d(?:[T ]\S+.*)?|@?\d{9,}|(?:an?|\d+|last)[ .](?:second|minute|hour|day|week|month|year)s?(?:[ .]ago)?|yesterday)$/i;

async function sinceArguments(git: GitClient, since: string | undefined): Promise<string[]> {
  if (since === undefined) return [];
  if (DATE.test(since)) return [`--since=${since}`];
  try {
    const id = (await git.read(['rev-parse', '--verify', '--quiet', '--end-of-options', `${since}^{commit}`])).toString().trim();
    return ['--not', id];
  } catch (cause) {
    throw new GuardianError('USAGE', `${JSON.stringify(since)} is neither a date nor a commit`, {
      hint: 'Write a date such as `2026-01-31` or `2 weeks ago`, or name a commit, tag or branch.',
      cause,
    });
  }
}

/**
 * What each of some commits changes: a root commit adds all, a merge what differs from all its parents.
 *
 * @throws GuardianError GIT_FAILED
 */
export async function readCommitChanges(git: GitClient, commits: readonly string[]): Promise<ChangedFile[]> {
  const changes: ChangedFile[] = [];
  const parser = createDiffParser({ onFiles: (files) => append(changes, files) });
  // Without a LF at its end git ignores the last id in silence.
  const input = `${commits.join('\n')}\n`;
  await git.stream(['diff-tree', '--stdin', '--root', '-r', '-c', ...DIFF_ARGUMENTS], { input, onData: (chunk) => parser.push(chunk) });
  if (!parser.end(true)) fail();
  return changes;
}

/** Every file of the index, as an addition: the blob is what is scanned, not the file on disk. */
export async function readTrackedFiles(git: GitClient): Promise<ChangedFile[]> {
  const out = await git.read(['ls-files', '--stage', '-z', '--full-name', '--', ':/']);
  const files: ChangedFile[] = [];
  for (let at = 0; at < out.length;) {
    const end = out.indexOf(0, at);
    const tab = out.indexOf(0x09, at);
    const [newMode = '', newBlob = '', stage = ''] = out.toString('latin1', at, tab).split(' ');
    const record: RawRecord = {
      oldMode: '000000',
      newMode,
      oldBlobs: ['0'.repeat(newBlob.length)],
      newBlob,
      status: stage === '0' ? 'A' : 'U',
      pathBytes: Buffer.from(out.subarray(tab + 1, end)),
    };
    files.push({ record, added: 'all', commit: null });
    at = end + 1;
  }
  return files;
}

/** `push(...files)` would overflow the stack on a huge change. */
function append<T>(to: T[], from: readonly T[]): void {
  for (const item of from) to.push(item);
}
