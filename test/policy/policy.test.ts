import { describe, expect, it } from 'vitest';
import { createScanner } from '../../src/engine/scanner.ts';
import { type Config, DEFAULT_CONFIG, type Level } from '../../src/policy/config.ts';
import { judgeRun, outcomeBy } from '../../src/policy/judge.ts';
import { compilePolicy, type Policy, severityIn } from '../../src/policy/policy.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import type { ContentRule, Rule, Severity } from '../../src/engine/rule.ts';

const NO_CHOICE = { only: [], skip: [] };
const policyOf = (config: Partial<Config> = {}, choice = NO_CHOICE as { only: string[]; skip: string[] }): Policy =>
  compilePolicy({ ...DEFAULT_CONFIG, ...config }, choice);
const rulesOn = ({ contentRules }: Policy): ContentRule[] =>
  [...new Set(contentRules.keywords.owners)].map((owner) => contentRules.load(owner)).filter((one) => one !== null);
const rule = (id: string): Rule => CATALOGUE.find((known) => known.id === id)!;
const security = (required: string[]) => ({ ...DEFAULT_CONFIG.security, required });

describe('which rules have a say', () => {
  it('is their own default, unless the policy says otherwise', () => {
    expect(policyOf().isActive(rule('debugger'), 'a.js')).toBe(true);
    expect(policyOf().isActive(rule('java-print'), 'A.java')).toBe(false);
    expect(policyOf({ rules: { debugger: 'off', 'java-print': 'warn' } }).isActive(rule('debugger'), 'a.js')).toBe(false);
    expect(policyOf({ rules: { 'java-print': ['warn', {}] } }).isActive(rule('java-print'), 'A.java')).toBe(true);
  });

  it('may differ by path, and the last override decides', () => {
    const overrides = [
      { files: ['test/**'], rules: { debugger: 'off' as const } },
      { files: ['test/keep/**'], rules: { debugger: 'error' as const } },
    ];
    const policy = policyOf({ overrides });
    expect(['a.js', 'test/a.js', 'test/keep/a.js'].map((path) => policy.isActive(rule('debugger'), path))).toEqual([true, false, true]);
    const [view] = policy.viewsOf('debugger');
    expect([view!.levelOf('debugger', 'test/keep/a.js'), view!.levelOf('debugger', 'a.js')]).toEqual(['error', null]);
  });

  it('is switched on by an override alone', () => {
    const policy = policyOf({ overrides: [{ files: ['src/**'], rules: { 'java-print': 'warn' } }] });
    expect([policy.isActive(rule('java-print'), 'src/A.java'), policy.isActive(rule('java-print'), 'A.java')]).toEqual([true, false]);
    expect(rulesOn(policy).length).toBeGreaterThan(rulesOn(policyOf()).length);
  });

  it('is only the chosen ones, without the skipped, but always the required', () => {
    expect(rulesOn(policyOf({}, { only: ['debugger'], skip: [] }))).toHaveLength(1);
    expect(rulesOn(policyOf({}, { only: [], skip: ['debugger'] }))).toHaveLength(rulesOn(policyOf()).length - 1);
    const required = policyOf({ security: security(['debugger']), rules: { debugger: 'off' } }, { only: [], skip: ['debugger'] });
    expect(required.isActive(rule('debugger'), 'a.js')).toBe(true);
    expect(required.isRequired('debugger')).toBe(true);
  });

  it('has custom rules, for the paths that they name', () => {
    const customRules = [
      { id: 'acme-key', keywords: ['acme_'], pattern: 'acme_[a-z]{8}', message: 'Acme key', paths: ['src/**'], minEntropy: 1 },
    ];
    const policy = policyOf({ customRules });
    const custom = rulesOn(policy).find(({ id }) => id === 'acme-key')!;
    expect(custom).toMatchObject({ severity: 'high', anchor: 'text', minEntropy: 1 });
    expect([policy.isActive(custom, 'src/a.js'), policy.isActive(custom, 'lib/a.js')]).toEqual([true, false]);
    expect(custom.samples()).toEqual({ found: [], ignored: [] });
  });
});

describe('options of a rule', () => {
  it('change its severity and its filter', () => {
    const policy = policyOf({ rules: { 'generic-secret': ['error', { severity: 'low', minEntropy: 5 }] } });
    expect(rulesOn(policy).find(({ id }) => id === 'generic-secret')).toMatchObject({
      severity: 'low',
      minEntropy: 5,
    });
    expect(severityIn(policy, 'generic-secret', 'a.js', 'high')).toBe('low');
    expect(severityIn(policy, 'debugger', 'a.js', 'high')).toBe('high');
  });

  it('hold for custom rules as well', () => {
    const customRules = [{ id: 'acme-key', keywords: ['acme_'], pattern: 'acme_[a-z]{8}', message: 'Acme key' }];
    const policy = policyOf({ customRules, rules: { 'acme-key': ['error', { severity: 'low', minEntropy: 2 }] } });
    const custom = rulesOn(policy).find(({ id }) => id === 'acme-key');
    expect(custom).toMatchObject({ severity: 'low', minEntropy: 2 });
    expect(rulesOn(policyOf({ customRules, rules: { 'acme-key': 'off' } }))).toHaveLength(rulesOn(policyOf()).length);
  });

  it('of an override stand over those of the rule, and a bare level leaves them be', () => {
    const policy = policyOf({
      rules: { 'generic-secret': ['error', { severity: 'low', minEntropy: 3, allow: ['^rule'] }] },
      overrides: [
        { files: ['test/**'], rules: { 'generic-secret': 'warn' } },
        { files: ['docs/**'], rules: { 'generic-secret': ['warn', { allow: ['^docs'], minEntropy: 1 }] } },
      ],
    });
    const [view] = policy.viewsOf('generic-secret');
    expect(view!.optionsOf('generic-secret', 'test/a.js')).toEqual({ severity: 'low', minEntropy: 3, allow: ['^rule'] });
    expect(view!.optionsOf('generic-secret', 'docs/a.md')).toEqual({ severity: 'low', minEntropy: 1, allow: ['^docs'] });
    const isIgnored = (value: string, path: string): boolean => policy.isIgnoredValue(value, 'generic-secret', path);
    expect([isIgnored('rule', 'a.js'), isIgnored('rule', 'test/a.js'), isIgnored('docs', 'a.js'), isIgnored('docs', 'docs/a.md')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it('ask for another entropy in some files', () => {
    const customRules = [{ id: 'acme-key', keywords: ['acme_'], pattern: 'acme_[a-z]+', message: 'Acme key', minEntropy: 3 }];
    const policy = policyOf({
      customRules,
      overrides: [
        { files: ['strict/**'], rules: { 'acme-key': ['error', { minEntropy: 0 }] } },
        { files: ['mild/**'], rules: { 'acme-key': ['error', { minEntropy: 4 }] } },
      ],
    });
    const scanner = createScanner(policy.contentRules);
    const found = (text: string): string[] =>
      ['a.js', 'strict/a.js', 'mild/a.js'].filter(
        (path) => scanner.scan({ bytes: Buffer.from(text), path, isActive: (one) => policy.isActive(one, path) }).length > 0,
      );
    expect(found('acme_aaaaaaaa')).toEqual(['strict/a.js']);
    expect(found('acme_bdfghijk')).toEqual(['a.js', 'strict/a.js']);
    expect(found('acme_bdfghijklnopqrstuvwxyz')).toEqual(['a.js', 'strict/a.js', 'mild/a.js']);
  });

  it('and of the policy let values pass', () => {
    const policy = policyOf({
      ignore: { paths: [], values: ['^demo'], words: ['Dummy'] },
      rules: { 'generic-secret': ['error', { allow: ['zz$'] }] },
    });
    expect(['demo-1', 'a-DUMMY-b', 'fizz'].map((value) => policy.isIgnoredValue(value, 'generic-secret', 'a.js'))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['a-demo', 'fizz'].map((value) => policy.isIgnoredValue(value, 'other-rule', 'a.js'))).toEqual([false, false]);
  });
});

describe('ignored paths', () => {
  const ignores = (paths: string[], path: string): boolean => policyOf({ ignore: { paths, values: [], words: [] } }).isIgnoredPath(path);

  it.each([
    [['**/fixtures/**'], 'a/fixtures/b/c.js', true],
    [['fixtures/'], 'fixtures/a/b.js', true],
    [['/docs/**'], 'docs/a.md', true],
    [['*.snap'], 'a/b/c.snap', true],
    [['src/*.js'], 'src/a/b.js', false],
    [['src/**', '!src/keep.js'], 'src/keep.js', false],
    [['.github/**'], '.github/workflows/a.yml', true],
    [['a[1].js'], 'a1.js', true],
    [[], 'a.js', false],
  ] as const)('%j and %s: %s', (globs, path, expected) => {
    expect(ignores([...globs], path)).toBe(expected);
  });
});

describe('a finding', () => {
  const judge = (severity: Severity, level: Level | null, { moved = false, ...config }: Partial<Config> & { moved?: boolean } = {}) =>
    outcomeBy({ ...DEFAULT_CONFIG, ...config }, { severity, level, moved });

  it('blocks from failOn on', () => {
    expect((['critical', 'high', 'medium', 'low', 'info'] as const).map((severity) => judge(severity, null))).toEqual([
      'block',
      'block',
      'warn',
      'warn',
      'note',
    ]);
    expect(judge('medium', null, { failOn: 'medium' })).toBe('block');
    expect(judge('info', null, { failOn: 'info' })).toBe('block');
  });

  it('is judged by the level where the policy names one', () => {
    expect(judge('info', 'error')).toBe('block');
    expect(judge('critical', 'warn')).toBe('warn');
    expect(judge('info', 'warn')).toBe('warn');
  });

  it('only warns where it has moved, and where nothing may block', () => {
    expect(judge('critical', null, { moved: true })).toBe('warn');
    expect(judge('critical', 'error', { failFast: false })).toBe('warn');
  });
});

describe('a run', () => {
  it('is as bad as its worst finding, and never clean where it did not look', () => {
    expect(judgeRun([], true)).toBe('clean');
    expect(judgeRun(['note'], true)).toBe('clean');
    expect(judgeRun(['note', 'warn'], true)).toBe('warned');
    expect(judgeRun(['warn', 'block'], true)).toBe('blocked');
    expect(judgeRun([], false)).toBe('incomplete');
    expect(judgeRun(['warn'], false)).toBe('incomplete');
    expect(judgeRun(['block'], false)).toBe('blocked');
  });
});

it('finds nothing random in the baseline itself, but everything else', () => {
  const policy = policyOf();
  expect(policy.isActive(rule('generic-secret'), '.code-guardian-baseline.json')).toBe(false);
  expect(policy.isActive(rule('github-token'), '.code-guardian-baseline.json')).toBe(true);
  expect(policyOf({ baseline: 'other.json' }).isActive(rule('generic-secret'), '.code-guardian-baseline.json')).toBe(true);
});
