import { GuardianError } from './guardian-error.ts';

/** Stops the conversion of one item. It is not shown as an error; the report has the reason. */
export function cannotCarry(reason: string): never {
  throw new GuardianError('INPUT_INVALID', reason, { hint: 'Convert it by hand. To list every config key: `code-guardian config schema`' });
}

/** What `make` makes, or why it cannot. */
export function attempt<T>(make: () => T): { readonly made: T } | { readonly reason: string } {
  try {
    return { made: make() };
  } catch (thrown) {
    if (thrown instanceof GuardianError && thrown.code === 'INPUT_INVALID') return { reason: thrown.message };
    throw thrown;
  }
}
