import type { Run } from '../cli/command.ts';
import { EXIT } from '../cli/host.ts';
import { applySteps } from '../install/apply.ts';
import { parseHooks, planRemoval } from '../install/installation.ts';
import { openWorkTree } from './open-work-tree.ts';

/** `code-guardian uninstall`: gives back what was there. */
export const run: Run = async ({ host, options }) => {
  const { git, commonDir } = await openWorkTree(host);
  const { steps, notes } = await planRemoval(git, commonDir, parseHooks(options.hook));
  if (options['dry-run'] !== true) applySteps(steps);
  for (const note of notes) host.stdout.write(`${options['dry-run'] === true && steps.length > 0 ? 'would be: ' : ''}${note}\n`);
  return EXIT.ok;
};
