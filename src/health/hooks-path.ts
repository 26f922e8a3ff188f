import type { Check } from '../report/health-report.ts';

/** `core.hooksPath`, and who set it. */
export interface HooksPath {
  /** `system`, `global`, `local`, `worktree` or `command`. */
  readonly scope: string;
  /** As git names it: `file:/home/ada/.gitconfig`. */
  readonly origin: string;
  readonly value: string;
}

/** What `git config --show-scope --show-origin -z --get core.hooksPath` prints → the setting; null: there is none. */
export function parseHooksPath(text: string): HooksPath | null {
  const [scope = '', origin = '', value] = text.split('\0');
  return value === undefined ? null : { scope, origin: origin.replace(/^file:/, ''), value };
}

/** @param manager whose folder it is, where that is known */
export function judgeHooksPath(setting: HooksPath | null, manager: string | null): Check {
  const name = 'hooks-path';
  if (setting === null) return { name, status: 'ok', detail: 'core.hooksPath is not set: git looks in its own folder' };
  const { scope, origin, value } = setting;
  const by = `(${scope}, ${origin === '' ? 'a variable' : origin})`;
  if (value === '') {
    return {
      name,
      status: 'fail',
      detail: `core.hooksPath is set to nothing ${by}, so git runs no hooks at all`,
      hint: scope === 'command' ? COMMAND_WAY : `Run \`${unset(scope)}\`.`,
    };
  }
  if (scope === 'command') {
    return {
      name,
      status: 'warn',
      detail: `core.hooksPath is ${value} for this command alone: other commands run other hooks`,
      hint: COMMAND_WAY,
    };
  }
  const whose = manager === null ? '' : `: ${manager}`;
  const isShared = scope !== 'local' && scope !== 'worktree';
  return { name, status: 'ok', detail: `core.hooksPath is ${value} ${by}${isShared ? ', for every repository' : whose}` };
}

/** What goes into the way out. */
export interface Ways {
  /** Git's own hooks folder of this repository, as a word of a shell. */
  readonly ownFolder: string;
  /** The command that wires the hooks. */
  readonly install: string;
}

/** What has to be done so that our hooks run: `install` refuses where they would run elsewhere too, or never. */
export function wayToInstall(setting: HooksPath | null, { ownFolder, install }: Ways): string {
  const { scope, value } = setting ?? { scope: 'local', value: null };
  if (scope === 'command') return COMMAND_WAY;
  if (value === '') return `Run \`${unset(scope)}\`, then \`${install}\`.`;
  if (scope === 'local' || scope === 'worktree') return `Run \`${install}\`.`;
  return `Give this repository its own: \`git config core.hooksPath ${ownFolder}\`, then \`${install}\`. Or let the hooks in ${value} call \`code-guardian hook NAME\`.`;
}

const COMMAND_WAY = 'Run it without `git -c core.hooksPath=…` and without GIT_CONFIG_… variables that say the same.';

function unset(scope: string): string {
  return `git config --${scope} --unset core.hooksPath`;
}
