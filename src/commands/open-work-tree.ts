import type { Host } from '../host/host.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { openGit } from '../git/client.ts';
import { readRepository } from '../git/repository.ts';
import type { HooksHome } from '../install/hooks-folder.ts';

/** The repository around the current folder, for its hooks. */
export async function openHooksHome(host: Host): Promise<HooksHome> {
  const { top, commonDir } = await readRepository(openGit(host.cwd, host.env));
  // A relative core.hooksPath is relative to the folder in which git runs hooks.
  return { git: openGit(top ?? commonDir, host.env), top, commonDir };
}

/**
 * The same, for hooks of a work tree.
 *
 * @throws GuardianError USAGE in a bare repository
 */
export async function openWorkTree(host: Host): Promise<HooksHome> {
  const home = await openHooksHome(host);
  if (home.top !== null) return home;
  throw new GuardianError('USAGE', 'this is a bare repository: there are no commits to scan', {
    hint: 'To scan pushes to it: `code-guardian install --server`',
  });
}
