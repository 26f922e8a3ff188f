import { withProgram } from '../host/program.ts';
import type { GuardianError } from './guardian-error.ts';

/**
 * An error for its reader: what happened, and how to fix it.
 *
 * @param isTraced adds the stack, which a bug (`INTERNAL`) always has
 * @param program how the reader starts this program
 */
export function renderError(error: GuardianError, isTraced: boolean, program?: string): string {
  const trace = isTraced || error.code === 'INTERNAL' ? `${stackOf(error.cause ?? error)}\n` : '';
  return `${withProgram(`code-guardian: ${error.message}\n  ${error.hint}\n`, program)}${trace}`;
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
