import { describe, expect, it } from 'vitest';
import { createScanner } from '../../src/engine/scanner.ts';
import type { ConfigLayer } from '../../src/policy/config.ts';
import { judgeFinding } from '../../src/policy/judge.ts';
import { mergeConfig } from '../../src/policy/merge-config.ts';
import { compilePolicy, type Policy, severityIn } from '../../src/policy/policy.ts';
import { guardRequired, type Owner } from '../../src/policy/required.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { listRuleEntries } from '../../src/rules/rule-index.ts';
import type { ContentRule, Rule } from '../../src/engine/rule.ts';

type Layers = readonly (readonly [Owner, ConfigLayer])[];

function policyOf(...said: Layers): Policy {
  const layers = said.map(([owner, value]) => ({ owner, value }));
  const config = mergeConfig(layers.map(({ value }) => value));
  return compilePolicy(config, { only: [], skip: ['generic-secret', 'debugger', 'large-file', 'acme-key'] }, guardRequired(layers));
}

const ID = 'generic-secret';
const requires = (...ids: string[]): ConfigLayer => ({ security: { required: ids } });
const rule = (id: string): Rule => CATALOGUE.find((one) => one.id === id)!;
const loaded = ({ contentRules }: Policy, id: string): ContentRule =>
  contentRules.load(listRuleEntries().findIndex((head) => head.id === id))!;

/** What the rule makes of a value in a file, if anything. */
function judged(policy: Policy, path = 'src/a.js', { id = ID, value = 'abc-dummy' } = {}): string {
  if (policy.isIgnoredPath(path) || !policy.isActive(rule(id), path)) return 'not looked at';
  if (policy.isIgnoredValue(value, id, path)) return 'ignored';
  return judgeFinding(policy, { rule: id, path, severity: severityIn(policy, id, path, 'high'), moved: false });
}

const WEAKER: readonly (readonly [what: string, layer: ConfigLayer])[] = [
  ['switched off', { rules: { [ID]: 'off' } }],
  ['only warned of', { rules: { [ID]: 'warn' } }],
  ['of no weight', { rules: { [ID]: ['warn', { severity: 'info' }] } }],
  ['switched off in some files', { overrides: [{ files: ['src/**'], rules: { [ID]: 'off' } }] }],
  ['only warned of in some files', { overrides: [{ files: ['src/**'], rules: { [ID]: ['warn', { severity: 'info' }] } }] }],
  ['ignored by path', { ignore: { paths: ['src/**'] } }],
  ['ignored by value', { ignore: { values: ['^abc'] } }],
  ['ignored by word', { ignore: { words: ['dummy'] } }],
  ['let pass by an option', { rules: { [ID]: ['error', { allow: ['.'] }] } }],
  ['let pass by an option in some files', { overrides: [{ files: ['**'], rules: { [ID]: ['error', { allow: ['.'] }] } }] }],
  ['below what blocks', { failOn: 'critical' }],
  ['in a run that only warns', { failFast: false }],
];

describe('a rule that the organisation requires', () => {
  it.each(WEAKER)('blocks, whoever else wants it %s', (_, layer) => {
    for (const owner of ['user', 'repository', 'env', 'flags'] as const) {
      expect(judged(policyOf(['organisation', requires(ID)], [owner, layer]))).toBe('block');
      expect(judged(policyOf(['organisation', {}], [owner, layer])), 'not required').not.toBe('block');
    }
  });

  it('cannot be asked for more proof than its own', () => {
    const proof = (minEntropy: number): ConfigLayer => ({ rules: { [ID]: ['error', { minEntropy }] } });
    expect(loaded(policyOf(['organisation', requires(ID)], ['repository', proof(8)]), ID).minEntropy ?? 0).toBe(0);
    expect(loaded(policyOf(['organisation', { ...proof(4), ...requires(ID) }], ['repository', proof(8)]), ID).minEntropy).toBe(4);
    expect(loaded(policyOf(['organisation', { ...proof(4), ...requires(ID) }], ['repository', proof(2)]), ID).minEntropy).toBe(2);
    const acme: ConfigLayer = { customRules: [{ id: 'acme-key', keywords: ['acme_'], pattern: 'acme_[a-z]{8}', message: 'Acme key' }] };
    const inSources: ConfigLayer = { overrides: [{ files: ['src/**'], rules: { 'acme-key': ['error', { minEntropy: 8 }] } }] };
    const found = (...layers: Layers): number => {
      const policy = policyOf(...layers);
      const scanner = createScanner(policy.contentRules);
      return ['src/a.js', 'a.js'].flatMap((path) => scanner.scan({ bytes: Buffer.from('acme_abcdefgh'), path, isActive: () => true }))
        .length;
    };
    expect(found(['repository', { ...acme, ...inSources, ...requires('acme-key') }])).toBe(1);
    expect(found(['organisation', { ...acme, ...requires('acme-key') }], ['repository', inSources])).toBe(2);
  });

  it('keeps its own size of what is large', () => {
    const large: ConfigLayer = { rules: { 'large-file': ['error', { maxSize: 1e12 }] } };
    const sizeIn = (...layers: Layers) => policyOf(...layers).optionsOf('large-file', 'a').maxSize;
    expect(sizeIn(['organisation', requires('large-file')], ['repository', large])).toBe(5 * 2 ** 20);
    expect(sizeIn(['repository', { ...large, ...requires('large-file') }])).toBe(1e12);
  });

  it('keeps its pattern', () => {
    const acme = (pattern: string): ConfigLayer => ({
      customRules: [{ id: 'acme-key', keywords: ['acme_'], pattern, message: 'Acme key' }],
    });
    const policy = policyOf(['organisation', { ...acme('acme_x'), ...requires('acme-key') }], ['repository', acme('acme_never')]);
    expect(policy.contentRules.load(listRuleEntries().length)!.pattern.source).toBe('acme_x');
  });

  it('may be excepted by the organisation, and made stricter by anybody', () => {
    expect(judged(policyOf(['organisation', { ...requires(ID), ignore: { paths: ['src/**'] } }]))).toBe('not looked at');
    expect(judged(policyOf(['organisation', { ...requires(ID), rules: { [ID]: 'warn' } }]))).toBe('warn');
    expect(judged(policyOf(['organisation', { ...requires(ID), rules: { [ID]: 'warn' } }], ['flags', { rules: { [ID]: 'error' } }]))).toBe(
      'block',
    );
  });

  it('alone looks at files that others ignore', () => {
    const policy = policyOf(['organisation', requires(ID)], ['repository', { ignore: { paths: ['src/**'] } }]);
    expect([policy.isIgnoredPath('src/a.js'), policy.isActive(rule('jwt'), 'src/a.js'), policy.isActive(rule('jwt'), 'a.js')]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('a rule that the repository requires', () => {
  it.each(WEAKER.filter(([what]) => !what.startsWith('switched off')))('may be %s by the repository itself', (_, layer) => {
    expect(judged(policyOf(['repository', requires(ID)], ['repository', layer]))).not.toBe('block');
  });

  it.each(WEAKER.filter(([what]) => what.startsWith('switched off')))('is not %s even there', (_, layer) => {
    expect(judged(policyOf(['repository', { ...layer, ...requires(ID) }]))).toBe('block');
  });

  it.each(WEAKER)('is not %s by the user, by variables or by flags', (_, layer) => {
    for (const owner of ['user', 'env', 'flags'] as const) {
      expect(judged(policyOf(['repository', requires(ID)], [owner, layer]))).toBe('block');
    }
  });

  it('and the organisation too, is theirs', () => {
    const both: Layers = [
      ['organisation', requires(ID)],
      ['repository', { ...requires(ID), ignore: { words: ['dummy'] } }],
    ];
    expect(judged(policyOf(...both))).toBe('block');
    expect(judged(policyOf(['organisation', { ...requires(ID), ignore: { words: ['dummy'] } }], both[1]!))).toBe('ignored');
  });
});

it('without layers that have no say a rule needs no guard', () => {
  const layers = [
    { owner: 'organisation', value: {} },
    { owner: 'repository', value: requires(ID) },
  ] as const;
  expect(guardRequired(layers).size).toBe(0);
  expect(guardRequired([...layers, { owner: 'flags', value: {} }]).size).toBe(1);
});
