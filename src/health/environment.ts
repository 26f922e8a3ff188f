import type { Check } from '../report/health-report.ts';

/** Variables that keep hooks from looking: meant for one command, and forgotten in a profile they hold for all. */
export function judgeEnvironment(env: Readonly<Record<string, string | undefined>>): Check {
  const { CODE_GUARDIAN: isOn, CODE_GUARDIAN_SKIP: skip = '' } = env;
  const name = 'environment';
  if (isOn === '0') {
    return {
      name,
      status: 'warn',
      detail: 'CODE_GUARDIAN=0 switches the hooks off for all that is run from here',
      hint: 'Set it for one command only: `unset CODE_GUARDIAN` here, and look for it in your shell’s profile.',
    };
  }
  if (skip.trim() !== '') {
    return {
      name,
      status: 'warn',
      detail: `CODE_GUARDIAN_SKIP leaves out rules for all that is run from here: ${skip}`,
      hint: 'Set it for one command only: `unset CODE_GUARDIAN_SKIP` here, and look for it in your shell’s profile.',
    };
  }
  return { name, status: 'ok', detail: 'no variable switches hooks or rules off' };
}
