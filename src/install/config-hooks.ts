import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTextOrNull } from '../disk/read-file.ts';
import { stateFolder } from '../disk/state-folder.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Git, HooksHome } from './hooks-folder.ts';
import { joined, type Plan, type Step } from './plan.ts';
import { renderShim, type Runtime } from './shim.ts';

/** The first git version with config-based hooks. */
const FIRST_GIT = [2, 54] as const;

/** A hook of ours in the repository's config. */
interface ConfigHook {
  readonly command: string | null;
  readonly events: readonly string[];
}

/** git does not accept the name of an event as the name of a hook. */
function sectionOf(hook: string): string {
  return `hook.code-guardian-${hook}`;
}

/** Next to the ledger, where no other program looks for hooks. */
function folderOf(commonDir: string): string {
  return join(stateFolder(commonDir), 'hooks');
}

/** A shell command that survives moving the repository and works in all worktrees. */
function commandOf(hook: string): string {
  return `"$(git rev-parse --git-common-dir)/code-guardian/hooks/${hook}"`;
}

/** Whether this git has config-based hooks. */
export async function hasConfigHooks({ git }: Pick<HooksHome, 'git'>): Promise<boolean> {
  const [major, minor] = await readVersion(git);
  return major > FIRST_GIT[0] || (major === FIRST_GIT[0] && minor >= FIRST_GIT[1]);
}

async function readVersion(git: Git): Promise<readonly [major: number, minor: number]> {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec((await git.read(['version'])).toString()) ?? [];
  return [Number(major), Number(minor)];
}

/** Our hooks in the repository's config, by hook. */
export async function readConfigHooks({ git }: Pick<HooksHome, 'git'>): Promise<ReadonlyMap<string, ConfigHook>> {
  const args = ['config', '--local', '-z', '--get-regexp', String.raw`^hook\.code-guardian-.*\.(command|event)$`];
  const out = await git.read(args).catch((thrown: unknown) => {
    // git exits with 1 and prints nothing if the key is not set.
    if (thrown instanceof GuardianError && thrown.exitCode === 1) return '';
    throw thrown;
  });
  const hooks = new Map<string, ConfigHook>();
  for (const entry of out.toString().split('\0').filter(Boolean)) {
    const [, hook = '', key, value = ''] = /^hook\.code-guardian-(.*)\.(\w+)(?:\n([^]*))?$/.exec(entry) ?? [];
    const { command, events } = hooks.get(hook) ?? { command: null, events: [] };
    hooks.set(hook, key === 'command' ? { command: value, events } : { command, events: [...events, value] });
  }
  return hooks;
}

/**
 * Plans config-based hooks: for each a script and two keys in git's config.
 *
 * @throws GuardianError USAGE if git is too old: it would ignore them silently
 */
export async function planConfigHooks(home: HooksHome, hooks: readonly string[], runtime: Runtime): Promise<Plan> {
  if (!(await hasConfigHooks(home))) {
    const version = (await readVersion(home.git)).join('.');
    throw new GuardianError('USAGE', `git ${version} has no config-based hooks: they need ${FIRST_GIT.join('.')} or later`, {
      hint: 'Update git, or run `code-guardian install` without --config-hooks.',
    });
  }
  const there = await readConfigHooks(home);
  const folder = folderOf(home.commonDir);
  const plans = hooks.map((hook): Plan => {
    const path = join(folder, hook);
    const content = renderShim(runtime, { name: hook, original: '', madeFolders: 0 });
    const old = readTextOrNull(path, 'latin1');
    const { command, events } = there.get(hook) ?? { command: null, events: [] };
    const isNamed = command === commandOf(hook) && events.length === 1 && events[0] === hook;
    const steps: Step[] = [
      ...(old === content ? [] : [{ kind: 'write', path, content, mode: 0o755 } as const]),
      // The command first: with an event but no command, git dies whenever it looks for hooks, in `git commit` and most other commands.
      ...(isNamed
        ? []
        : [
            { kind: 'git', args: ['config', '--local', '--replace-all', `${sectionOf(hook)}.command`, commandOf(hook)] } as const,
            { kind: 'git', args: ['config', '--local', '--replace-all', `${sectionOf(hook)}.event`, hook] } as const,
          ]),
    ];
    const what = steps.length === 0 ? 'Already installed' : isNamed ? 'Updated' : 'Installed';
    return { steps, notes: [{ hook, heading: `${what} in git's config`, isChange: steps.length > 0 }] };
  });
  const steps = plans.flatMap((plan) => plan.steps);
  return {
    steps: steps.length === 0 || existsSync(folder) ? steps : [{ kind: 'make-folder', path: folder }, ...steps],
    notes: plans.flatMap(({ notes }) => notes),
  };
}

/** Removes them: both keys at once, then the script. */
export async function planConfigRemoval(home: HooksHome, hooks: readonly string[]): Promise<Plan> {
  const there = await readConfigHooks(home);
  const folder = folderOf(home.commonDir);
  const plans = hooks.map((hook): Plan => {
    const path = join(folder, hook);
    const isNamed = there.has(hook);
    const steps: Step[] = [
      ...(isNamed ? [{ kind: 'git', args: ['config', '--local', '--remove-section', sectionOf(hook)] } as const] : []),
      ...(existsSync(path) ? [{ kind: 'remove', path } as const] : []),
    ];
    return { steps, notes: isNamed ? [{ hook, heading: "Removed from git's config", isChange: true }] : [] };
  });
  const folders = existsSync(dirname(folder)) ? [folder, dirname(folder)] : [];
  return joined([...plans, { steps: folders.map((path) => ({ kind: 'remove-folder', path })), notes: [] }]);
}
