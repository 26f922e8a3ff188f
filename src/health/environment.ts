import type { Check } from '../report/health-report.ts';

/** Variables that switch hooks or rules off: meant for one command, but effective everywhere if set in a shell profile. */
export function judgeEnvironment(env: Readonly<Record<string, string | undefined>>): Check {
  const { CODE_GUARDIAN: isOn, CODE_GUARDIAN_SKIP: skip = '' } = env;
  const name = 'environment';
  if (isOn === '0') {
    return {
      name,
      status: 'warn',
      detail: 'CODE_GUARDIAN=0 switches the hooks off for every command in this shell',
      hint: 'Run `unset CODE_GUARDIAN` here, and remove it from your shell profile.',
    };
  }
  if (skip.trim() !== '') {
    return {
      name,
      status: 'warn',
      detail: `CODE_GUARDIAN_SKIP skips rules for every command in this shell: ${skip}`,
      hint: 'Run `unset CODE_GUARDIAN_SKIP` here, and remove it from your shell profile.',
    };
  }
  return { name, status: 'ok', detail: 'no variable switches off hooks or rules' };
}
