import { describe, expect, it } from 'vitest';
import { convertOptions } from '../../src/cli/convert-options.ts';
import { GuardianError } from '../../src/errors/guardian-error.ts';

describe('options', () => {
  it('that were not typed are absent', () => {
    expect(convertOptions({})).toEqual({});
  });

  it('keep their values under camelCase names', () => {
    expect(convertOptions({ 'fail-fast': false, 'log-file': 'a.log', rule: ['a', 'b'], quiet: true })).toEqual({
      failFast: false,
      logFile: 'a.log',
      rule: ['a', 'b'],
      quiet: true,
    });
  });

  it.each([
    ['0', 0],
    ['12', 12],
  ])('--bail %s is a count', (bail, count) => {
    expect(convertOptions({ bail })).toEqual({ bail: count });
  });

  it.each(['', '-1', '1.5', 'one', '1e3', '9'.repeat(40)])('--bail %j is a usage error', (bail) => {
    expect(() => convertOptions({ bail })).toThrow(
      expect.objectContaining({ code: 'USAGE', message: `--bail takes a number, not ${JSON.stringify(bail)}` }) as GuardianError,
    );
  });
});
