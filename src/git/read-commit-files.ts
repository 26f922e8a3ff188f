import type { GitClient } from './client.ts';
import { createBatchParser } from './parse-batch.ts';

/** A file as a commit has it. */
export interface CommitFile {
  /** Id of the commit, or the beginning of it. */
  readonly commit: string;
  /** From the repository's top, without a line break. */
  readonly path: string;
}

/**
 * Hands on files as commits have them, one at a time, so that memory holds one and not all.
 *
 * @param maxSize in bytes: larger ones are not read
 * @param onFile called once for each, in order; with null for both where there is no such commit or file, and with null for the content alone
 * where the file is too large
 */
export async function readCommitFiles(
  git: GitClient,
  files: readonly CommitFile[],
  maxSize: number,
  onFile: (file: CommitFile, content: Buffer | null, size: number | null) => void,
): Promise<void> {
  let asked = 0;
  const parser = createBatchParser((_id, content, size) => onFile(files[asked++]!, content, size), files.length, maxSize);
  const input = files.map(({ commit, path }) => `${commit}:${path}\n`).join('');
  await git.stream(['cat-file', '--batch'], { input, onData: parser.push });
}
