import type { Run } from '../cli/command.ts';
import { EXIT } from '../cli/host.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { nearest } from '../errors/nearest.ts';
import type { Target } from '../run/target.ts';
import { runAndReport } from './run-and-report.ts';

/** What each hook looks at. Both run when the index holds what the commit will hold. */
const HOOKS: Readonly<Record<string, Target>> = {
  'pre-commit': { kind: 'staged' },
  'pre-merge-commit': { kind: 'staged' },
};

/** `code-guardian hook NAME [ARG…]`: what the shims and other hook managers call. Further arguments (file names) change nothing. */
export const run: Run = async ({ host, options, args }) => {
  const name = args[0]!;
  const target = HOOKS[name];
  if (target === undefined) {
    const near = nearest(name, Object.keys(HOOKS));
    throw new GuardianError('USAGE', `there is no hook ${JSON.stringify(name)}${near === null ? '' : `; did you mean ${near}?`}`, {
      hint: `Known hooks: ${Object.keys(HOOKS).join(', ')}.`,
    });
  }
  if (host.env['CODE_GUARDIAN'] === '0') {
    host.stderr.write('code-guardian: switched off by CODE_GUARDIAN=0\n');
    return EXIT.ok;
  }
  return runAndReport({ host, options, target, hook: name });
};
