import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { MODE } from '../diff/changed-file.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { blobId } from './blob-id.ts';
import type { GitClient } from './client.ts';
import { createBatchParser } from './parse-batch.ts';

/** A requested blob. */
export interface BlobRequest {
  readonly id: string;
  /** Mode of its file. */
  readonly mode: string;
  /** Path from the top of the work tree, where the same bytes may be available. */
  readonly pathBytes: Buffer | null;
}

export type BlobAnswer =
  | { readonly kind: 'content'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly size: number; readonly detail: string }
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'timeout' };

export interface BlobLimits {
  /** Largest blob in bytes. */
  readonly maxFileSize: number;
  /** Remaining byte budget for the whole run. */
  readonly budget: { left: number };
  /** Why there is not enough memory for that many bytes; null if there is. */
  readonly refuse: (bytes: number) => string | null;
  /** Whether the time of the run is over. */
  readonly isOver: () => boolean;
  /** Called between blobs that are read without waiting. */
  readonly pause: () => Promise<void>;
}

/**
 * Reads blobs by id, one at a time, so that memory holds only one.
 *
 * A file in the work tree whose bytes hash to the id is that blob. This saves a git process in most commits, and is the fastest way for
 * thousands of files. Everything else comes from `git cat-file --batch`, after `--batch-check` has reported the sizes. Neither applies
 * attributes, filters or textconv.
 *
 * @param top top of the work tree; null: always ask git
 * @param onBlob called exactly once per request, in any order
 */
export async function readBlobs(
  git: GitClient,
  top: string | null,
  requests: readonly BlobRequest[],
  limits: BlobLimits,
  onBlob: (index: number, answer: BlobAnswer) => void,
): Promise<void> {
  const unproven: number[] = [];
  for (const [index, request] of requests.entries()) {
    await limits.pause();
    if (limits.isOver()) {
      onBlob(index, { kind: 'timeout' });
      continue;
    }
    const bytes = top === null || request.pathBytes === null ? null : readProven(top, request.pathBytes, request, limits);
    if (bytes === null) unproven.push(index);
    else onBlob(index, { kind: 'content', bytes });
  }
  if (unproven.length > 0) await readFromGit(git, requests, unproven, limits, onBlob);
}

/** The bytes in the work tree, if they are those of the blob. */
function readProven(top: string, pathBytes: Buffer, { id, mode }: BlobRequest, limits: BlobLimits): Buffer | null {
  const path = Buffer.concat([Buffer.from(`${top}/`), pathBytes]);
  let bytes: Buffer;
  try {
    const stat = lstatSync(path);
    const isWanted = mode === MODE.symlink ? stat.isSymbolicLink() : stat.isFile();
    if (!isWanted || stat.size > Math.min(limits.maxFileSize, limits.budget.left) || limits.refuse(stat.size) !== null) return null;
    bytes = mode === MODE.symlink ? readlinkSync(path, { encoding: 'buffer' }) : readFileSync(path);
  } catch {
    // Missing or not readable: the blob is still in the object store.
    return null;
  }
  if (blobId(bytes, id.length) !== id) return null;
  limits.budget.left -= bytes.length;
  return bytes;
}

async function readFromGit(
  git: GitClient,
  requests: readonly BlobRequest[],
  wanted: readonly number[],
  limits: BlobLimits,
  onBlob: (index: number, answer: BlobAnswer) => void,
): Promise<void> {
  const indexesOf = groupBy(wanted, (index) => requests[index]!.id);
  const answer = (id: string, what: BlobAnswer): void => {
    for (const index of indexesOf.get(id)!) onBlob(index, what);
  };

  const affordable: string[] = [];
  const sizes = await readSizes(git, [...indexesOf.keys()]);
  for (const id of indexesOf.keys()) {
    const size = sizes.get(id);
    if (size === undefined && limits.isOver()) answer(id, { kind: 'timeout' });
    else if (size === undefined) answer(id, { kind: 'unreadable', detail: `git cannot read blob ${id}` });
    else if (size > limits.maxFileSize) answer(id, { kind: 'too-large', size, detail: 'performance.maxFileSize' });
    else if (size > limits.budget.left) answer(id, { kind: 'too-large', size, detail: 'performance.maxTotalBytes' });
    else {
      const refusal = limits.refuse(size);
      if (refusal !== null) {
        answer(id, { kind: 'too-large', size, detail: refusal });
        continue;
      }
      limits.budget.left -= size;
      affordable.push(id);
    }
  }

  const answered = new Set<string>();
  const parser = createBatchParser((id, bytes) => {
    if (bytes === null) return;
    answered.add(id);
    const isWhole = bytes.length === sizes.get(id);
    const refusal = limits.refuse(bytes.length);
    if (limits.isOver()) answer(id, { kind: 'timeout' });
    else if (refusal !== null) answer(id, { kind: 'too-large', size: bytes.length, detail: refusal });
    else answer(id, isWhole ? { kind: 'content', bytes } : { kind: 'unreadable', detail: `unexpected size of blob ${id}` });
  });
  try {
    const onData = (chunk: Buffer): boolean => {
      parser.push(chunk);
      return limits.isOver();
    };
    if (affordable.length > 0) await git.stream(['cat-file', '--batch'], { input: `${affordable.join('\n')}\n`, onData });
  } catch (thrown) {
    if (!(thrown instanceof GuardianError)) throw thrown;
  }
  // git stops at the first damaged object: request the remaining ones one by one.
  for (const id of affordable) {
    if (answered.has(id)) continue;
    answer(id, limits.isOver() ? { kind: 'timeout' } : await readAlone(git, id, sizes.get(id)!));
  }
}

async function readAlone(git: GitClient, id: string, size: number): Promise<BlobAnswer> {
  try {
    const bytes = await git.read(['cat-file', 'blob', id]);
    if (bytes.length === size) return { kind: 'content', bytes };
    return { kind: 'unreadable', detail: `git returned only ${bytes.length} of ${size} bytes of blob ${id}` };
  } catch (thrown) {
    return { kind: 'unreadable', detail: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** Sizes of blobs, without ids that are missing, unreadable or not blobs. */
async function readSizes(git: GitClient, ids: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const out = await git.read(['cat-file', '--batch-check'], { input: `${ids.join('\n')}\n` }).catch((thrown: unknown) => {
    if (thrown instanceof GuardianError && (thrown.code === 'GIT_FAILED' || thrown.code === 'TIMEOUT')) return null;
    throw thrown;
  });
  // One damaged object may end the process: then request each separately.
  if (out === null && ids.length > 1) {
    for (const id of ids) for (const [known, size] of await readSizes(git, [id])) sizes.set(known, size);
    return sizes;
  }
  for (const line of (out ?? '').toString().split('\n')) {
    const [id = '', type, size] = line.split(' ');
    if (type === 'blob') sizes.set(id, Number(size));
  }
  return sizes;
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
