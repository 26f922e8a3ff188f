import type { Run } from '../../cli/command.ts';
import { parseFrameworkPush, parsePushLines } from '../../diff/ref-update.ts';
import { runAndReport } from '../run-and-report.ts';
import { readHookInput } from './read-input.ts';

/** pre-push REMOTE URL: looks at every commit that the other side does not have. */
export const run: Run = async ({ host, options, args: [hook = '', remote = '', url = remote] }) => {
  const text = await readHookInput(host);
  // The pre-commit framework and prek give no standard input.
  const framework = text === '' ? parseFrameworkPush(host.env) : null;
  const target =
    framework === null
      ? { remote, url, updates: parsePushLines(text), isPartial: false }
      : { remote: framework.remote, url: framework.url, updates: [framework.update], isPartial: true };
  return runAndReport({ host, options, target: { kind: 'push', ...target }, hook });
};
