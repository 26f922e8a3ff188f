import type { RuleFailure } from '../../engine/scanner.ts';
import { GuardianError } from '../../errors/guardian-error.ts';

/** Files that a message names, at most. */
const MAX_NAMED = 10;

/**
 * A rule that was switched off for the rest of a run, as an error: the file it failed on, and the files it has not scanned since.
 *
 * @param ruleTimeout milliseconds
 */
export function ruleFailure({ rule, path, cause, missed }: RuleFailure, ruleTimeout: number): GuardianError {
  const details = {
    hint: `Switch the rule off (\`rules: { ${rule}: off }\`) or fix its pattern. It was switched off for the rest of this run.`,
    path,
  };
  return cause === null
    ? new GuardianError('TIMEOUT', `rule ${rule} was stopped after ${ruleTimeout} ms${since(missed)}`, details)
    : new GuardianError('DETECTOR_FAILED', `rule ${rule} failed: ${cause instanceof Error ? cause.message : 'it threw'}${since(missed)}`, {
        ...details,
        cause,
      });
}

function since(missed: readonly string[]): string {
  if (missed.length === 0) return '';
  const named = missed.slice(0, MAX_NAMED).join(', ');
  const more = missed.length > MAX_NAMED ? ` and ${missed.length - MAX_NAMED} more` : '';
  return `; not scanned by it since, although they contain one of its keywords: ${named}${more}`;
}
