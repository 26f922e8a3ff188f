import type { Host } from '../host/host.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { openGit } from '../git/client.ts';
import { readRepository } from '../git/repository.ts';
import type { HooksHome } from '../install/hooks-folder.ts';

/** The repository whose hooks are meant, from any folder in it. */
export async function openHooksHome(host: Host): Promise<HooksHome> {
  const { top, commonDir } = await readRepository(openGit(host.cwd, host.env));
  // Git reads a relative core.hooksPath from the folder where it runs hooks.
  return { git: openGit(top ?? commonDir, host.env), top, commonDir };
}

/**
 * The same, for hooks of people who commit.
 *
 * @throws GuardianError USAGE in a bare repository
 */
export async function openWorkTree(host: Host): Promise<HooksHome> {
  const home = await openHooksHome(host);
  if (home.top !== null) return home;
  throw new GuardianError('USAGE', 'this is a bare repository: nobody commits in it', {
    hint: 'To look at what is pushed to it: code-guardian install --server\n  To look at commits: install in a clone with a work tree.',
  });
}
