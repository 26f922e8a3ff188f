import { GuardianError } from '../errors/guardian-error.ts';
import { nearest } from '../errors/nearest.ts';

/** Hooks that are wired where none is named: between them they see all that enters the repository or leaves it. */
const DEFAULT_HOOKS: readonly string[] = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'];

/** Hooks that can be wired in a work tree. The last two only notice that a commit was made without the others. */
const WORK_TREE_HOOKS: readonly string[] = [...DEFAULT_HOOKS, 'prepare-commit-msg', 'post-commit'];

/** Hooks of the side that is pushed to. */
export const SERVER_HOOKS: readonly string[] = ['pre-receive'];

/** Every hook that may be one of ours. */
export const ALL_HOOKS: readonly string[] = [...WORK_TREE_HOOKS, ...SERVER_HOOKS];

/**
 * Checks names of hooks.
 *
 * @returns the usual ones where none is named
 * @throws GuardianError USAGE
 */
export function parseHooks(names: readonly string[] = [], isServer = false): readonly string[] {
  const known = isServer ? SERVER_HOOKS : WORK_TREE_HOOKS;
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const guess = near === null ? '' : `; did you mean ${near}?`;
    throw new GuardianError('USAGE', `there is no hook ${JSON.stringify(name)} to install${guess}`, {
      hint: SERVER_HOOKS.includes(name)
        ? 'That one is for the side that is pushed to: add --server.'
        : `Known hooks${isServer ? ' of a server' : ''}: ${known.join(', ')}.`,
    });
  }
  if (names.length > 0) return [...new Set(names)];
  return isServer ? SERVER_HOOKS : DEFAULT_HOOKS;
}
