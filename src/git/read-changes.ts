import { type ChangedFile, isPartlyAdded, type RawRecord } from '../diff/changed-file.ts';
import { DiffParser } from '../diff/parse-diff.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { stderrOf } from './git-error.ts';
import { DIFF_ARGUMENTS, RAW_ARGUMENTS } from './diff-arguments.ts';
import type { GitClient } from './client.ts';

/**
 * The changes of the index against HEAD or the given commit, in git's order; on an unborn branch the whole index.
 *
 * If git cannot create the patch (a broken diff driver, an old blob missing from a partial clone), only the records are read and every
 * changed file counts as fully added.
 *
 * @throws GuardianError where git does not even give the records
 */
export async function readStagedChanges(git: GitClient, commit?: string): Promise<ChangedFile[]> {
  return (await readDiff(git, cached(DIFF_ARGUMENTS, commit))) ?? (await readStagedRecords(git, commit));
}

/** The same from the records only: every changed file counts as fully added. */
export async function readStagedRecords(git: GitClient, commit?: string): Promise<ChangedFile[]> {
  return (await readDiff(git, cached(RAW_ARGUMENTS, commit))) ?? fail();
}

function cached(args: readonly string[], commit: string | undefined): readonly string[] {
  return ['diff', '--cached', ...args, ...(commit === undefined ? [] : [commit]), '--'];
}

function fail(): never {
  throw new GuardianError('GIT_FAILED', 'git diff returned an incomplete list of staged changes', {
    hint: 'Run `git status`, then try again.',
  });
}

/** @returns null if git failed before all records had arrived, so that a retry may help */
export async function readDiff(git: GitClient, args: readonly string[]): Promise<ChangedFile[] | null> {
  const changes: ChangedFile[] = [];
  const parser = new DiffParser({
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

/** Which commits to scan. `since`: only commits after a date or a commit. */
export type CommitSelection = { readonly kind: 'range'; readonly range: string } | { readonly kind: 'history'; readonly since?: string };

/**
 * Ids of the selected commits, oldest first.
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
      throw new GuardianError('USAGE', `unknown range ${JSON.stringify(selection.range)}`, {
        hint: 'Name commits, branches or tags: `code-guardian scan --range main..HEAD`',
        cause: thrown,
      });
    }
    throw thrown;
  }
}

/** A date in one of git's formats. git reads any other text as now, which would silently skip everything. */
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
 * The changes of each commit: a root commit adds everything, a merge adds what differs from all its parents.
 *
 * @throws GuardianError GIT_FAILED
 */
export async function readCommitChanges(git: GitClient, commits: readonly string[]): Promise<ChangedFile[]> {
  const changes: ChangedFile[] = [];
  const parser = new DiffParser({ onFiles: (files) => append(changes, files) });
  // git silently ignores a last id without LF.
  const input = `${commits.join('\n')}\n`;
  await git.stream(['diff-tree', '--stdin', '--root', '-r', '-c', ...DIFF_ARGUMENTS], { input, onData: (chunk) => parser.push(chunk) });
  if (!parser.end(true)) fail();
  return changes;
}

/** Every file of the index as an addition: the blob is scanned, not the file on disk. */
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
