import type { Run } from '../command.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { runAndReport } from '../run-and-report.ts';

/** commit-msg FILE: looks at the message of the commit. */
export const run: Run = async ({ host, options, args: [hook = '', file] }) => {
  if (file === undefined) {
    throw new GuardianError('USAGE', 'hook commit-msg needs the file of the message', {
      hint: 'Git gives it: `code-guardian hook commit-msg "$1"`.',
    });
  }
  // Where all is well pre-commit has said so.
  return runAndReport({ host, options, target: { kind: 'message', file }, hook, isQuietWhenClean: true });
};
