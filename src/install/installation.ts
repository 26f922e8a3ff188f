import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import { hasConfigHooks, planConfigHooks, planConfigRemoval, readConfigHooks } from './config-hooks.ts';
import { planGuestRemoval } from './guests.ts';
import { ALL_HOOKS, parseHooks, SERVER_HOOKS } from './hook-names.ts';
import { findHooksFolder, type HooksFolder, type HooksHome, usualFolder } from './hooks-folder.ts';
import { planHuskyInstall, planHuskyUninstall } from './husky.ts';
import { planPlainInstall, planPlainRemoval } from './plain-folder.ts';
import { joined, type Note, type Plan } from './plan.ts';
import { readHuskyHook } from './read-state.ts';
import type { Runtime } from './shim.ts';

/** What to install, and how. */
export interface InstallRequest {
  readonly hooks: readonly string[];
  readonly runtime: Runtime;
  /** As config-based hooks (git 2.54 and later). */
  readonly isInConfig: boolean;
  /** We may edit the config files of other hook managers. */
  readonly isWriting: boolean;
}

/**
 * Reads the current hooks and plans an installation.
 *
 * @throws GuardianError USAGE if hooks cannot be installed, GIT_FAILED, FILE_SYSTEM, PERMISSION_DENIED
 */
export async function planInstallation(home: HooksHome, request: InstallRequest): Promise<Plan> {
  const { hooks, runtime } = request;
  if (request.isInConfig) {
    const { steps } = await planFolderRemoval(home, hooks);
    return joined([await planConfigHooks(home, hooks, runtime), { steps, notes: [] }]);
  }
  // Hooks that are already in git's config need no second set.
  const there = await readConfigHooks(home);
  const inConfig = there.size > 0 && (await hasConfigHooks(home)) ? hooks.filter((hook) => there.has(hook)) : [];
  const rest = hooks.filter((hook) => !inConfig.includes(hook));
  return joined([
    ...(inConfig.length > 0 ? [await planConfigHooks(home, inConfig, runtime)] : []),
    ...(rest.length > 0 ? [await planFolderInstall(home, { ...request, hooks: rest })] : []),
  ]);
}

async function planFolderInstall(home: HooksHome, request: InstallRequest): Promise<Plan> {
  const folder = await findHooksFolder(home);
  if (folder.kind === 'plain') return withAdvice(planPlainInstall(home, folder, request), adviceOfSleepingHusky(home.top));
  const plan = joined(request.hooks.map((hook) => planHuskyInstall(readHuskyHook(home.top, folder, hook))));
  const isSetUp = folder.isOldLayout || existsSync(join(folder.path, '_', 'h'));
  return isSetUp ? plan : withAdvice(plan, ['Husky is not set up in this worktree, so git runs no hooks. Run `npx husky`.']);
}

/** Once husky is set up, git looks only in its folder and no longer finds our hooks. */
function adviceOfSleepingHusky(top: string | null): readonly string[] {
  if (top === null || !existsSync(join(top, '.husky'))) return [];
  const manifest = join(top, 'package.json');
  if (!existsSync(manifest) || !readFileSync(manifest, 'utf8').includes('"husky"')) return [];
  return [
    'Husky is in package.json but not set up here. Once it is, git runs its hooks instead of these: run `npx husky`, then `code-guardian install` again.',
  ];
}

function withAdvice(plan: Plan, more: readonly string[]): Plan {
  return { ...plan, advice: [...(plan.advice ?? []), ...more] };
}

/**
 * Reads the current hooks and plans their removal, also from the folder that git used before `core.hooksPath` was set.
 *
 * @param names hooks; default: all of ours
 */
export async function planRemoval(home: HooksHome, names: readonly string[] = [], isServer = false): Promise<Plan> {
  const hooks = names.length > 0 ? parseHooks(names, isServer) : isServer ? SERVER_HOOKS : ALL_HOOKS;
  const plan = joined([
    ...(names.length === 0 && home.top !== null ? [planGuestRemoval(home.top)] : []),
    await planConfigRemoval(home, hooks),
    await planFolderRemoval(home, hooks),
  ]);
  if (names.length > 0) return plan;
  // When no hook was named, list only hooks that changed or need attention.
  const usual = parseHooks([], isServer);
  const changed = new Set(plan.notes.filter(({ isChange }) => isChange).map(({ hook }) => hook));
  const isListed = ({ hook, heading, isChange, details = [] }: Note): boolean =>
    isChange || details.length > 0 || (heading !== 'Not installed' && usual.includes(hook) && !changed.has(hook));
  const notes = plan.notes.filter(isListed);
  const nothing = usual.map((hook) => ({ hook, heading: 'Not installed', isChange: false }));
  return { ...plan, notes: notes.length > 0 ? notes : nothing };
}

async function planFolderRemoval(home: HooksHome, hooks: readonly string[]): Promise<Plan> {
  const usual = usualFolder(home.commonDir);
  const current = await findHooksFolder(home).catch((thrown: unknown) => {
    // A setting that prevents installing must not prevent removal.
    if (thrown instanceof GuardianError && thrown.code === 'USAGE') return usual;
    throw thrown;
  });
  const plan = planRemovalFrom(home, current, hooks);
  if (isSameFolder(current.path, usual.path)) return plan;
  const former = planRemovalFrom(home, usual, hooks);
  return joined([plan, { ...former, notes: former.notes.filter(({ isChange }) => isChange) }]);
}

function planRemovalFrom(home: HooksHome, folder: HooksFolder, hooks: readonly string[]): Plan {
  if (folder.kind === 'plain') return planPlainRemoval(home, folder.path, hooks);
  return joined(hooks.map((hook) => planHuskyUninstall(readHuskyHook(home.top, folder, hook))));
}

function isSameFolder(a: string, b: string): boolean {
  return a === b || (existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b));
}
