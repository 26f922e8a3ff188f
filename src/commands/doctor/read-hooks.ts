import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readTextOrNull } from '../../disk/read-file.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { type ConfigHook, parseConfigHooks } from '../../health/config-hooks.ts';
import type { HookFacts, Reach } from '../../health/hook.ts';
import { type HooksPath, parseHooksPath, wayToInstall } from '../../health/hooks-path.ts';
import { parseRuntime } from '../../health/runtime.ts';
import { callsUs } from '../../install/guest-command.ts';
import { isCalledBy, readConfigFile } from '../../install/managers/config-file.ts';
import { managerOf } from '../../install/managers/all.ts';
import { findHooksFolder } from '../../install/hooks-folder.ts';
import { type HookFile, readHookFile } from '../../install/hook-file.ts';
import { renderShim } from '../../install/shim.ts';
import { shellQuoted } from '../../install/shell-quoted.ts';
import { readRuntime } from '../install.ts';
import type { Worktree } from './worktree.ts';

type OurFile = Extract<HookFile, { kind: 'ours' }>;

/** The hooks of one worktree and their settings in git's config. */
export interface Hooks {
  readonly setting: HooksPath | null;
  /** The manager that owns the hooks folder, if known. */
  readonly manager: string | null;
  readonly facts: readonly (HookFacts & { readonly absolute: string })[];
}

/** Facts shared by all hooks of a worktree. */
interface Situation {
  readonly worktree: Worktree;
  readonly setting: HooksPath | null;
  /** Hooks in git's config. */
  readonly configured: readonly ConfigHook[];
  /** Whether this git runs those. */
  readonly knowsConfigHooks: boolean;
  /** Husky's folder, if git looks there. */
  readonly husky: string | null;
  /** The current folder. */
  readonly cwd: string;
  /** Path of the running program. */
  readonly script: string;
}

/**
 * Reads the hooks that git would run.
 *
 * @throws GuardianError if git fails or a hook cannot be read
 */
export async function readHooks(
  worktree: Worktree,
  names: readonly string[],
  context: Pick<Situation, 'knowsConfigHooks' | 'cwd' | 'script'>,
): Promise<Hooks> {
  const { git } = worktree;
  const setting = parseHooksPath(await readConfig(worktree, ['--show-scope', '--show-origin', '-z', '--get', 'core.hooksPath']));
  const configured = parseConfigHooks(await readConfig(worktree, ['-z', '--get-regexp', '^hook\\.']));
  const husky = await findHusky(worktree);
  const paths = (await git.read(['rev-parse', ...names.flatMap((name) => ['--git-path', `hooks/${name}`])])).toString().split('\n');
  const facts = names.map((hook, i) =>
    readHook({ ...context, worktree, setting, configured, husky }, hook, resolve(git.baseDir, paths[i]!)),
  );
  return { setting, manager: husky === null ? null : 'husky', facts };
}

function readHook(situation: Situation, hook: string, absolute: string): Hooks['facts'][number] {
  const { worktree, setting, knowsConfigHooks, husky, cwd, script: program } = situation;
  const file = readHookFile(absolute);
  const named = situation.configured.find((one) => one.events.includes(hook) && isOurs(one, hook));
  const script = named === undefined ? null : readHookFile(join(worktree.commonDir, 'code-guardian/hooks', hook));
  const isInConfig = named !== undefined && knowsConfigHooks;
  const ours = isInConfig ? script : file;
  return {
    hook,
    absolute,
    path: shownFrom(worktree, absolute),
    word: wordFrom(cwd, absolute),
    file: file.kind,
    isExecutable: isExecutable(absolute),
    manager: husky !== null ? 'husky' : file.kind === 'foreign' ? (managerOf(file.text)?.name ?? null) : null,
    reach: isInConfig ? configReach(named, script) : findReach(worktree, hook, absolute, file, husky),
    isStale: ours?.kind === 'ours' && isStale(hook, ours, program),
    unused: findUnused(worktree, hook, absolute, named),
    way: wayToInstall(setting, {
      ownFolder: shellQuoted(join(worktree.commonDir, 'hooks')),
      install: worktree.top === null ? 'code-guardian install --server' : 'code-guardian install',
    }),
  };
}

/** git exits with 1 and prints nothing if the key is not set. */
async function readConfig({ git }: Worktree, args: readonly string[]): Promise<string> {
  const out = await git.read(['config', ...args]).catch((thrown: unknown) => {
    if (thrown instanceof GuardianError && thrown.exitCode === 1) return '';
    throw thrown;
  });
  return out.toString();
}

/** Husky's folder, if git looks there. Also null where `install` would refuse: then only git's own answer counts. */
async function findHusky(worktree: Worktree): Promise<string | null> {
  try {
    const folder = await findHooksFolder(worktree);
    return folder.kind === 'husky' ? folder.path : null;
  } catch (thrown) {
    if (thrown instanceof GuardianError && thrown.code === 'USAGE') return null;
    throw thrown;
  }
}

function isOurs({ name, command }: ConfigHook, hook: string): boolean {
  return name.startsWith('code-guardian') || callsUs(command, hook);
}

/** Managers that keep an earlier hook next to theirs and run it. */
const KEEPERS: ReadonlySet<string> = new Set(['pre-commit', 'prek']);

function findReach({ place }: Worktree, hook: string, path: string, file: HookFile, husky: string | null): Reach | null {
  if (file.kind === 'none') return null;
  if (file.kind === 'ours') return shimReach(path, file, null);
  const text = husky === null ? file.text : readText(join(husky, hook));
  const manager = managerOf(text);
  const kept = KEEPERS.has(manager?.name ?? '') ? readHookFile(`${path}.legacy`) : null;
  if (kept?.kind === 'ours') return shimReach(`${path}.legacy`, kept, manager!.name);
  const config = manager === undefined ? null : readConfigFile(place.folder, manager);
  const isGuest = callsUs(text, hook) || (config !== null && isCalledBy(manager!, config, hook));
  return isGuest ? { kind: 'guest', by: husky === null ? (manager?.name ?? 'your own hook') : 'husky' } : null;
}

function configReach({ name, command }: ConfigHook, script: HookFile | null): Reach {
  return { kind: 'config', name, command, content: script?.kind === 'ours' ? script.content : '' };
}

function shimReach(path: string, { content, original }: OurFile, by: string | null): Reach {
  return { kind: 'shim', path, content, original: existingIn(dirname(path), original), by };
}

function existingIn(folder: string, original: string): string {
  return original !== '' && existsSync(join(folder, original)) ? original : '';
}

function findUnused(worktree: Worktree, hook: string, path: string, configured: ConfigHook | undefined): string | null {
  const usual = join(worktree.commonDir, 'hooks', hook);
  if (usual !== path && readHookFile(usual).kind === 'ours') return shownFrom(worktree, usual);
  return configured === undefined ? null : `hook.${configured.name} in git’s config, but this git is too old for it`;
}

/** Whether this release would write a different shim for the same program. The program's path is checked separately. */
function isStale(hook: string, { content, original, madeFolders }: OurFile, program: string): boolean {
  const { node, script } = parseRuntime(content);
  return content !== renderShim({ ...readRuntime(program), node, script }, { name: hook, original, madeFolders });
}

function isExecutable(path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0;
}

/** One character per byte; '' if the file does not exist. */
function readText(path: string): string {
  return readTextOrNull(path, 'latin1') ?? '';
}

/** Relative to the top if it is inside. */
export function shownFrom({ place }: Pick<Worktree, 'place'>, path: string): string {
  const below = relative(place.folder, path);
  return below === '' || below === '..' || below.startsWith(`..${sep}`) ? path : below;
}

/** A path as a shell word, for a command to copy. */
export function wordFrom(cwd: string, path: string): string {
  const word = relative(cwd, path);
  return /^[\w@%+=:,./-]+$/.test(word) && !word.startsWith('-') ? word : shellQuoted(word);
}
