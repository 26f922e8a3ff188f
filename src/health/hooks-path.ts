import type { Check } from '../report/health-report.ts';

/** `core.hooksPath` and where it is set. */
export interface HooksPath {
  /** `system`, `global`, `local`, `worktree` or `command`. */
  readonly scope: string;
  /** As git prints it: `file:/home/ada/.gitconfig`. */
  readonly origin: string;
  readonly value: string;
}

/** Output of `git config --show-scope --show-origin -z --get core.hooksPath` → the setting, or null. */
export function parseHooksPath(text: string): HooksPath | null {
  const [scope = '', origin = '', value] = text.split('\0');
  return value === undefined ? null : { scope, origin: origin.replace(/^file:/, ''), value };
}

/** @param manager the owner of the folder, if known */
export function judgeHooksPath(setting: HooksPath | null, manager: string | null): Check {
  const name = 'hooks-path';
  if (setting === null) return { name, status: 'ok', detail: 'core.hooksPath is not set: git uses its default folder' };
  const { scope, origin, value } = setting;
  const by = `(${scope}, ${origin === '' ? 'a variable' : origin})`;
  if (value === '') {
    return {
      name,
      status: 'fail',
      detail: `core.hooksPath is empty ${by}, so git runs no hooks`,
      hint: scope === 'command' ? COMMAND_WAY : `Run \`${unset(scope)}\`.`,
    };
  }
  if (scope === 'command') {
    return {
      name,
      status: 'warn',
      detail: `core.hooksPath is ${value} only for this command: other commands run other hooks`,
      hint: COMMAND_WAY,
    };
  }
  const whose = manager === null ? '' : `: ${manager}`;
  const isShared = scope !== 'local' && scope !== 'worktree';
  return { name, status: 'ok', detail: `core.hooksPath is ${value} ${by}${isShared ? ', for every repository' : whose}` };
}

/** Parts of the hint. */
export interface Ways {
  /** The default hooks folder of this repository, as a shell word. */
  readonly ownFolder: string;
  /** The command that installs the hooks. */
  readonly install: string;
}

/** How to get our hooks to run: `install` refuses if they would also run in other repositories, or never. */
export function wayToInstall(setting: HooksPath | null, { ownFolder, install }: Ways): string {
  const { scope, value } = setting ?? { scope: 'local', value: null };
  if (scope === 'command') return COMMAND_WAY;
  if (value === '') return `Run \`${unset(scope)}\`, then \`${install}\`.`;
  if (scope === 'local' || scope === 'worktree') return `Run \`${install}\`.`;
  return `Set it for this repository: \`git config core.hooksPath ${ownFolder}\`, then \`${install}\`. Or let the hooks in ${value} call \`code-guardian hook NAME\`.`;
}

const COMMAND_WAY = 'Run it without `git -c core.hooksPath=…`, and without GIT_CONFIG_… variables that set it.';

function unset(scope: string): string {
  return `git config --${scope} --unset core.hooksPath`;
}
