import type { Check } from '../report/health-report.ts';

/** Older versions are not tested. */
const OLDEST_GIT = '2.31';
/** The first version with config-based hooks. */
const CONFIG_HOOKS_GIT = '2.54';

/** `git version 2.39.5 (Apple Git-154)` → `2.39.5`; null for anything else. */
export function parseGitVersion(text: string): string | null {
  return /^git version (\d+(?:\.\d+)+)/.exec(text)?.[1] ?? null;
}

/** Whether this git runs config-based hooks (`hook.<name>.command`). */
export function knowsConfigHooks(version: string | null): boolean {
  return version !== null && isAtLeast(version, CONFIG_HOOKS_GIT);
}

/** @param version null if git printed no readable one */
export function judgeGit(version: string | null): Check {
  if (version === null) {
    return {
      name: 'git',
      status: 'warn',
      detail: 'unknown git version',
      hint: 'Check the output of `git version`, and which git is first on PATH.',
    };
  }
  if (!isAtLeast(version, OLDEST_GIT)) {
    return {
      name: 'git',
      status: 'warn',
      detail: `${version}, older than ${OLDEST_GIT}`,
      hint: `Install git ${OLDEST_GIT} or later: older versions are not tested.`,
    };
  }
  return { name: 'git', status: 'ok', detail: knowsConfigHooks(version) ? `${version}, with config-based hooks` : version };
}

/**
 * Compares Node with the range in package.json.
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
    detail: `${plain}, but ${engines} is required`,
    hint: 'Install a supported Node, then run `code-guardian install`.',
  };
}

function isIn(version: string, range: string): boolean {
  const [, operator, least = ''] = /^(\^|>=)(\d+(?:\.\d+)*)$/.exec(range) ?? [];
  if (operator === undefined || !isAtLeast(version, least)) return false;
  return operator === '>=' || version.split('.')[0] === least.split('.')[0];
}

/** Compares versions part by part, up to the last part of `least`. */
function isAtLeast(version: string, least: string): boolean {
  const parts = version.split('.').map(Number);
  const wanted = least.split('.').map(Number);
  const at = wanted.findIndex((part, i) => (parts[i] ?? 0) !== part);
  return at < 0 || (parts[at] ?? 0) > wanted[at]!;
}
