import type { Host } from '../cli/host.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { type GitDoor, openGit } from '../git/door.ts';
import { readRepository } from '../git/repository.ts';

/**
 * The repository whose hooks are meant, from any folder in it.
 *
 * @throws GuardianError USAGE in a bare repository
 */
export async function openWorkTree(host: Host): Promise<{ readonly git: GitDoor; readonly commonDir: string }> {
  const { top, commonDir } = await readRepository(openGit(host.cwd, host.env));
  if (top === null) {
    throw new GuardianError('USAGE', 'this is a bare repository: nobody commits in it', { hint: 'Install in a clone with a work tree.' });
  }
  // Git reads a relative core.hooksPath from the top.
  return { git: openGit(top, host.env), commonDir };
}
