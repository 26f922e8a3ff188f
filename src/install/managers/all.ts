import { LEFTHOOK } from './lefthook.ts';
import { LINT_STAGED } from './lint-staged.ts';
import type { Manager } from './manager.ts';
import { OVERCOMMIT } from './overcommit.ts';
import { PRE_COMMIT, PREK } from './pre-commit.ts';
import { SIMPLE_GIT_HOOKS } from './simple-git-hooks.ts';

/** Managers that can call us from their config, in this order: the hooks of one may name a later one. Husky has no config: see husky.ts. */
export const MANAGERS: readonly Manager[] = [LEFTHOOK, PRE_COMMIT, PREK, OVERCOMMIT, SIMPLE_GIT_HOOKS, LINT_STAGED];

/** The manager that wrote a hook, by its text. */
export function managerOf(hook: string): Manager | undefined {
  return MANAGERS.find(({ mark }) => mark.test(hook));
}
