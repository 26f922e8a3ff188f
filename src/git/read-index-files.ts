import type { GitClient } from './client.ts';
import { createBatchParser } from './parse-batch.ts';

/**
 * Content of files in the index.
 *
 * @param paths from the repository's top
 * @returns those that exist
 */
export function readIndexFiles(git: GitClient, paths: readonly string[]): Promise<Map<string, Buffer>> {
  return readFiles(git, '', paths);
}

/** The same from HEAD; none on an unborn branch. */
export function readHeadFiles(git: GitClient, paths: readonly string[]): Promise<Map<string, Buffer>> {
  return readFiles(git, 'HEAD', paths);
}

async function readFiles(git: GitClient, tree: '' | 'HEAD', paths: readonly string[]): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let asked = 0;
  const parser = createBatchParser((_id, bytes) => {
    const path = paths[asked++];
    if (path !== undefined && bytes !== null) files.set(path, bytes);
  });
  await git.stream(['cat-file', '--batch'], { input: paths.map((path) => `${tree}:${path}\n`).join(''), onData: parser.push });
  return files;
}
