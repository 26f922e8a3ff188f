import { describe, expect, it } from 'vitest';
import type { GuardianError } from '../../../src/errors/guardian-error.ts';
import { type Config, DEFAULT_CONFIG } from '../../../src/policy/config.ts';
import { compilePolicy } from '../../../src/policy/policy.ts';
import { withinTime } from '../../../src/run/limits/ignored-values.ts';

const policyOf = (config: Partial<Config>) => compilePolicy({ ...DEFAULT_CONFIG, ...config }, { only: [], skip: [] });
const RUNS_AWAY = '(a+)+$';
const VALUE = `${'a'.repeat(5000)}!`;

describe('patterns of ignored values', () => {
  it('are asked as they are while they keep to their time', () => {
    const errors: GuardianError[] = [];
    const ignored = withinTime(policyOf({ ignore: { paths: [], values: ['^acme'], words: [] } }), 100, (error) => errors.push(error));
    expect(['acme1', 'other'].map((value) => ignored.isIgnoredValue(value, 'generic-secret', 'a'))).toEqual([true, false]);
    expect(errors).toEqual([]);
  });

  it.each<[string, Partial<Config>]>([
    ['ignore.values', { ignore: { paths: [], values: [RUNS_AWAY, '^acme'], words: ['acme'] } }],
    ['allow', { rules: { 'generic-secret': ['error', { allow: [RUNS_AWAY, '^acme'] }] } }],
    ['allow in an override', { overrides: [{ files: ['*'], rules: { 'generic-secret': ['error', { allow: [RUNS_AWAY] }] } }] }],
  ])('that run away are stopped, and then nothing passes: %s', (_what, config) => {
    const errors: GuardianError[] = [];
    const ignored = withinTime(policyOf(config), 50, (error) => errors.push(error));
    for (const value of [VALUE, VALUE, 'acme1']) expect(ignored.isIgnoredValue(value, 'generic-secret', 'a')).toBe(false);
    expect(errors).toMatchObject([{ code: 'TIMEOUT', path: 'a', message: expect.stringContaining('generic-secret') }]);
  });

  it('cost nothing where there are none', () => {
    const policy = policyOf({ ignore: { paths: [], values: [], words: ['dummy'] } });
    expect(withinTime(policy, 100, () => undefined)).toBe(policy);
  });
});
