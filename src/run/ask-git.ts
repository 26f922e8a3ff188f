import { configCandidates } from '../config/search.ts';
import type { ChangedFile } from '../diff/changed-file.ts';
import { type GitDoor, loadSimpleGit, openGit } from '../git/door.ts';
import { readStagedChanges } from '../git/read-changes.ts';
import { readIndexFiles } from '../git/read-index-files.ts';
import { PIPE_PROTOCOL, readPiped } from '../git/read-piped.ts';
import { findPlace, type Place } from './place.ts';
import type { ScanRequest } from './scan-request.ts';

const STDIN = 0;

/** Git's door, and the answers that are on their way. */
export interface Asked {
  readonly git: GitDoor;
  readonly place: Place | null;
  /** For a staged run: what the index holds that HEAD does not. */
  readonly staged: (() => Promise<ChangedFile[]>) | null;
  /** Where the repository's config comes from the index: its candidates. */
  readonly configFiles: (() => Promise<Map<string, Buffer>>) | null;
}

/** Asks git for what the run will need, and does not wait for the answers. */
export async function askGit({ host, target, options, hook }: ScanRequest): Promise<Asked> {
  const git = openGit(host.cwd, host.env);
  const place = await findPlace(host, git, target, hook);
  const isStaged = place !== null && target.kind === 'staged';
  const piped = isStaged && options.piped === PIPE_PROTOCOL ? readPiped(STDIN, configCandidates('')) : null;
  if (piped !== null) return { git, place, staged: async () => piped.changes, configFiles: async () => piped.files };

  if (isStaged) await loadSimpleGit();
  const staged = isStaged ? later(readStagedChanges(git)) : null;
  // What is staged is judged by the staged config, not by an edit that nobody will see.
  const configFiles = isStaged && options.config === undefined ? later(readIndexFiles(git, configCandidates(place.prefix))) : null;
  // simple-git starts a process some turns after it was asked to.
  if (isStaged) await new Promise(setImmediate);
  return { git, place, staged, configFiles };
}

/** A promise to be awaited later; that it failed meanwhile is no unhandled rejection. */
function later<T>(promise: Promise<T>): () => Promise<T> {
  promise.catch(() => undefined);
  return () => promise;
}
