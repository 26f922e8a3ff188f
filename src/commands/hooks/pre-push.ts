import { readFileSync } from 'node:fs';
import type { Run } from '../command.ts';
import { parseFrameworkPush, parsePushLines } from '../../diff/ref-update.ts';
import type { PushAnswers } from '../../git/read-pushed.ts';
import { parsePushPipe, PUSH_PIPE_PROTOCOL } from '../../startup/read-piped-push.ts';
import { runAndReport } from '../run-and-report.ts';
import { readHookInput } from '../../startup/read-hook-input.ts';

const STDIN = 0;

/** pre-push REMOTE URL: scans every commit that the remote does not have. */
export const run: Run = async ({ host, options, args: [hook = '', remote = '', url = remote] }) => {
  const { told: text, ...piped } = options.piped === undefined ? { told: await readHookInput(host) } : readPipe(options.piped);
  // The pre-commit framework and prek pass no standard input.
  const framework = text === '' ? parseFrameworkPush(host.env) : null;
  const target =
    framework === null
      ? { remote, url, updates: parsePushLines(text), isPartial: false, ...piped }
      : { remote: framework.remote, url: framework.url, updates: [framework.update], isPartial: true };
  return runAndReport({ host, options, target: { kind: 'push', ...target }, hook });
};

/** Input from our shim. A shim of another release may have run other git commands: then ask git again. */
function readPipe(protocol: string): { readonly told: string; readonly answers?: PushAnswers } {
  const { told, answers } = parsePushPipe(readFileSync(STDIN, 'utf8'));
  return protocol === PUSH_PIPE_PROTOCOL ? { told, answers } : { told };
}
