import { GuardianError } from '../errors/guardian-error.ts';
import { isPassing } from '../errors/retry.ts';

/** How git ended, and what it wrote to stderr. */
export class GitExit extends Error {
  /** Null: by a signal. */
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(exitCode: number | undefined, stderr: string) {
    super(stderr || `git ended with ${exitCode ?? 'a signal'}`);
    this.exitCode = exitCode ?? null;
    this.stderr = stderr;
  }
}

/** What git itself wrote when it failed; '' if the failure was another one. */
export function stderrOf(thrown: unknown): string {
  return thrown instanceof GuardianError && thrown.cause instanceof GitExit ? thrown.cause.stderr : '';
}

/** Classifies an error from simple-git by git's own message (`LC_ALL=C`). */
export function gitError(thrown: unknown, args: readonly string[], retries: number): GuardianError {
  if (thrown instanceof GuardianError) return thrown;
  const said = wordsOf(thrown);
  if (/spawn git ENOENT/.test(said)) {
    return new GuardianError('GIT_FAILED', 'git: command not found', {
      hint: 'Install git, or add it to the PATH of hooks.',
      missingProgram: 'git',
      cause: thrown,
    });
  }
  if (/dubious ownership/.test(said)) {
    return new GuardianError('GIT_FAILED', 'git does not trust this repository: it is owned by another user', {
      hint: 'Trust it: `git config --global --add safe.directory PATH` with the path that `git status` prints.',
      cause: thrown,
    });
  }
  if (/not a git repository|usage: git diff --no-index/i.test(said)) {
    return new GuardianError('NOT_A_REPOSITORY', 'not a git repository', {
      hint: 'Change to a repository, or create one: `git init`',
      cause: thrown,
    });
  }
  if (isPassing(said)) {
    return new GuardianError(
      'GIT_FAILED',
      `git ${commandIn(args)} failed after ${retries} retries: ${withoutCredentials(firstLines(said, 1))}`,
      {
        hint: 'Try again when the machine and the repository are less busy. If a killed git left a `.lock` file in the git directory, remove it.',
        cause: thrown,
      },
    );
  }
  return new GuardianError('GIT_FAILED', `git ${commandIn(args)} failed: ${withoutCredentials(firstLines(said))}`, {
    hint: 'Run the same git command by hand. To find damaged objects: `git fsck`',
    ...(thrown instanceof GitExit && thrown.exitCode !== null ? { exitCode: thrown.exitCode } : {}),
    cause: thrown,
  });
}

/** The command among arguments for git. */
export function commandIn(args: readonly string[]): string {
  return args.find((arg) => !arg.startsWith('-')) ?? '';
}

/** The message of anything thrown. */
export function wordsOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).trim();
}

function firstLines(text: string, count = 3): string {
  return text.split('\n').slice(0, count).join(' | ');
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@\s]+@/g, '//…@');
}
