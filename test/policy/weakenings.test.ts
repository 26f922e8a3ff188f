import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropyOf } from '../../src/engine/entropy.ts';
import { type Config, type ConfigLayer, DEFAULT_CONFIG, type RuleSetting } from '../../src/policy/config.ts';
import { judgeFinding } from '../../src/policy/judge.ts';
import { mergeConfig } from '../../src/policy/merge-config.ts';
import { compilePolicy, type Policy } from '../../src/policy/policy.ts';
import { PRESETS } from '../../src/policy/presets.ts';
import { weakeningsOf } from '../../src/policy/weakenings.ts';
import { listRuleEntries } from '../../src/rules/rule-index.ts';
import { type Rule, SEVERITIES, type Severity } from '../../src/engine/rule.ts';
import { ids, PATHS, policyLayer, RULE_IDS } from './arbitrary-config.ts';

const VALUES = ['abc', 'bcd', 'a-dummy', 'xyz'];
const config = policyLayer.map((layer) => mergeConfig([layer]));
const of = (...layers: ConfigLayer[]): Config => mergeConfig(layers);

/** What a policy lets pass, asked of the policy itself: each a rule, a file, a value and how bad it is. */
function* blockedBy(policy: Policy): Generator<string> {
  const known = listRuleEntries().flatMap((head, owner) => (head.kind === 'content' && RULE_IDS.includes(head.id) ? [owner] : []));
  const custom = policy.config.customRules.map((_rule, i) => listRuleEntries().length + i);
  const content = [...known, ...custom].map((owner) => policy.contentRules.load(owner)).filter((rule) => rule !== null);
  for (const rule of [...content, ...policy.fileRules] as readonly Rule[]) {
    const { id } = rule;
    const isCustom = rule.kind === 'content' && rule.isCustom === true;
    const severities: readonly Severity[] = rule.category === 'secret' && !isCustom ? SEVERITIES : [rule.severity];
    for (const path of PATHS) {
      if (policy.isIgnoredPath(path) || !policy.isActive(rule, path)) continue;
      for (const severity of severities) {
        if (judgeFinding(policy, { rule: id, path, severity, moved: false }) !== 'block') continue;
        if (id === 'large-file') {
          for (const size of [1e3, 1e8])
            if (size > (policy.optionsOf(id, path).maxSize ?? 5 * 2 ** 20)) yield `${id} of ${size} bytes in ${path}`;
        } else if (rule.category === 'secret') {
          const least =
            policy.viewsOf(id)[0]!.optionsOf(id, path).minEntropy ?? (rule.kind === 'content' ? rule.minEntropy : undefined) ?? 0;
          const found = VALUES.filter((value) => entropyOf(value) >= least && !policy.isIgnoredValue(value, id, path));
          for (const value of found) yield `${id} ${value} in ${path}${isCustom ? '' : `, ${severity}`}`;
        } else {
          yield `${id} in ${path}`;
        }
      }
    }
  }
}

const compiled = (one: Config): Policy => compilePolicy(one, { only: [], skip: [] });

describe('weakenings', () => {
  it('of a config against itself are none', () => {
    fc.assert(
      fc.property(config, (one) => {
        expect(weakeningsOf(one, structuredClone(one))).toEqual([]);
      }),
    );
  });

  it('are named wherever something passes that was stopped', () => {
    const count = { weaker: 0, total: 0 };
    fc.assert(
      fc.property(config, config, (before, after) => {
        const stopped = new Set(blockedBy(compiled(after)));
        const passes = [...blockedBy(compiled(before))].filter((what) => !stopped.has(what));
        count.total++;
        if (passes.length === 0) return;
        count.weaker++;
        expect({ passes, words: weakeningsOf(before, after) }).not.toHaveProperty('words', []);
      }),
      { numRuns: 500 },
    );
    // The property is worth something only where there is something to find.
    expect(count.weaker).toBeGreaterThan(count.total / 4);
  });

  it('are named where one small thing passes that was stopped', () => {
    fc.assert(
      fc.property(
        policyLayer,
        policyLayer,
        fc.constantFrom('rules', 'overrides', 'ignore', 'failOn', 'failFast', 'customRules'),
        (a, b, key) => {
          const [before, after] = [of(a), of({ ...a, [key]: b[key as 'rules'] })];
          const stopped = new Set(blockedBy(compiled(after)));
          const passes = [...blockedBy(compiled(before))].filter((what) => !stopped.has(what));
          if (passes.length > 0) expect({ passes, words: weakeningsOf(before, after) }).not.toHaveProperty('words', []);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are none where a config only becomes stricter', () => {
    const raise = (setting: RuleSetting | undefined): RuleSetting => (typeof setting === 'object' ? ['error', setting[1]] : 'error');
    const steps: readonly ((one: Config, id: string) => Config)[] = [
      (one) => ({ ...one, failFast: true }),
      (one) => ({ ...one, stages: [...one.stages, { id: 'other-stage', command: ['x'] }] }),
      (one) => ({ ...one, failOn: 'info' }),
      (one) => ({ ...one, onIncomplete: 'block' }),
      (one, id) => ({
        ...one,
        security: { ...one.security, required: [...one.security.required, id], allowSkip: false, allowPushSkip: false },
      }),
      (one, id) => ({ ...one, rules: { ...one.rules, [id]: raise(one.rules[id]) } }),
      (one, id) => ({
        ...one,
        overrides: one.overrides.map(({ files, rules }) => ({
          files,
          rules: { ...rules, ...(id in rules ? { [id]: raise(rules[id]) } : {}) },
        })),
      }),
      (one) => ({ ...one, ignore: { ...one.ignore, paths: one.ignore.paths.filter((glob) => glob.startsWith('!')) } }),
      (one) => ({ ...one, ignore: { ...one.ignore, paths: [...one.ignore.paths, '!src/**'] } }),
      (one) => ({ ...one, ignore: { ...one.ignore, values: [], words: [] } }),
      (one) =>
        // Another one's options are not those of this one, and may stand below it.
        one.overrides.some(({ rules }) => 'debugger' in rules)
          ? one
          : { ...one, overrides: [...one.overrides, { files: ['src/**'], rules: { debugger: 'error' } }] },
      (one) => ({
        ...one,
        rules: { ...one.rules, 'other-key': 'error' },
        customRules: [...one.customRules, { id: 'other-key', keywords: ['other'], pattern: 'other', message: 'Other' }],
      }),
      (one) => ({ ...one, performance: { ...one.performance, maxFileSize: 1e9, timeout: 1e6 } }),
      (one) => ({ ...one, logging: { ...one.logging, level: 'silent' }, bail: 3 }),
    ];
    fc.assert(
      fc.property(config, ids, fc.subarray([...steps.keys()]), (before, id, chosen) => {
        const after = chosen.reduce((one, i) => steps[i]!(one, id), before);
        expect(weakeningsOf(before, after)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('are named in one direction at least, where what has an order differs', () => {
    const ordered = fc.record({
      failFast: fc.boolean(),
      failOn: fc.constantFrom(...SEVERITIES),
      onIncomplete: fc.constantFrom('block', 'warn'),
    });
    fc.assert(
      fc.property(ordered, ordered, (a, b) => {
        const [one, other] = [of(a), of(b)];
        const named = [weakeningsOf(one, other).length, weakeningsOf(other, one).length];
        expect(named[0]! + named[1]!).toBe(Object.keys(a).filter((key) => a[key as 'failOn'] !== b[key as 'failOn']).length);
      }),
    );
  });
});

const ACME = { id: 'acme-key', keywords: ['acme_'], pattern: 'acme_[a-z]{8}', message: 'Acme key' };

describe('in words', () => {
  const SITUATIONS: readonly (readonly [before: ConfigLayer, after: ConfigLayer, ...words: string[]])[] = [
    [{ failOn: 'medium' }, { failOn: 'critical' }, 'failOn: medium → critical'],
    [{}, { failFast: false }, 'failFast: true → false'],
    [{}, { onIncomplete: 'warn' }, 'onIncomplete: block → warn'],
    [{ onIncomplete: 'warn' }, { onIncomplete: 'warn', performance: { timeout: 1 } }, 'performance.timeout: 60000 → 1'],
    [{ onIncomplete: 'warn' }, { onIncomplete: 'warn', performance: { archiveDepth: 1 } }, 'performance.archiveDepth: 3 → 1'],
    [{}, { baseline: 'x.json' }, 'baseline: .code-guardian-baseline.json → x.json'],
    [{ security: { required: ['debugger'], allowSkip: false } }, {}, 'security.allowSkip: false → true', 'security.required: - debugger'],
    [{ rules: { debugger: 'error' } }, { rules: { debugger: 'off' } }, 'rules.debugger: error → off'],
    [{ rules: { debugger: 'error' } }, {}, 'rules.debugger: error → default'],
    [{}, { rules: { debugger: 'warn' } }, 'rules.debugger: default → warn'],
    [{ rules: { 'java-print': 'warn' } }, {}, 'rules.java-print: warn → default'],
    [
      {},
      { rules: { 'generic-secret': ['error', { minEntropy: 8, severity: 'info', allow: ['^x', '^y'] }] } },
      'rules.generic-secret.severity: high → info',
      'rules.generic-secret.minEntropy: 0 → 8',
      'rules.generic-secret.allow: + 2 patterns',
    ],
    [{}, { rules: { 'large-file': ['error', { maxSize: 1e9 }] } }, 'rules.large-file.maxSize: 5242880 → 1000000000'],
    [
      {},
      { ignore: { paths: ['src/**'], values: ['^x'], words: ['a', 'b'] } },
      'ignore.paths: + src/**',
      'ignore.values: + 1 pattern',
      'ignore.words: + 2 words',
    ],
    [{ ignore: { paths: ['a/**', '!a/b'] } }, { ignore: { paths: ['a/**'] } }, 'ignore.paths: - !a/b'],
    [{}, { overrides: [{ files: ['test/**'], rules: { debugger: 'off' } }] }, 'overrides: + test/** (debugger: off)'],
    [
      { rules: { debugger: 'off' }, overrides: [{ files: ['src/**'], rules: { debugger: 'error' } }] },
      {
        rules: { debugger: 'off' },
        overrides: [
          { files: ['src/**'], rules: { debugger: 'error' } },
          { files: ['src/a/**'], rules: { debugger: 'warn' } },
        ],
      },
      'overrides: + src/a/** (debugger: warn)',
    ],
    // Beside its other half a secret may be worse than its rule.
    [{ failOn: 'critical' }, { failOn: 'critical', rules: { 'generic-secret': 'warn' } }, 'rules.generic-secret: default → warn'],
    [
      { rules: { debugger: 'off' }, overrides: [{ files: ['src/**'], rules: { debugger: 'error' } }] },
      { rules: { debugger: 'off' } },
      'overrides: - src/** (debugger: error)',
    ],
    [
      { overrides: [{ files: ['src/**'], rules: { debugger: 'error' } }] },
      { overrides: [{ files: ['src/**'], rules: { debugger: 'warn' } }] },
      'overrides: src/**: debugger: error → warn',
    ],
    [{ customRules: [ACME] }, {}, 'customRules: acme-key taken out'],
    [
      { customRules: [ACME] },
      { customRules: [{ ...ACME, pattern: 'acme_[a-z]{9}', keywords: ['acm'], paths: ['src/**'], minEntropy: 3, severity: 'low' }] },
      'customRules: acme-key has another pattern',
      'customRules: acme-key has fewer keywords',
      'customRules: acme-key has other paths',
      'customRules: acme-key has minEntropy 0 → 3',
      'customRules: acme-key has severity high → low',
    ],
    [{}, { customRules: [ACME], rules: { 'acme-key': 'warn' } }, 'customRules: + acme-key, which may replace a blocking finding'],
  ];

  it.each(SITUATIONS.map(([before, after, ...words]) => [words.join('; '), before, after, words] as const))(
    '%s',
    (_, before, after, words) => {
      expect(weakeningsOf(of(before), of(after))).toEqual(words);
    },
  );

  it('show no value: patterns and words may hold one', () => {
    const canary = 'c4n4ry';
    const after = of({
      ignore: { values: [canary], words: [canary] },
      rules: { 'generic-secret': ['error', { allow: [canary] }] },
      customRules: [{ ...ACME, pattern: canary }],
    });
    for (const words of [weakeningsOf(DEFAULT_CONFIG, after), weakeningsOf(of({ customRules: [ACME] }), after)]) {
      expect(words.length).toBeGreaterThan(0);
      expect(words.join()).not.toContain(canary);
    }
  });
});

describe('no weakening', () => {
  const SITUATIONS: readonly (readonly [what: string, before: ConfigLayer, after: ConfigLayer])[] = [
    ['the recommended preset', {}, PRESETS['recommended']!],
    ['the strict one', {}, mergeConfig([PRESETS['recommended']!, PRESETS['strict']!])],
    ['a warning of what only warned', {}, { rules: { 'console-log': 'warn' } }],
    ['a rule that is opt-in', {}, { rules: { 'java-print': 'warn' } }],
    ['an opt-in rule that is switched off', {}, { rules: { 'java-print': 'off' } }],
    [
      'another order of rules',
      { rules: { debugger: 'warn', 'console-log': 'off' } },
      { rules: { 'console-log': 'off', debugger: 'warn' } },
    ],
    ['an exception that goes', { overrides: [{ files: ['test/**'], rules: { debugger: 'off' } }] }, {}],
    [
      'a stricter exception in place of a milder one',
      { overrides: [{ files: ['test/**'], rules: { debugger: 'off' } }] },
      { overrides: [{ files: ['test/**'], rules: { debugger: 'warn' } }] },
    ],
    ['a glob in the middle that goes', { ignore: { paths: ['a', 'b', 'c'] } }, { ignore: { paths: ['a', 'c'] } }],
    ['a rule that blocks', {}, { customRules: [ACME] }],
    ['a rule that is off', {}, { customRules: [ACME], rules: { 'acme-key': 'off' } }],
    [
      'more keywords, paths and severity',
      { customRules: [{ ...ACME, paths: ['a'] }] },
      { customRules: [{ ...ACME, keywords: ['acme_', 'acm'], severity: 'critical' }] },
    ],
    [
      'other words in a report',
      { customRules: [ACME] },
      { customRules: [{ ...ACME, message: 'Key', why: 'w', samples: { found: ['x'] } }] },
    ],
    ['a limit that blocks when it is reached', {}, { performance: { timeout: 1, maxFileSize: 1 } }],
    ['how much is said', {}, { logging: { level: 'silent' }, bail: 1, monitoring: { ledger: false } }],
  ];

  it.each(SITUATIONS)('is %s', (_, before, after) => {
    expect(weakeningsOf(of(before), of(after))).toEqual([]);
  });
});
