import { configCandidates } from '../../config/search.ts';
import type { ChangedFile } from '../../diff/changed-file.ts';
import { type GitClient, openGit } from '../../git/client.ts';
import { loadSimpleGit } from '../../git/start-git.ts';
import { readStagedChanges, readStagedRecords } from '../../git/read-changes.ts';
import { askPush, type PushedObjects } from '../../git/read-pushed.ts';
import { readIndexFiles } from '../../git/read-index-files.ts';
import { hadConflicts, parseMergeVariables, readMergeHeads } from '../../git/read-merge.ts';
import { PIPE_PROTOCOL, readPiped } from '../../startup/read-piped.ts';
import { findRepositoryPaths, type RepositoryPaths } from './repository-paths.ts';
import type { ScanRequest } from '../scan-request.ts';
import { createTimings, type Timings } from '../timings.ts';

const STDIN = 0;

/** The git client, and the answers that are on their way. */
export interface Asked {
  readonly git: GitClient;
  /** Null outside a repository. */
  readonly repository: RepositoryPaths | null;
  readonly timings: Timings;
  /** For staged files and for a message: what the index holds that HEAD does not. */
  readonly staged: (() => Promise<ChangedFile[]>) | null;
  /** The part of it that is scanned: in a merge not all. */
  readonly scope: (() => Promise<ChangedFile[]>) | null;
  /** For the message of a commit: the text that git will take from the file. */
  readonly message: (() => Promise<Buffer>) | null;
  /** For a push: what it brings. */
  readonly pushed: (() => Promise<PushedObjects>) | null;
  /** If the repository's config comes from the index: its candidates. */
  readonly configFiles: (() => Promise<Map<string, Buffer>>) | null;
  /** For people. */
  readonly notices: readonly string[];
}

/** Asks git for what the run will need, and does not wait for the answers. */
export async function askGit(request: ScanRequest): Promise<Asked> {
  const { host, target, hook } = request;
  const timings = createTimings(host.startMs, host.elapsed);
  const git = openGit(host.cwd, host.env);
  const repository = await findRepositoryPaths(host, git, target, hook);
  const nothing = { git, repository, timings, staged: null, scope: null, message: null, pushed: null, configFiles: null, notices: [] };
  const asked = { ...nothing, ...(repository === null ? {} : await askFor(request, git, repository)) };
  timings.end('acquire');
  return asked;
}

async function askFor(request: ScanRequest, git: GitClient, repository: RepositoryPaths): Promise<Partial<Asked>> {
  const { host, target } = request;
  switch (target.kind) {
    case 'staged':
      return askStaged(request, git, repository);
    case 'message': {
      const { askMessage } = await import('./ask-message.ts');
      const message = later(askMessage(host, git, target.file));
      return { message, staged: later(readStagedRecords(git)), configFiles: askConfig(request, git, repository) };
    }
    case 'push':
      return { pushed: await askPush(git, { ...target, to: target }) };
    case 'receive':
      return { pushed: await askPush(git, { ...target, to: null }) };
    default:
      return {};
  }
}

async function askStaged(request: ScanRequest, git: GitClient, repository: RepositoryPaths): Promise<Partial<Asked>> {
  const { host, options, hook } = request;
  const piped = options.piped === PIPE_PROTOCOL ? readPiped(STDIN, configCandidates('')) : null;
  if (piped === null) await loadSimpleGit();
  const staged = piped === null ? later(readStagedChanges(git)) : async () => piped.changes;
  const configFiles = piped === null ? askConfig(request, git, repository) : async () => piped.files;
  // simple-git starts a process some turns after it was asked to.
  if (piped === null) await new Promise(setImmediate);

  const isMadeByGit = hook === 'pre-merge-commit';
  const heads = isMadeByGit ? parseMergeVariables(host.env) : readMergeHeads(repository.gitDir);
  if (heads.length === 0) return { staged, scope: staged, configFiles };
  const { chooseMergeScope } = await import('./merge-scope.ts');
  const merge = { heads, hadConflicts: !isMadeByGit && hadConflicts(repository.gitDir) };
  const { changes, notices } = await chooseMergeScope(git, merge, await staged());
  return { staged, scope: async () => changes, configFiles, notices };
}

/** Staged files are judged by the staged config, not by an edit that is not committed. */
function askConfig({ options }: ScanRequest, git: GitClient, repository: RepositoryPaths): Asked['configFiles'] {
  return options.config === undefined ? later(readIndexFiles(git, configCandidates(repository.prefix))) : null;
}

/** A promise to await later. A failure until then is no unhandled rejection. */
function later<T>(promise: Promise<T>): () => Promise<T> {
  promise.catch(() => undefined);
  return () => promise;
}
