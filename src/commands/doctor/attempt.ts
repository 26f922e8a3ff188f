import { asGuardianError } from '../../errors/guardian-error.ts';
import type { Check } from '../../report/health-report.ts';

/** Runs a check; if it throws, the check has failed. */
export async function attempt(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (thrown) {
    return failed(name, thrown);
  }
}

/** An error as a failed check. A config error has one line per mistake. */
export function failed(name: string, thrown: unknown): Check {
  const { message, hint } = asGuardianError(thrown);
  return { name, status: 'fail', detail: message.split('\n').join('; '), hint };
}
