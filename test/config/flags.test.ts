import { describe, expect, it } from 'vitest';
import { flagLayer } from '../../src/config/flags.ts';
import { situation } from './situation.ts';

describe('flags', () => {
  it('that were not typed say nothing', () => {
    expect(flagLayer({})).toEqual({});
  });

  it.each([
    [{ failFast: false }, { failFast: false }],
    [{ failOn: 'low' }, { failOn: 'low' }],
    [{ bail: 0 }, { bail: 0 }],
    [{ bail: 12 }, { bail: 12 }],
    [{ baseline: 'x.json' }, { baseline: 'x.json' }],
    [{ logLevel: 'debug', logFormat: 'json', logFile: 'a.log' }, { logging: { level: 'debug', format: 'json', file: 'a.log' } }],
    [{ logLevel: 'warn' }, { logging: { level: 'warn' } }],
  ] as const)('%j', (typed, layer) => {
    expect(flagLayer(typed)).toEqual(layer);
  });

  it('change one key of an object and leave the others', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'logging: { level: warn, format: json }' });
    const { config, layerNames } = await here.load({ flags: flagLayer({ logLevel: 'trace' }) });
    expect(config.logging).toEqual({ level: 'trace', format: 'json', file: null, maxSize: 10 * 2 ** 20 });
    expect(layerNames.at(-1)).toBe('flags');
  });
});
