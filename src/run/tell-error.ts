import type { Host } from '../host/host.ts';
import type { GuardianError } from '../errors/guardian-error.ts';
import { withProgram } from '../host/program.ts';
import { renderError } from '../errors/render-error.ts';
import { RUNNER_COMMAND } from '../report/log-line.ts';

/** Prints an error on stderr, without the secrets that a name, a setting or git's own message may hold. */
export async function tellError(error: GuardianError, { stderr, env, program }: Host): Promise<void> {
  try {
    const { createRedactor } = await import('./redact-text.ts');
    stderr.write(forLog(createRedactor()(renderError(error, env['CODE_GUARDIAN_LOGGING_LEVEL'] === 'trace', program))));
  } catch {
    // Out of memory or file descriptors, for example. Leave out the message: it may hold a secret.
    stderr.write(`code-guardian: ${error.code}\n  ${withProgram(error.hint, program)}\n`);
  }
}

/** Prints warnings on stderr, without secrets either. */
export async function tellWarnings(warnings: readonly string[], { stderr, program }: Pick<Host, 'stderr' | 'program'>): Promise<void> {
  const { createRedactor } = await import('./redact-text.ts');
  const text = warnings.map((warning) => `warning: ${warning}\n`).join('');
  stderr.write(forLog(createRedactor()(withProgram(text, program))));
}

/** No name in a message starts a command of a CI runner. */
function forLog(text: string): string {
  return text.replace(RUNNER_COMMAND, '##$1\ufffd');
}
