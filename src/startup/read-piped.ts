import { readSync } from 'node:fs';
import { type ChangedFile, isPartlyAdded } from '../diff/changed-file.ts';
import { DiffParser } from '../diff/parse-diff.ts';
import { DIFF_ARGUMENTS } from '../git/diff-arguments.ts';
import { createBatchParser } from '../git/parse-batch.ts';
import { END_LENGTH, isGoodEnd, joinCommands, SHELL_END, SHELL_ENVIRONMENT, SHELL_GIT } from './pipe-protocol.ts';

/**
 * Names the commands and the form of the answers. A shim of another release may run other commands: then ask git again. To be raised
 * with any change of what {@link renderPipeCommands} makes; a test holds the two together.
 */
export const PIPE_PROTOCOL = '1';

/** What git was asked by the shim while Node started. */
export interface Piped {
  /** What the index holds that HEAD does not. */
  readonly changes: ChangedFile[];
  /** Files of the index, those that exist. */
  readonly files: Map<string, Buffer>;
}

/**
 * The shell commands that ask git what a commit's run needs: the same questions, in the same words, as the git client's. The
 * shell starts them while Node starts, which takes longer than git does.
 *
 * @param paths files wanted from the index, from the repository's top
 */
export function renderPipeCommands(paths: readonly string[]): string {
  return joinCommands([
    SHELL_ENVIRONMENT,
    'unset GIT_DIFF_OPTS GIT_EXTERNAL_DIFF GIT_TRACE',
    `printf '%s\\n' ${paths.map((path) => `:${path}`).join(' ')} | ${SHELL_GIT} cat-file --batch`,
    SHELL_END,
    `${SHELL_GIT} diff --cached ${DIFF_ARGUMENTS.map((argument) => `'${argument}'`).join(' ')} --`,
    SHELL_END,
  ]);
}

/**
 * Reads the answers, in memory that does not grow with the diff.
 *
 * @param descriptor an open file that ends
 * @param paths as given to {@link renderPipeCommands}
 * @returns null where git failed or anything is not as it should be: ask git again, through the git client
 */
export function readPiped(descriptor: number, paths: readonly string[]): Piped | null {
  const files = new Map<string, Buffer>();
  let answered = 0;
  const batch = createBatchParser((_id, bytes) => {
    const path = paths[answered++]!;
    if (bytes !== null) files.set(path, Buffer.from(bytes));
  }, paths.length);
  const changes: ChangedFile[] = [];
  const diff = new DiffParser({
    onRecords: (records) => !records.some(isPartlyAdded),
    onFiles: (some) => {
      for (const file of some) changes.push(file);
    },
  });

  try {
    let held: Buffer = Buffer.alloc(0);
    let isInDiff = false;
    for (let chunk = readChunk(descriptor); chunk.length > 0; chunk = readChunk(descriptor)) {
      if (!isInDiff) {
        batch.push(chunk);
        const rest = batch.rest();
        if (answered < paths.length || rest.length < END_LENGTH) continue;
        if (!isGoodEnd(rest.subarray(0, END_LENGTH))) return null;
        [isInDiff, held] = [true, rest.subarray(END_LENGTH)];
      } else {
        held = Buffer.concat([held, chunk]);
      }
      // The last bytes may be the end, and are no part of the diff.
      const ready = Math.max(0, held.length - END_LENGTH);
      if (diff.push(held.subarray(0, ready))) return diff.end(true) ? { changes, files } : null;
      held = held.subarray(ready);
    }
    return isInDiff && isGoodEnd(held) && diff.end(true) ? { changes, files } : null;
  } catch (thrown) {
    if (thrown instanceof RangeError || (thrown as NodeJS.ErrnoException).syscall === 'read') return null;
    throw thrown;
  }
}

const CHUNK = 1 << 16;

function readChunk(descriptor: number): Buffer {
  const buffer = Buffer.allocUnsafe(CHUNK);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, CHUNK, null));
}
