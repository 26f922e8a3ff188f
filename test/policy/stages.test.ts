import { describe, expect, it } from 'vitest';
import { type Config, type ConfigLayer, DEFAULT_CONFIG, type StageConfig } from '../../src/policy/config.ts';
import { judgeFinding } from '../../src/policy/judge.ts';
import { mergeConfig } from '../../src/policy/merge-config.ts';
import { compilePolicy, type RunChoice, severityIn } from '../../src/policy/policy.ts';
import { takesResult } from '../../src/policy/takes-result.ts';
import { weakeningsOf } from '../../src/policy/weakenings.ts';

const eslint: StageConfig = { id: 'eslint', command: ['eslint', '{files}'] };
const of = (...stages: readonly StageConfig[]): Config => ({ ...DEFAULT_CONFIG, stages });

describe('stages of several layers', () => {
  it('are all there, and one takes the place of another with its name', () => {
    const layers: ConfigLayer[] = [
      { stages: [eslint, { use: 'npm-audit' }] },
      {
        stages: [
          { id: 'eslint', command: ['x'] },
          { id: 'npm-audit', command: ['y'] },
        ],
      },
    ];
    expect(mergeConfig(layers).stages).toEqual([
      { id: 'eslint', command: ['x'] },
      { id: 'npm-audit', command: ['y'] },
    ]);
  });
});

describe('a change of stages', () => {
  it.each<[what: string, before: Config, after: Config, words: string[]]>([
    ['that takes one out', of(eslint), of(), ['stages: - eslint']],
    ['that takes a known one out', of({ use: 'npm-audit' }), of(eslint), ['stages: - npm-audit']],
    ['of its command', of(eslint), of({ ...eslint, command: ['true'] }), ['stages: eslint: command changed']],
    [
      'of its files and hooks',
      of(eslint),
      of({ ...eslint, paths: ['x'], hooks: ['range'] }),
      ['stages: eslint: paths changed', 'stages: eslint: hooks changed'],
    ],
    ['of its severity', of({ ...eslint, severity: 'high' }), of(eslint), ['stages: eslint: severity changed']],
    ['of its time', of({ ...eslint, timeout: 1 }), of({ ...eslint, timeout: 2 }), []],
    ['that adds one', of(eslint), of(eslint, { use: 'osv-scanner' }), []],
    ['of their order', of(eslint, { use: 'osv-scanner' }), of({ use: 'osv-scanner' }, eslint), []],
  ])('%s', (_, before, after, words) => {
    expect(weakeningsOf(before, after)).toEqual(words);
  });
});

describe('what a policy makes of results', () => {
  const RULE = 'eslint/no-eval';
  const policy = (layer: ConfigLayer, choice: Partial<RunChoice> = {}) =>
    compilePolicy(mergeConfig([{ stages: [eslint] }, layer]), { only: [], skip: [], ...choice });
  const outcome = (layer: ConfigLayer, path = 'a.js') => judgeFinding(policy(layer), { rule: RULE, path, severity: 'high', moved: false });

  it.each<[what: string, layer: ConfigLayer, path: string, outcome: string]>([
    ['the severity decides', {}, 'a.js', 'block'],
    ['the level of the rule', { rules: { [RULE]: 'warn' } }, 'a.js', 'warn'],
    ['the level of the stage', { rules: { eslint: 'warn' } }, 'a.js', 'warn'],
    ['the rule before the stage', { rules: { eslint: 'warn', [RULE]: 'error' } }, 'a.js', 'block'],
    ['another rule says nothing', { rules: { 'eslint/no-var': 'warn' } }, 'a.js', 'block'],
    ['an override of the stage', { overrides: [{ files: ['test/**'], rules: { eslint: 'warn' } }] }, 'test/a.js', 'warn'],
    ['an override for other files', { overrides: [{ files: ['test/**'], rules: { eslint: 'warn' } }] }, 'a.js', 'block'],
  ])('%s', (_, layer, path, expected) => {
    expect(outcome(layer, path)).toBe(expected);
  });

  it('a severity of the config stands over theirs', () => {
    expect(severityIn(policy({ rules: { eslint: ['warn', { severity: 'low' }] } }), RULE, 'a.js', 'high')).toBe('low');
  });

  it.each<[what: string, layer: ConfigLayer, choice: Partial<RunChoice>, takes: boolean]>([
    ['by default', {}, {}, true],
    ['where the rule is off', { rules: { [RULE]: 'off' } }, {}, false],
    ['where the stage is off', { rules: { eslint: 'off' } }, {}, false],
    ['where the stage is off and the rule is not', { rules: { eslint: 'off', [RULE]: 'error' } }, {}, true],
    ['where the stage is off and required', { rules: { eslint: 'off' }, security: { required: ['eslint'] } }, {}, true],
    ['where it is skipped', {}, { skip: [RULE] }, false],
    ['where the stage is skipped', {}, { skip: ['eslint'] }, false],
    ['where the stage is skipped and required', { security: { required: ['eslint'] } }, { skip: ['eslint'] }, true],
    ['where only the stage is asked for', {}, { only: ['eslint'] }, true],
    ['where only another rule is asked for', {}, { only: ['jwt'] }, false],
  ])('counts, or not, %s', (_, layer, choice, takes) => {
    expect(takesResult(policy(layer, choice), { only: [], skip: [], ...choice }, RULE, 'a.js')).toBe(takes);
  });

  it('no comment switches off what is required, under any of its rules', () => {
    const required = policy({ security: { required: ['eslint'] } });
    expect([RULE, 'eslint', 'jwt'].map(required.isRequired)).toEqual([true, true, false]);
  });

  it('what others say of a required stage only makes it stricter', () => {
    const guards = new Map([['eslint', mergeConfig([{ stages: [eslint], security: { required: ['eslint'] } }])]]);
    const config = mergeConfig([{ stages: [eslint], security: { required: ['eslint'] } }, { rules: { eslint: 'warn' } }]);
    const guarded = compilePolicy(config, { only: [], skip: [] }, guards);
    expect(judgeFinding(guarded, { rule: RULE, path: 'a.js', severity: 'high', moved: false })).toBe('block');
  });
});
