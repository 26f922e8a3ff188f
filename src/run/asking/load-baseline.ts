import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RunOptions } from '../run-options.ts';
import { readTextOrNull } from '../../disk/read-file.ts';
import { fileError } from '../../errors/guardian-error.ts';
import { type Baseline, parseBaseline } from '../../findings/baseline.ts';
import type { GitClient } from '../../git/client.ts';
import { readIndexFiles } from '../../git/read-index-files.ts';
import type { RepositoryPaths } from './repository-paths.ts';
import type { Target } from '../targets/target.ts';

/** From the index for staged files and for the message, otherwise from disk; `--baseline` always from disk. */
export async function loadBaseline(
  git: GitClient,
  repository: RepositoryPaths | null,
  target: Target,
  options: RunOptions,
  path: string,
): Promise<Baseline | null> {
  const isGiven = options.baseline !== undefined;
  if (repository !== null && (target.kind === 'staged' || target.kind === 'message') && !isGiven) {
    const staged = (await readIndexFiles(git, [path])).get(path);
    return staged === undefined ? null : parseBaseline(staged.toString(), path);
  }
  const file = isGiven ? resolve(git.baseDir, options.baseline) : resolve(repository?.top ?? git.baseDir, path);
  return readBaselineFile(file, path, isGiven);
}

/** @throws GuardianError if the file must exist and does not, or cannot be read */
export function readBaselineFile(file: string, name: string, mustExist: boolean): Baseline | null {
  let text: string | null;
  try {
    text = mustExist ? readFileSync(file, 'utf8') : readTextOrNull(file);
  } catch (thrown) {
    throw fileError(thrown, name, 'Name a baseline that exists, or write one with `code-guardian baseline create`.');
  }
  return text === null ? null : parseBaseline(text, name);
}
