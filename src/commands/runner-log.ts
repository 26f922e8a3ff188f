import { randomUUID } from 'node:crypto';
import type { Host } from '../host/host.ts';

/** Whether standard output is the log of GitHub Actions, whose runner looks for commands in every line. */
export function isRunnerLog({ env, stdout }: Pick<Host, 'env' | 'stdout'>): boolean {
  return env['GITHUB_ACTIONS'] === 'true' && !stdout.isTTY;
}

/**
 * Text that quotes a repository, for the log of a runner: until the token comes, it reads no command. A repository cannot know the token.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#stopping-and-starting-workflow-commands
 */
export function* withoutCommands(parts: Iterable<string>): Generator<string, void, undefined> {
  const token = randomUUID();
  let isStopped = false;
  for (const part of parts) {
    if (part === '') continue;
    if (!isStopped) yield `::stop-commands::${token}\n`;
    isStopped = true;
    yield part;
  }
  if (isStopped) yield `::${token}::\n`;
}
