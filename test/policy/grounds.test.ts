import { describe, expect, it } from 'vitest';
import type { ConfigLayer } from '../../src/policy/config.ts';
import { explainJudgement } from '../../src/policy/grounds.ts';
import { mergeConfig } from '../../src/policy/merge-config.ts';
import { compilePolicy } from '../../src/policy/policy.ts';
import { guardRequired, type Owner } from '../../src/policy/required.ts';

const FINDING = { rule: 'debugger', path: 'src/a.js', severity: 'high', moved: false } as const;

function explained(layer: ConfigLayer, changes: Partial<typeof FINDING> | { moved: boolean } = {}) {
  const { outcome, grounds, isRequired, isGuarded } = explainJudgement(compilePolicy(mergeConfig([layer]), { only: [], skip: [] }), {
    ...FINDING,
    ...changes,
  });
  return {
    outcome,
    isRequired,
    isGuarded,
    says: grounds.map(({ says, effect }) => `${says}: ${effect}`),
    keys: grounds.map(({ key }) => key.join('.')),
  };
}

describe('what decides about a finding', () => {
  it('is the severity where the config says nothing', () => {
    expect(explained({})).toEqual({
      outcome: 'block',
      isRequired: false,
      isGuarded: false,
      says: ['failOn: high: severity high is at or above it'],
      keys: ['failOn'],
    });
    expect(explained({ failOn: 'critical' })).toMatchObject({ outcome: 'warn', says: ['failOn: critical: severity high is below it'] });
  });

  it('is the level of the rule, and above it the last override that fits', () => {
    const rules = { rules: { debugger: 'warn' } } as const;
    expect(explained(rules)).toMatchObject({ outcome: 'warn', says: ['rules.debugger: warn: warns'], keys: ['rules.debugger'] });
    const overrides = [
      { files: ['**'], rules: { debugger: 'warn' } },
      { files: ['*.js'], rules: { debugger: 'error' } },
      { files: ['*.ts'], rules: { debugger: 'off' } },
      { files: ['src/**'], rules: { 'console-log': 'off' } },
    ] as const;
    expect(explained({ ...rules, overrides })).toMatchObject({
      outcome: 'block',
      says: ['overrides (*.js): debugger: error: blocks'],
      keys: ['overrides.1'],
    });
  });

  it('is that nothing blocks, or that it only moved', () => {
    expect(explained({ failFast: false })).toMatchObject({ outcome: 'warn', keys: ['failFast', 'failOn'] });
    expect(explained({}, { moved: true })).toMatchObject({ outcome: 'warn', says: [expect.stringContaining('moved'), expect.anything()] });
  });

  it('is that the rule is required', () => {
    const required = { security: { required: ['private-key', 'debugger'] } } as const;
    expect(explained({ ...required, rules: { debugger: 'off' } })).toMatchObject({
      outcome: 'block',
      isRequired: true,
      keys: ['security.required.1', 'failOn'],
    });
  });

  it('is what those say who require it, where others say less', () => {
    const layers: { owner: Owner; value: ConfigLayer }[] = [
      { owner: 'organisation', value: { security: { required: ['debugger'] } } },
      { owner: 'repository', value: { rules: { debugger: 'warn' } } },
    ];
    const policy = compilePolicy(mergeConfig(layers.map(({ value }) => value)), { only: [], skip: [] }, guardRequired(layers));
    expect(explainJudgement(policy, FINDING)).toMatchObject({ outcome: 'block', isGuarded: true });
  });
});
