import { GuardianError } from '../errors/guardian-error.ts';
import type { GitClient } from './client.ts';
import { createBatchParser } from './parse-batch.ts';
import { type BlobAnswer, type BlobLimits, type BlobRequest, readBlobs } from './read-blobs.ts';

/** The stored message of a commit or a tag. */
export interface Message {
  /** Of the commit or tag. */
  readonly id: string;
  /** Null: too large, or git has no such object. */
  readonly text: Buffer | null;
  /** Bytes of the object; null if git has none. */
  readonly size: number | null;
}

/** Blobs to read along with the messages, and their callback: as in {@link readBlobs}. */
interface Blobs {
  readonly requests: readonly BlobRequest[];
  readonly onBlob: (index: number, answer: BlobAnswer) => void;
}

/**
 * Reads the messages of commits and tags, and some blobs, one at a time from one process. Sizes are not requested beforehand: large objects are
 * skipped as they arrive. Only the message is returned, without the headers (tree, parents, names, signatures).
 *
 * @param onMessage called at most once per id, in order; not for ids that ran out of time
 */
export async function readMessages(
  git: GitClient,
  ids: readonly string[],
  limits: BlobLimits,
  onMessage: (message: Message) => void,
  { requests, onBlob }: Blobs = { requests: [], onBlob: () => undefined },
): Promise<void> {
  const blobs = new Map<string, number[]>();
  for (const [index, { id }] of requests.entries()) {
    const indexes = blobs.get(id);
    if (indexes === undefined) blobs.set(id, [index]);
    else indexes.push(index);
  }
  const asked = [...ids, ...blobs.keys()];
  if (asked.length === 0) return;

  let answered = 0;
  const parser = createBatchParser(
    (_, bytes, size) => {
      const place = answered++;
      const id = asked[place]!;
      if (limits.isOver()) return;
      if (place < ids.length) return onMessage({ id, text: bytes === null ? null : messageOf(bytes), size });
      const answer = answerOf(id, bytes, size, limits);
      for (const index of blobs.get(id)!) onBlob(index, answer);
      blobs.delete(id);
    },
    Infinity,
    limits.maxFileSize,
  );
  try {
    await git.stream(['cat-file', '--batch', '--buffer'], {
      input: `${asked.join('\n')}\n`,
      onData: (chunk) => {
        parser.push(chunk);
        return limits.isOver();
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof GuardianError) || thrown.code !== 'GIT_FAILED') throw thrown;
  }
  // git stops at the first damaged object. `readBlobs` requests the remaining ones.
  for (const id of limits.isOver() ? [] : ids.slice(answered)) onMessage({ id, text: null, size: null });
  const left = [...blobs.values()].flat();
  if (left.length === 0) return;
  await readBlobs(
    git,
    null,
    left.map((index) => requests[index]!),
    limits,
    (i, answer) => onBlob(left[i]!, answer),
  );
}

function answerOf(id: string, bytes: Buffer | null, size: number | null, { budget }: BlobLimits): BlobAnswer {
  if (size === null) return { kind: 'unreadable', detail: `git cannot read blob ${id}` };
  if (bytes === null) return { kind: 'too-large', size, detail: 'performance.maxFileSize' };
  if (size > budget.left) return { kind: 'too-large', size, detail: 'performance.maxTotalBytes' };
  budget.left -= size;
  return { kind: 'content', bytes };
}

/** Headers end at the first empty line; continuation lines start with a space. */
function messageOf(object: Buffer): Buffer {
  const end = object.indexOf('\n\n');
  return end === -1 ? Buffer.alloc(0) : object.subarray(end + 2);
}
