import type { Host } from '../host/host.ts';
import type { GuardianError } from '../errors/guardian-error.ts';
import { renderError } from '../errors/render-error.ts';

/** Says on stderr what went wrong, without the secrets that a name, a setting or git's own words may hold. */
export async function tellError(error: GuardianError, { stderr, env }: Host): Promise<void> {
  try {
    const { createRedactor } = await import('./redact-text.ts');
    stderr.write(createRedactor()(renderError(error, env['CODE_GUARDIAN_LOGGING_LEVEL'] === 'trace')));
  } catch {
    // Out of memory or of files, say: what may hold a secret is left out.
    stderr.write(`code-guardian: ${error.code}\n  ${error.hint}\n`);
  }
}

/** Says on stderr what is not as it should be, in the same way. */
export async function tellWarnings(warnings: readonly string[], { stderr }: Pick<Host, 'stderr'>): Promise<void> {
  const { createRedactor } = await import('./redact-text.ts');
  stderr.write(createRedactor()(warnings.map((warning) => `warning: ${warning}\n`).join('')));
}
