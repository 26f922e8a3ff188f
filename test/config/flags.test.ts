import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../src/config/flags.ts';
import { GuardianError } from '../../src/errors/guardian-error.ts';
import { situation } from './situation.ts';

describe('flags', () => {
  it('that were not typed say nothing', () => {
    expect(parseFlags({})).toEqual({});
  });

  it.each([
    [{ 'fail-fast': false }, { failFast: false }],
    [{ 'fail-on': 'low' }, { failOn: 'low' }],
    [{ bail: '0' }, { bail: 0 }],
    [{ bail: '12' }, { bail: 12 }],
    [{ baseline: 'x.json' }, { baseline: 'x.json' }],
    [{ 'log-level': 'debug', 'log-format': 'json', 'log-file': 'a.log' }, { logging: { level: 'debug', format: 'json', file: 'a.log' } }],
    [{ 'log-level': 'warn' }, { logging: { level: 'warn' } }],
  ])('%j', (typed, layer) => {
    expect(parseFlags(typed)).toEqual(layer);
  });

  it.each(['', '-1', '1.5', 'one', '1e3', '9'.repeat(40)])('--bail %j is a usage error', (bail) => {
    expect(() => parseFlags({ bail })).toThrow(
      expect.objectContaining({ code: 'USAGE', message: `--bail takes a count, not ${JSON.stringify(bail)}` }) as GuardianError,
    );
  });

  it('change one key of an object and leave the others', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'logging: { level: warn, format: json }' });
    const { config, layerNames } = await here.load({ flags: parseFlags({ 'log-level': 'trace' }) });
    expect(config.logging).toEqual({ level: 'trace', format: 'json', file: null, maxSize: 10 * 2 ** 20 });
    expect(layerNames.at(-1)).toBe('flags');
  });
});
