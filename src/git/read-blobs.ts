import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { MODE } from '../diff/changed-file.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { blobId } from './blob-id.ts';
import type { GitClient } from './client.ts';
import { createBatchParser } from './parse-batch.ts';

/** A blob that is wanted. */
export interface BlobRequest {
  readonly id: string;
  /** Mode of the file it belongs to. */
  readonly mode: string;
  /** Name from the top of the work tree, where the same bytes may lie at hand. */
  readonly pathBytes: Buffer | null;
}

export type BlobAnswer =
  | { readonly kind: 'content'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly size: number; readonly detail: string }
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'timeout' };

export interface BlobLimits {
  /** Bytes of one blob. */
  readonly maxFileSize: number;
  /** Bytes of all blobs of the run that are still to be had. Counted down. */
  readonly budget: { left: number };
  /** Why there is no memory for a content of so many bytes; null: there is. */
  readonly refuse: (bytes: number) => string | null;
  /** Is the time for the run over? */
  readonly isOver: () => boolean;
  /** Called between blobs that are read without waiting. */
  readonly pause: () => Promise<void>;
}

/**
 * Hands on the content of blobs by their ids, one at a time, so that memory holds one blob and not all.
 *
 * A file of the work tree whose bytes hash to the id is that blob: that spares git a process in most commits, and is the fastest way for
 * thousands of files. All else comes from `git cat-file --batch`, after `--batch-check` has told the sizes. Neither knows attributes,
 * filters or textconv.
 *
 * @param top top of the work tree; null: ask git for all
 * @param onBlob called exactly once a request, in no particular order
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

/** The work tree's bytes, where they are the blob's. */
function readProven(top: string, pathBytes: Buffer, { id, mode }: BlobRequest, limits: BlobLimits): Buffer | null {
  const path = Buffer.concat([Buffer.from(`${top}/`), pathBytes]);
  let bytes: Buffer;
  try {
    const stat = lstatSync(path);
    const isWanted = mode === MODE.symlink ? stat.isSymbolicLink() : stat.isFile();
    if (!isWanted || stat.size > Math.min(limits.maxFileSize, limits.budget.left) || limits.refuse(stat.size) !== null) return null;
    bytes = mode === MODE.symlink ? readlinkSync(path, { encoding: 'buffer' }) : readFileSync(path);
  } catch {
    // Gone, or not ours to read: the blob is in the object store all the same.
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
    else if (size === undefined) answer(id, { kind: 'unreadable', detail: `git has no readable blob ${id}` });
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
    else answer(id, isWhole ? { kind: 'content', bytes } : { kind: 'unreadable', detail: `git gave blob ${id} in another size` });
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
  // Git stops at the first damaged object: those behind it are asked for one by one.
  for (const id of affordable) {
    if (answered.has(id)) continue;
    answer(id, limits.isOver() ? { kind: 'timeout' } : await readAlone(git, id, sizes.get(id)!));
  }
}

async function readAlone(git: GitClient, id: string, size: number): Promise<BlobAnswer> {
  try {
    const bytes = await git.read(['cat-file', 'blob', id]);
    if (bytes.length === size) return { kind: 'content', bytes };
    return { kind: 'unreadable', detail: `git gave ${bytes.length} of ${size} bytes of blob ${id}` };
  } catch (thrown) {
    return { kind: 'unreadable', detail: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** Sizes of blobs; ids that are missing, unreadable or no blobs are left out. */
async function readSizes(git: GitClient, ids: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const out = await git.read(['cat-file', '--batch-check'], { input: `${ids.join('\n')}\n` }).catch((thrown: unknown) => {
    if (thrown instanceof GuardianError && (thrown.code === 'GIT_FAILED' || thrown.code === 'TIMEOUT')) return null;
    throw thrown;
  });
  // One damaged object may end the process: then each is asked for by itself.
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
