import fc from 'fast-check';
import type { ConfigLayer, CustomRule } from '../../src/policy/config.ts';

/** Rules of every kind: a leftover, one that is opt-in, secrets, one about files, and one that a config may bring. */
export const RULE_IDS = ['debugger', 'console-log', 'java-print', 'generic-secret', 'private-key', 'large-file', 'acme-key'];
export const PATHS = ['a.js', 'test/a.js', 'test/keep/a.js', 'dist/b.js'];

export const ids = fc.constantFrom(...RULE_IDS);
export const level = fc.constantFrom('error', 'warn', 'off');
const options = fc.record(
  {
    minEntropy: fc.integer({ min: 0, max: 8 }),
    severity: fc.constantFrom('critical', 'high', 'low'),
    allow: fc.subarray(['^a', '^b']),
    maxSize: fc.integer({ min: 1, max: 1e9 }),
  },
  { requiredKeys: [] },
);
export const setting = fc.oneof(level, fc.tuple(level, options));
export const rules = fc.dictionary(ids, setting, { maxKeys: 3 });
export const globs = fc.array(fc.constantFrom('test/**', '!test/keep/**', '*.js', 'dist/'), { maxLength: 3 });

export const acmeRule = fc.record<CustomRule>(
  {
    id: fc.constant('acme-key'),
    keywords: fc.constantFrom(['acme_'], ['acme_', 'acm_']),
    pattern: fc.constantFrom('acm', 'acme_[a-z]{8}'),
    message: fc.constant('Acme key'),
    severity: fc.constantFrom('high', 'low'),
    minEntropy: fc.integer({ min: 0, max: 3 }),
    paths: fc.constantFrom(['test/**'], ['test/**', '*.js']),
  },
  { requiredKeys: ['id', 'keywords', 'pattern', 'message'] },
);

/** Layers of all that a policy is made of. */
export const policyLayer = fc.record(
  {
    failFast: fc.boolean(),
    failOn: fc.constantFrom('critical', 'high', 'medium', 'low', 'info'),
    onIncomplete: fc.constantFrom('block', 'warn'),
    rules,
    customRules: fc.array(acmeRule, { maxLength: 1 }),
    ignore: fc.record(
      { paths: globs, values: fc.subarray(['^a', '^b']), words: fc.subarray(['dummy', 'test']) },
      { requiredKeys: ['paths', 'values', 'words'] },
    ),
    overrides: fc.array(fc.record({ files: fc.array(fc.constantFrom('test/**', '*.js', '**'), { minLength: 1, maxLength: 1 }), rules }), {
      maxLength: 3,
    }),
    security: fc.record({ required: fc.subarray(RULE_IDS, { maxLength: 2 }), allowSkip: fc.boolean() }),
    performance: fc.record({ maxFileSize: fc.constantFrom(1e6, 1e7), timeout: fc.constantFrom(1000, 60_000) }),
  },
  { requiredKeys: [] },
) as unknown as fc.Arbitrary<ConfigLayer>;
