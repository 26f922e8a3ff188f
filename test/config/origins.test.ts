import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mergeOrigins } from '../../src/config/origins.ts';
import { renderConfig } from '../../src/config/render-config.ts';
import type { ConfigLayer } from '../../src/policy/config.ts';
import { DEFAULT_CONFIG } from '../../src/policy/config.ts';
import { mergeConfig } from '../../src/policy/merge-config.ts';
import { situation } from './situation.ts';

const acme = (message: string): string => `{ id: acme, keywords: [acme_], pattern: acme_x, message: ${message} }`;

async function layered() {
  const here = situation({
    'home:config.yaml': `ignore: { paths: [mine/**] }\nfailFast: false\nbail: 1\ncustomRules: [${acme('Mine')}]`,
    '.code-guardianrc.yaml': [
      'extends: ./team.yaml',
      'ignore: { paths: [ours/**] }',
      'rules: { debugger: [warn, { minEntropy: 3 }] }',
      'overrides: [{ files: [test/**], rules: { debugger: off } }]',
      `customRules: [${acme('Ours')}]`,
      'environments: { ci: { bail: 3 } }',
    ].join('\n'),
    'team.yaml': 'rules: { debugger: off, console-log: error }\nonIncomplete: warn',
  });
  const loaded = await here.load({
    env: { CI: '1', CODE_GUARDIAN_IGNORE_PATHS: 'theirs/**', CODE_GUARDIAN_LOGGING_LEVEL: 'warn' },
    flags: { failOn: 'low' },
  });
  return { ...loaded, user: `user:${here.home}/.config/code-guardian/config.yaml` };
}

describe('origins', () => {
  it('name the layer of each leaf, each rule and each entry of a growing list', async () => {
    const { layers, user } = await layered();
    const ours = 'repository:.code-guardianrc.yaml';
    expect(mergeOrigins(layers)).toMatchObject({
      failFast: user,
      failOn: 'flags',
      bail: 'environment:ci (.code-guardianrc.yaml)',
      onIncomplete: 'repository:team.yaml',
      baseline: 'defaults',
      rules: { debugger: ours, 'console-log': 'repository:team.yaml' },
      customRules: [{ id: 'acme', origin: ours }],
      overrides: [ours],
      ignore: { paths: [user, ours, 'env'], words: [] },
      logging: { level: 'env', format: 'defaults', file: 'defaults' },
    });
  });

  it('agree with the merge: a leaf’s origin is the last layer that sets it', () => {
    const scalar = fc.record(
      { bail: fc.nat(), failFast: fc.boolean(), logging: fc.record({ file: fc.string() }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(scalar as fc.Arbitrary<ConfigLayer>, { maxLength: 4 }), (values) => {
        const layers = [DEFAULT_CONFIG, ...values].map((value, i) => ({ name: `layer ${i}`, owner: 'user' as const, file: null, value }));
        const origins = mergeOrigins(layers);
        const config = mergeConfig(values);
        const byName = (name: unknown): ConfigLayer => layers.find((layer) => layer.name === name)!.value;
        expect(byName(origins['bail']).bail).toBe(config.bail);
        expect(byName(origins['failFast']).failFast).toBe(config.failFast);
        expect(byName((origins['logging'] as Record<string, unknown>)['file']).logging?.file).toBe(config.logging.file);
      }),
    );
  });
});

describe('a config as text', () => {
  it('reads back as the config it is', async () => {
    const { config, layers } = await layered();
    for (const text of [renderConfig(config), renderConfig(config, mergeOrigins(layers))]) {
      const again = await situation({ '.code-guardianrc.yaml': text }).load();
      expect(again.config).toEqual(config);
    }
  });

  it('has sizes and durations as people write them', () => {
    const text = renderConfig({ ...DEFAULT_CONFIG, performance: { ...DEFAULT_CONFIG.performance, memoryLimit: 1000 } });
    expect(parse(text)).toMatchObject({
      performance: { maxFileSize: '10MiB', timeout: '60s', memoryLimit: 1000, concurrency: 'auto' },
      errors: { retryDelay: '100ms' },
    });
  });

  it('says beside each leaf who set it', async () => {
    const { config, layers, user } = await layered();
    const lines = renderConfig(config, mergeOrigins(layers)).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        `failFast: false # ${user}`,
        'failOn: low # flags',
        '  debugger: [ warn, { minEntropy: 3 } ] # repository:.code-guardianrc.yaml',
        `    - mine/** # ${user}`,
        '    - theirs/** # env',
        '  level: warn # env',
        '  # repository:.code-guardianrc.yaml',
      ]),
    );
  });

  it('without origins has no comment', () => {
    expect(renderConfig(DEFAULT_CONFIG)).not.toContain('#');
  });
});
