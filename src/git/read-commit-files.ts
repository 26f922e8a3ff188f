import type { GitClient } from './client.ts';
import { createBatchParser } from './parse-batch.ts';

/** A file in a commit. */
export interface CommitFile {
  /** Id of the commit, or its beginning. */
  readonly commit: string;
  /** From the repository's top, without a line break. */
  readonly path: string;
}

/**
 * Reads files from commits, one at a time, so that memory holds only one.
 *
 * @param maxSize in bytes: larger files are not read
 * @param onFile called once per file, in order; null for content and size if commit or file do not exist, null for the content if it is too large
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
