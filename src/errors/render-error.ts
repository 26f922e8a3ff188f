import type { GuardianError } from './guardian-error.ts';

/**
 * An error as its reader sees it: what happened, and the way out.
 *
 * @param isTraced with the stack; a bug is always shown with it
 */
export function renderError(error: GuardianError, isTraced: boolean): string {
  const trace = isTraced || error.code === 'INTERNAL' ? `${stackOf(error.cause ?? error)}\n` : '';
  return `code-guardian: ${error.message}\n  ${error.hint}\n${trace}`;
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
