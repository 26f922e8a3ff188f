import type { StageHook, StageRecipe, StageTrust } from './config.ts';

// A file of their own: only the check of a config needs them, and `config.ts` is in every hook.
export const STAGE_HOOKS: readonly StageHook[] = ['pre-commit', 'pre-merge-commit', 'pre-push', 'staged', 'range'];
export const STAGE_RECIPES: readonly StageRecipe[] = ['npm-audit', 'osv-scanner'];
export const STAGE_TRUSTS: readonly StageTrust[] = ['ask', 'allow', 'off'];
