import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTextOrNull } from '../disk/read-file.ts';
import { stateFolder } from '../disk/state-folder.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Git, HooksHome } from './hooks-folder.ts';
import { joined, type Plan, type Step } from './plan.ts';
import { renderShim, type Runtime } from './shim.ts';

/** The first git that reads hooks from its config. */
const FIRST_GIT = [2, 54] as const;

/** A hook of ours in the repository's config. */
interface ConfigHook {
  readonly command: string | null;
  readonly events: readonly string[];
}

/** Git takes the name of an event for no name of a hook. */
function sectionOf(hook: string): string {
  return `hook.code-guardian-${hook}`;
}

/** Beside the ledger, where no other program looks for hooks. */
function folderOf(commonDir: string): string {
  return join(stateFolder(commonDir), 'hooks');
}

/** For a shell. The repository may be moved, and this is right in all its worktrees. */
function commandOf(hook: string): string {
  return `"$(git rev-parse --git-common-dir)/code-guardian/hooks/${hook}"`;
}

/** Whether the git that is run here reads hooks from its config. */
export async function hasConfigHooks({ git }: Pick<HooksHome, 'git'>): Promise<boolean> {
  const [major, minor] = await readVersion(git);
  return major > FIRST_GIT[0] || (major === FIRST_GIT[0] && minor >= FIRST_GIT[1]);
}

async function readVersion(git: Git): Promise<readonly [major: number, minor: number]> {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec((await git.read(['version'])).toString()) ?? [];
  return [Number(major), Number(minor)];
}

/** What the repository's config says of hooks of ours, by the hook. */
export async function readConfigHooks({ git }: Pick<HooksHome, 'git'>): Promise<ReadonlyMap<string, ConfigHook>> {
  const args = ['config', '--local', '-z', '--get-regexp', String.raw`^hook\.code-guardian-.*\.(command|event)$`];
  const out = await git.read(args).catch((thrown: unknown) => {
    // Git says by exit code 1, without a word, that there is no such key.
    if (thrown instanceof GuardianError && /ended with 1\b/.test(thrown.message)) return '';
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
 * Plans hooks in git's config: each a script of ours and two keys that name it.
 *
 * @throws GuardianError USAGE where git is too old to read them, which it would do in silence
 */
export async function planConfigHooks(home: HooksHome, hooks: readonly string[], runtime: Runtime): Promise<Plan> {
  if (!(await hasConfigHooks(home))) {
    const version = (await readVersion(home.git)).join('.');
    throw new GuardianError('USAGE', `git ${version} runs no hooks from its config: that takes ${FIRST_GIT.join('.')} or later`, {
      hint: 'Leave out --config-hooks, or update git.',
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
      // In this order: a hook with an event and no command makes git die wherever it looks for hooks, `git commit` and most others.
      ...(isNamed
        ? []
        : [
            { kind: 'git', args: ['config', '--local', '--replace-all', `${sectionOf(hook)}.command`, commandOf(hook)] } as const,
            { kind: 'git', args: ['config', '--local', '--replace-all', `${sectionOf(hook)}.event`, hook] } as const,
          ]),
    ];
    const what = steps.length === 0 ? 'already installed' : isNamed ? 'brought up to date' : 'installed';
    return { steps, notes: [{ hook, heading: `${what} in git's config`, isChange: steps.length > 0 }] };
  });
  const steps = plans.flatMap((plan) => plan.steps);
  return {
    steps: steps.length === 0 || existsSync(folder) ? steps : [{ kind: 'make-folder', path: folder }, ...steps],
    notes: plans.flatMap(({ notes }) => notes),
  };
}

/** Takes them out again: both keys at once, then the script. */
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
    return { steps, notes: isNamed ? [{ hook, heading: "taken out of git's config", isChange: true }] : [] };
  });
  const folders = existsSync(dirname(folder)) ? [folder, dirname(folder)] : [];
  return joined([...plans, { steps: folders.map((path) => ({ kind: 'remove-folder', path })), notes: [] }]);
}
