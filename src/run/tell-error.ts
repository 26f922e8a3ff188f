import type { Host } from '../host/host.ts';
import type { GuardianError } from '../errors/guardian-error.ts';
import { withProgram } from '../host/program.ts';
import { renderError } from '../errors/render-error.ts';
import { RUNNER_COMMAND } from '../report/log-line.ts';
import { openNotices } from './notices.ts';

/** Prints an error on stderr, without the secrets that a name, a setting or git's own message may hold. */
export async function tellError(error: GuardianError, host: Pick<Host, 'stderr' | 'env' | 'program'>): Promise<void> {
  const { env, program, stderr } = host;
  try {
    const { createRedactor } = await import('./redact-text.ts');
    const text = renderError(error, env['CODE_GUARDIAN_LOGGING_LEVEL'] === 'trace', program);
    (await openNotices(host)).error(forLog(createRedactor()(text)).replace(/\n$/, ''));
  } catch {
    // Out of memory or file descriptors, for example. Leave out the message: it may hold a secret.
    stderr.write(`code-guardian: ${error.code}\n  ${withProgram(error.hint, program)}\n`);
  }
}

/** Prints warnings on stderr, without secrets either. */
export async function tellWarnings(warnings: readonly string[], host: Pick<Host, 'stderr' | 'env' | 'program'>): Promise<void> {
  const { createRedactor } = await import('./redact-text.ts');
  const [redact, notices] = [createRedactor(), await openNotices(host)];
  for (const warning of warnings) notices.warn(forLog(redact(withProgram(warning, host.program))));
}

/** No name in a message starts a command of a CI runner. */
function forLog(text: string): string {
  return text.replace(RUNNER_COMMAND, '##$1\ufffd');
}
