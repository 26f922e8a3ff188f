import type { Run } from '../command.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { runAndReport } from '../run-and-report.ts';

/** commit-msg FILE: scans the commit message. */
export const run: Run = async ({ host, options, args: [hook = '', file] }) => {
  if (file === undefined) {
    throw new GuardianError('USAGE', 'hook commit-msg needs the message file', {
      hint: 'Pass on the argument from git: `code-guardian hook commit-msg "$1"`',
    });
  }
  // pre-commit has already printed that all is well.
  return runAndReport({ host, options, target: { kind: 'message', file }, hook, isQuietWhenClean: true });
};
