import { asGuardianError } from '../../errors/guardian-error.ts';
import type { Check } from '../../report/health-report.ts';

/** A check that could not be made has failed, and says why. */
export async function attempt(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (thrown) {
    return failed(name, thrown);
  }
}

/** What was thrown, as a check. A config tells a mistake a line. */
export function failed(name: string, thrown: unknown): Check {
  const { message, hint } = asGuardianError(thrown);
  return { name, status: 'fail', detail: message.split('\n').join('; '), hint };
}
