import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileError, GuardianError } from '../errors/guardian-error.ts';
import { nearest } from '../errors/nearest.ts';
import { findHooksFolder, type Git, type HooksFolder } from './hooks-folder.ts';
import { listLeftovers, listOriginals, originalName, readHookFile } from './hook-file.ts';
import { type HuskyHook, planHuskyInstall, planHuskyUninstall } from './husky.ts';
import { type HookState, type Plan, planInstall, planUninstall } from './plan.ts';
import { shellQuoted } from './shell-quoted.ts';

/** Hooks that can be wired: between them they see every commit that git makes from an index. */
export const INSTALLABLE_HOOKS = ['pre-commit', 'pre-merge-commit'] as const;

/** What a shim starts. */
export interface Runtime {
  /** `dist/bin.cjs` of this package, absolute. */
  readonly script: string;
  /** The Node that runs it, absolute. */
  readonly node: string;
  /** Text of `hooks/shim.sh`. */
  readonly template: string;
  /** Shell commands that ask git beforehand, and the name of their form. */
  readonly pipe: { readonly commands: string; readonly protocol: string };
}

/**
 * Checks names of hooks.
 *
 * @returns all installable ones where none is named
 * @throws GuardianError USAGE
 */
export function parseHooks(names: readonly string[] = []): readonly string[] {
  for (const name of names) {
    if ((INSTALLABLE_HOOKS as readonly string[]).includes(name)) continue;
    const near = nearest(name, INSTALLABLE_HOOKS);
    throw new GuardianError(
      'USAGE',
      `there is no hook ${JSON.stringify(name)} to install${near === null ? '' : `; did you mean ${near}?`}`,
      {
        hint: `Known hooks: ${INSTALLABLE_HOOKS.join(', ')}.`,
      },
    );
  }
  return names.length === 0 ? INSTALLABLE_HOOKS : [...new Set(names)];
}

/** Reads what is there and plans an installation. */
export async function planInstallation(git: Git, commonDir: string, hooks: readonly string[], runtime: Runtime): Promise<Plan> {
  const folder = await findHooksFolder(git, commonDir);
  return joined(
    hooks.map((hook) =>
      folder.kind === 'husky'
        ? planHuskyInstall(readHuskyHook(folder, hook))
        : planInstall(readHookState(folder.path, hook), (original) => renderShim(runtime, hook, original)),
    ),
  );
}

/** Reads what is there and plans to take it out, also from where git looked before somebody set `core.hooksPath`. */
export async function planRemoval(git: Git, commonDir: string, hooks: readonly string[]): Promise<Plan> {
  const usual: HooksFolder = { kind: 'plain', path: resolve(commonDir, 'hooks') };
  const current = await findHooksFolder(git, commonDir).catch((thrown: unknown) => {
    // A setting that keeps us from installing does not keep us from leaving.
    if (thrown instanceof GuardianError && thrown.code === 'USAGE') return usual;
    throw thrown;
  });
  const former = isSameFolder(current.path, usual.path) ? [] : removalsFrom(usual, hooks).filter(({ steps }) => steps.length > 0);
  return joined([...removalsFrom(current, hooks), ...former]);
}

function removalsFrom(folder: HooksFolder, hooks: readonly string[]): Plan[] {
  return hooks.map((hook) =>
    folder.kind === 'husky' ? planHuskyUninstall(readHuskyHook(folder, hook)) : planUninstall(readHookState(folder.path, hook)),
  );
}

function isSameFolder(a: string, b: string): boolean {
  return a === b || (existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b));
}

function joined(plans: readonly Plan[]): Plan {
  return { steps: plans.flatMap(({ steps }) => steps), notes: plans.flatMap(({ notes }) => notes) };
}

function readHookState(folder: string, hook: string): HookState {
  const names = listOriginals(folder, hook);
  const originals = names.map((name) => {
    const file = readHookFile(`${folder}/${name}`);
    return { name, identity: file.kind === 'foreign' ? file.identity : null };
  });
  let number = 1;
  while (names.includes(originalName(hook, number))) number++;
  return {
    hook,
    folder,
    hasFolder: existsSync(folder),
    file: readHookFile(`${folder}/${hook}`),
    originals,
    leftovers: listLeftovers(folder, hook),
    freeName: originalName(hook, number),
  };
}

function readHuskyHook({ path: folder, isOldLayout }: Extract<HooksFolder, { kind: 'husky' }>, hook: string): HuskyHook {
  const path = `${folder}/${hook}`;
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return {
    hook,
    path,
    content: stat === undefined ? null : readText(path),
    mode: (stat?.mode ?? 0o644) & 0o777,
    isSymbolicLink: stat?.isSymbolicLink() === true,
    isOldLayout,
  };
}

/** A character a byte. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (thrown) {
    throw fileError(thrown, path, 'Make the hook readable, or take it out of the hooks folder.');
  }
}

/** The template with its values, safe in single quotes; a character a byte. */
function renderShim({ template, script, node, pipe }: Runtime, name: string, original: string): string {
  const values: Readonly<Record<string, string>> = { name, original, runtime: script, node };
  const text = template
    .replace(/'@(\w+)@'/g, (_, key: string) => shellQuoted(values[key]!))
    .replace('@commands@', () => pipe.commands)
    .replace('@protocol@', () => pipe.protocol);
  return Buffer.from(text, 'utf8').toString('latin1');
}
