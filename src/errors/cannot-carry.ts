import { GuardianError } from './guardian-error.ts';

/** Ends the translation of one thing: nobody sees it as an error, the report says the reason. */
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
