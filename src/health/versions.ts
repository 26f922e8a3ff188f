import type { Check } from '../report/health-report.ts';

/** Older ones are not tested with. */
const OLDEST_GIT = '2.31';
/** The first that runs hooks which its config names. */
const CONFIG_HOOKS_GIT = '2.54';

/** `git version 2.39.5 (Apple Git-154)` → `2.39.5`; null where it says something else. */
export function parseGitVersion(text: string): string | null {
  return /^git version (\d+(?:\.\d+)+)/.exec(text)?.[1] ?? null;
}

/** Does this git run hooks of `hook.<name>.command`? */
export function knowsConfigHooks(version: string | null): boolean {
  return version !== null && isAtLeast(version, CONFIG_HOOKS_GIT);
}

/** @param version null where git gave none that can be read */
export function judgeGit(version: string | null): Check {
  if (version === null) {
    return {
      name: 'git',
      status: 'warn',
      detail: 'git gives no version',
      hint: 'See what `git version` prints, and which git is first on PATH.',
    };
  }
  if (!isAtLeast(version, OLDEST_GIT)) {
    return {
      name: 'git',
      status: 'warn',
      detail: `${version}, older than ${OLDEST_GIT}`,
      hint: `Install a newer git: nothing older than ${OLDEST_GIT} is tested.`,
    };
  }
  return { name: 'git', status: 'ok', detail: knowsConfigHooks(version) ? `${version}, which knows config-based hooks` : version };
}

/**
 * Node against what package.json asks for.
 *
 * @param version `v20.19.0`
 * @param engines ranges of the forms `^1.2.3` and `>=1.2.3`, with `||` between them
 */
export function judgeNode(version: string, engines: string): Check {
  const plain = version.replace(/^v/, '');
  if (engines.split('||').some((range) => isIn(plain, range.trim()))) return { name: 'node', status: 'ok', detail: plain };
  return {
    name: 'node',
    status: 'fail',
    detail: `${plain}, where ${engines} is needed`,
    hint: 'Install a Node of that range, then `code-guardian install`.',
  };
}

function isIn(version: string, range: string): boolean {
  const [, operator, least = ''] = /^(\^|>=)(\d+(?:\.\d+)*)$/.exec(range) ?? [];
  if (operator === undefined || !isAtLeast(version, least)) return false;
  return operator === '>=' || version.split('.')[0] === least.split('.')[0];
}

/** Compares numbers part by part; what follows the last part of `least` does not matter. */
function isAtLeast(version: string, least: string): boolean {
  const parts = version.split('.').map(Number);
  const wanted = least.split('.').map(Number);
  const at = wanted.findIndex((part, i) => (parts[i] ?? 0) !== part);
  return at < 0 || (parts[at] ?? 0) > wanted[at]!;
}
