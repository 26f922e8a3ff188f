import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Config, type ConfigLayer, DEFAULT_CONFIG, type RuleSetting } from '../../src/policy/config.ts';
import { enforceOn } from '../../src/policy/enforce.ts';
import { mergeConfig } from '../../src/policy/merge-config.ts';
import { levelIn, LEVELS, optionsIn } from '../../src/policy/rule-setting.ts';
import { isWeaker, ORDERED_KEYS } from '../../src/policy/strictness.ts';
import { createView } from '../../src/policy/view.ts';
import { PATHS, policyLayer } from './arbitrary-config.ts';

/** The config that holds, of layers over the defaults and what is enforced on them. */
function enforced(enforce: ConfigLayer, ...layers: readonly ConfigLayer[]): Config {
  const all = [DEFAULT_CONFIG, ...layers].map((value) => ({ value }));
  const { layers: allowed, above } = enforceOn(all, enforce);
  return mergeConfig([...allowed.map(({ value }) => value), above]);
}

const layers = fc.array(policyLayer, { maxLength: 3 });
const valueAt = (config: object, key: string): unknown =>
  key.split('.').reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], config);

describe('what is enforced', () => {
  it('holds, or something stricter, where values have an order', () => {
    fc.assert(
      fc.property(policyLayer, layers, (enforce, others) => {
        const [config, without] = [enforced(enforce, ...others), mergeConfig(others)];
        for (const key of ORDERED_KEYS) {
          expect(isWeaker(key, valueAt(config, key), valueAt(enforce, key))).toBe(false);
          expect(isWeaker(key, valueAt(config, key), valueAt(without, key))).toBe(false);
          expect([valueAt(enforce, key), valueAt(without, key)]).toContain(valueAt(config, key));
        }
      }),
    );
  });

  it('holds in every file, where it is the level of a rule, with its options alone', () => {
    fc.assert(
      fc.property(policyLayer, layers, ({ overrides: _, ...enforce }, others) => {
        const { security: __, ...unrequired } = enforced(enforce, ...others);
        const view = createView({ ...unrequired, security: DEFAULT_CONFIG.security });
        for (const [id, setting] of Object.entries(enforce.rules ?? {}) as [string, RuleSetting][]) {
          for (const path of PATHS) {
            expect(LEVELS.indexOf(view.levelOf(id, path)!)).toBeGreaterThanOrEqual(LEVELS.indexOf(levelIn(setting)!));
            expect(view.optionsOf(id, path)).toEqual(optionsIn(setting));
          }
        }
      }),
    );
  });

  it('closes a list of what is ignored, unites what is required, and replaces custom rules', () => {
    fc.assert(
      fc.property(policyLayer, layers, (enforce, others) => {
        const [config, without] = [enforced(enforce, ...others), mergeConfig(others)];
        for (const key of ['paths', 'values', 'words'] as const) {
          expect(config.ignore[key]).toEqual(enforce.ignore?.[key] ?? without.ignore[key]);
        }
        expect(config.security.required).toEqual([...without.security.required, ...(enforce.security?.required ?? [])]);
        for (const rule of enforce.customRules ?? []) expect(config.customRules).toContain(rule);
      }),
    );
  });

  it('changes nothing where it is empty', () => {
    fc.assert(
      fc.property(layers, (others) => {
        expect(enforced({}, ...others)).toEqual(mergeConfig(others));
      }),
    );
  });
});

describe('for example', () => {
  it('a level lets a stricter one be, and takes milder ones out of overrides', () => {
    const override = (files: string, level: 'off' | 'warn' | 'error') => ({
      files: [files],
      rules: { debugger: level, 'console-log': level },
    });
    const { rules, overrides } = enforced(
      { rules: { debugger: 'warn' } },
      { rules: { debugger: ['error', { severity: 'info' }] }, overrides: [override('a/**', 'off'), override('b/**', 'error')] },
      { overrides: [{ files: ['c/**'], rules: { debugger: 'off' } }] },
    );
    expect(rules).toEqual({ debugger: 'error' });
    expect(overrides).toEqual([
      { files: ['a/**'], rules: { 'console-log': 'off' } },
      { files: ['b/**'], rules: { debugger: 'error', 'console-log': 'error' } },
    ]);
  });

  it('keys without an order are as they are given', () => {
    const config = enforced(
      { baseline: 'theirs.json', bail: 0, performance: { timeout: 1000 }, monitoring: { ledger: true } },
      { baseline: 'ours.json', bail: 9, performance: { timeout: 5, maxFileSize: 7 }, monitoring: { ledger: false } },
    );
    expect(config).toMatchObject({
      baseline: 'theirs.json',
      bail: 0,
      performance: { timeout: 1000, maxFileSize: 7 },
      monitoring: { ledger: true },
    });
  });

  it('an empty list lets nobody ignore anything in that way', () => {
    const { ignore } = enforced({ ignore: { paths: [] } }, { ignore: { paths: ['src/**'], words: ['dummy'] } });
    expect(ignore).toEqual({ paths: [], values: [], words: ['dummy'] });
  });
});
