import { MODE } from '../../diff/changed-file.ts';
import { archiveKindOf } from '../../engine/archive/archive-kind.ts';
import { type BlobAnswer, type BlobRequest, readBlobs } from '../../git/read-blobs.ts';
import type { RunContext } from '../run-context.ts';
import type * as scanArchives from './scan-archive.ts';

/** The functions that unpack archives, loaded when one comes up. */
export type Archives = Pick<typeof scanArchives, 'scanArchive' | 'listContents'>;

/**
 * Hands on contents as {@link readBlobs} does, but archives last: the code that unpacks them is loaded when the first one comes up, and until
 * then none is kept in memory.
 *
 * @param onBlob `archives` comes with an archive; otherwise it is null
 */
export async function readContents(
  { git, top, limits }: Pick<RunContext, 'git' | 'top' | 'limits'>,
  requests: readonly BlobRequest[],
  read: typeof readBlobs,
  onBlob: (index: number, answer: BlobAnswer, archives: Archives | null) => void,
): Promise<void> {
  const met: number[] = [];
  await read(git, top, requests, limits, (index, answer) => {
    if (answer.kind !== 'content' || requests[index]!.mode === MODE.symlink || archiveKindOf(answer.bytes) === null) {
      onBlob(index, answer, null);
      return;
    }
    limits.budget.left += answer.bytes.length;
    met.push(index);
  });
  if (met.length === 0) return;
  const archives = await import('./scan-archive.ts');
  const again = met.map((index) => requests[index]!);
  await readBlobs(git, top, again, limits, (i, answer) => onBlob(met[i]!, answer, archives));
}
