import { existsSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { aliasOf, asksForItsName, planAliases, planAliasRemoval } from './aliases.ts';
import { planGuests } from './guests.ts';
import { ALL_HOOKS } from './hook-names.ts';
import { readHookFile } from './hook-file.ts';
import type { HooksFolder, HooksHome } from './hooks-folder.ts';
import { countMadeFolders, countMissingFolders, planMadeFolders } from './made-folders.ts';
import { type HookState, joined, originalFor, type Plan, planInstall, planUninstall } from './plan.ts';
import { placeOf, readHookState } from './read-state.ts';
import { renderShim, type Runtime } from './shim.ts';

type PlainFolder = Extract<HooksFolder, { kind: 'plain' }>;

/** Plans our hooks in a folder from which git runs hooks, or the calls from its hook manager. */
export function planPlainInstall(
  { top }: HooksHome,
  { path, isInTree }: PlainFolder,
  { hooks, runtime, isWriting }: { readonly hooks: readonly string[]; readonly runtime: Runtime; readonly isWriting: boolean },
): Plan {
  const states = hooks.map((hook) => readHookState(top, path, hook));
  const guests = top === null ? null : planGuests({ top, states, isLocal: isLocal(top), isWriting });
  const isCalled = ({ hook }: HookState): boolean => guests?.called.has(hook) === true;
  const missing = countMissingFolders(path);
  const madeFolders = Math.max(missing, countMadeFolders(path));
  const values = isInTree ? sharedRuntime(runtime, top!) : runtime;
  const own = states.map((state) => {
    if (isCalled(state)) return { ...planUninstall(state), notes: [] };
    const { hook, file, theirs } = state;
    return planInstall(state, (original) =>
      renderShim(values, {
        name: hook,
        original: original !== '' && asksForItsName(theirs) ? aliasOf(path, hook) : original,
        madeFolders: file.kind === 'ours' ? file.madeFolders : madeFolders,
      }),
    );
  });
  const aliases = states
    .filter((state) => !isCalled(state) && asksForItsName(state.theirs))
    .map((state) => [state.hook, originalFor(state)] as const)
    .filter(([, original]) => original !== '');
  const plan = joined([
    { steps: missing > 0 ? [{ kind: 'make-folder', path }] : [], notes: [] },
    { steps: planAliases(path, new Map(aliases)), notes: [] },
    ...(guests === null ? [] : [guests]),
    ...own,
  ]);
  // Print advice only on changes, not on every run of an install script.
  const isQuiet = plan.steps.length === 0 && !isWriting;
  const place = placeOf(top, path);
  const lookup = `The hooks in ${place} may be committed, so they contain no path of this machine: they look for code-guardian in node_modules, then in PATH.`;
  return { ...plan, advice: isQuiet ? [] : [...(plan.advice ?? []), ...(isInTree && values.script === '' ? [lookup] : [])] };
}

/** Plans to restore the previous hooks, and to remove the folders created for ours. */
export function planPlainRemoval({ top }: HooksHome, folder: string, hooks: readonly string[]): Plan {
  const plan = joined(hooks.map((hook) => planUninstall(readHookState(top, folder, hook))));
  const isLast = ALL_HOOKS.every((hook) => hooks.includes(hook) || !isOurs(join(folder, hook)));
  return joined([
    plan,
    { steps: isLast ? planAliasRemoval(folder) : [], notes: [] },
    { steps: plan.steps.length > 0 ? planMadeFolders(folder) : [], notes: [] },
  ]);
}

function isOurs(path: string): boolean {
  return existsSync(path) && readHookFile(path).kind === 'ours';
}

/** Whether npm installed us in the repository. */
function isLocal(top: string): boolean {
  return existsSync(join(top, 'node_modules/.bin/code-guardian'));
}

/** For a file that may be committed: no path of this machine. Paths in the work tree are relative to its top, where git runs hooks. */
function sharedRuntime(runtime: Runtime, top: string): Runtime {
  const path = relative(realpathSync(top), runtime.script);
  return { ...runtime, node: '', script: path.startsWith('..') ? '' : path };
}
