import { GuardianError } from '../errors/guardian-error.ts';
import { didYouMean } from '../errors/did-you-mean.ts';

/** Hooks that are installed by default: together they see everything that enters or leaves the repository. */
const DEFAULT_HOOKS: readonly string[] = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'];

/** Hooks for a work tree. The last two only notice commits that were made without the others. */
const WORK_TREE_HOOKS: readonly string[] = [...DEFAULT_HOOKS, 'prepare-commit-msg', 'post-commit'];

/** Hooks of the receiving side of a push. */
export const SERVER_HOOKS: readonly string[] = ['pre-receive'];

/** Every hook that can be ours. */
export const ALL_HOOKS: readonly string[] = [...WORK_TREE_HOOKS, ...SERVER_HOOKS];

/**
 * Checks names of hooks.
 *
 * @returns the default hooks if none is named
 * @throws GuardianError USAGE
 */
export function parseHooks(names: readonly string[] = [], isServer = false): readonly string[] {
  const known = isServer ? SERVER_HOOKS : WORK_TREE_HOOKS;
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new GuardianError('USAGE', `unknown hook ${JSON.stringify(name)}${didYouMean(name, known)}`, {
      hint: SERVER_HOOKS.includes(name)
        ? 'That hook runs on a server: `code-guardian install --server`'
        : `Known hooks${isServer ? ' on a server' : ''}: ${known.join(', ')}.`,
    });
  }
  if (names.length > 0) return [...new Set(names)];
  return isServer ? SERVER_HOOKS : DEFAULT_HOOKS;
}
