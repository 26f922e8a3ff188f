import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Config, type ConfigLayer, DEFAULT_CONFIG } from '../../src/policy/config.ts';
import { isTree, mergeConfig, mergeLayers } from '../../src/policy/merge-config.ts';
import { PRESETS } from '../../src/policy/presets.ts';
import { listRuleEntries } from '../../src/rules/rule-index.ts';

const ids = fc.constantFrom('debugger', 'console-log', 'acme-key', '__proto__', 'constructor');
const setting = fc.oneof(
  fc.constantFrom('error', 'warn', 'off'),
  fc.tuple(fc.constantFrom('error', 'warn', 'off'), fc.record({ minEntropy: fc.integer({ min: 0, max: 8 }) })),
);
const rules = fc.dictionary(ids, setting, { maxKeys: 3 });
const texts = fc.array(fc.constantFrom('a', 'b', '!a'), { maxLength: 2 });
const customRules = fc.array(fc.record({ id: ids, keywords: fc.constant(['acme']), pattern: fc.constant('acme'), message: fc.string() }), {
  maxLength: 3,
});
const overrides = fc.array(fc.record({ files: texts, rules }), { maxLength: 2 });

/** Layers of every kind of key: scalars, objects, rules, lists that grow. */
const layer = fc.record(
  {
    failFast: fc.boolean(),
    failOn: fc.constantFrom('high', 'low'),
    bail: fc.integer({ min: 0, max: 9 }),
    rules,
    customRules,
    overrides,
    ignore: fc.record({ paths: texts, values: texts, words: texts }, { requiredKeys: [] }),
    logging: fc.record({ level: fc.constantFrom('info', 'debug'), file: fc.option(fc.constant('x.log')) }, { requiredKeys: [] }),
    security: fc.record({ required: fc.array(ids, { maxLength: 2 }), allowSkip: fc.boolean() }, { requiredKeys: [] }),
    performance: fc.record(
      { timeout: fc.nat(), concurrency: fc.oneof(fc.constant('auto'), fc.integer({ min: 1, max: 8 })) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
) as unknown as fc.Arbitrary<ConfigLayer>;

function keysOf(value: unknown, path = ''): string[] {
  return isTree(value) && path !== 'rules'
    ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`))
    : [path];
}

describe('merging', () => {
  it('may be done in parts: only the order matters', () => {
    fc.assert(
      fc.property(layer, layer, layer, (a, b, c) => {
        const whole = mergeLayers([a, b, c]);
        expect(mergeLayers([mergeLayers([a, b]), c])).toEqual(whole);
        expect(mergeLayers([a, mergeLayers([b, c])])).toEqual(whole);
      }),
    );
  });

  it('with an empty layer changes nothing', () => {
    fc.assert(
      fc.property(layer, (a) => {
        expect(mergeLayers([a, {}])).toEqual(mergeLayers([{}, a]));
        expect(mergeLayers([a, {}, { ignore: {}, rules: undefined }])).toEqual(mergeLayers([a, { ignore: {} }]));
      }),
    );
  });

  it('lets the later layer win, key by key', () => {
    fc.assert(
      fc.property(layer, layer, (below, above) => {
        const merged = mergeConfig([below, above]);
        const own = mergeLayers([above]);
        for (const key of ['failFast', 'failOn', 'bail'] as const)
          expect(merged[key]).toEqual(above[key] ?? below[key] ?? DEFAULT_CONFIG[key]);
        for (const [id, value] of Object.entries(own.rules ?? {}))
          expect(Object.getOwnPropertyDescriptor(merged.rules, id)?.value).toEqual(value);
        for (const [key, value] of Object.entries(own.logging ?? {})) expect(merged.logging[key as 'file']).toEqual(value);
      }),
    );
  });

  it('lets lists grow, lower layers first', () => {
    fc.assert(
      fc.property(layer, layer, (below, above) => {
        const { ignore, overrides: all, security } = mergeConfig([below, above]);
        expect(ignore.paths).toEqual([...(below.ignore?.paths ?? []), ...(above.ignore?.paths ?? [])]);
        expect(ignore.words).toEqual([...(below.ignore?.words ?? []), ...(above.ignore?.words ?? [])]);
        expect(all).toEqual([...(below.overrides ?? []), ...(above.overrides ?? [])]);
        expect(security.required).toEqual([...(below.security?.required ?? []), ...(above.security?.required ?? [])]);
      }),
    );
  });

  it('keeps one custom rule an id, the last', () => {
    fc.assert(
      fc.property(layer, layer, (below, above) => {
        const written = [...(below.customRules ?? []), ...(above.customRules ?? [])];
        const { customRules: merged } = mergeConfig([below, above]);
        expect(merged.map(({ id }) => id).toSorted()).toEqual([...new Set(written.map(({ id }) => id))].toSorted());
        for (const rule of merged) expect(rule).toBe(written.findLast(({ id }) => id === rule.id));
      }),
    );
  });

  it('over the defaults is complete, and has no key that they do not have', () => {
    const complete = keysOf(DEFAULT_CONFIG).toSorted();
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 3 }), (layers) => {
        expect(keysOf(mergeConfig(layers)).toSorted()).toEqual(complete);
      }),
    );
  });

  it('changes no layer', () => {
    const freeze = <T>(value: T): T => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    fc.assert(fc.property(layer, layer, (a, b) => void mergeConfig([freeze(a), freeze(b)])));
    expect(freeze(DEFAULT_CONFIG)).toEqual(mergeConfig([]));
  });
});

describe('a merged config', () => {
  it('has the setting of a rule from one layer, level and options together', () => {
    const { rules: merged } = mergeConfig([{ rules: { debugger: ['error', { minEntropy: 3 }] } }, { rules: { debugger: 'warn' } }]);
    expect(merged).toEqual({ debugger: 'warn' });
  });

  it('knows nothing of what layers refer to', () => {
    const merged = mergeConfig([{ extends: 'web', environments: { ci: { bail: 1 } }, bail: 2 }]);
    expect(merged).toEqual({ ...DEFAULT_CONFIG, bail: 2 });
  });

  it('may take a value back to null', () => {
    expect(mergeConfig([{ logging: { file: 'x' } }, { logging: { file: null } }]).logging.file).toBeNull();
  });

  it('keeps a key __proto__ a key', () => {
    const evil = JSON.parse('{"rules": {"__proto__": "off"}}') as ConfigLayer;
    const { rules: merged } = mergeConfig([evil]);
    expect(Object.keys(merged)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['off']).toBeUndefined();
  });
});

describe('presets', () => {
  const known = new Set(listRuleEntries().map(({ id }) => id));
  const idsIn = ({ rules: own = {}, overrides: some = [], security }: ConfigLayer): string[] => [
    ...Object.keys(own),
    ...some.flatMap((override) => Object.keys(override.rules)),
    ...(security?.required ?? []),
  ];

  it.each(Object.entries(PRESETS))('%s names rules and presets that exist', (_name, preset) => {
    expect(idsIn(preset).filter((id) => !known.has(id))).toEqual([]);
    expect([preset.extends ?? []].flat().filter((name) => !(name in PRESETS))).toEqual([]);
  });

  it('ignore nothing: a secret in generated code is public all the same', () => {
    for (const preset of Object.values(PRESETS)) expect(preset.ignore).toBeUndefined();
  });

  it('differ in what they are for', () => {
    const strict: Config = mergeConfig([PRESETS['recommended']!, PRESETS['strict']!]);
    expect(strict).toMatchObject({ failOn: 'medium', onIncomplete: 'block', security: { allowSkip: false } });
    expect(mergeConfig([PRESETS['canary']!])).toMatchObject({ failFast: false, onIncomplete: 'warn' });
  });
});
