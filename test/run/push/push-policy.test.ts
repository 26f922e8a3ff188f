import { describe, expect, it } from 'vitest';
import type { LoadedConfig } from '../../../src/config/load.ts';
import { type ConfigLayer, DEFAULT_CONFIG } from '../../../src/policy/config.ts';
import { mergeConfig } from '../../../src/policy/merge-config.ts';
import { choosePushSkip, timeoutOf } from '../../../src/run/push/push-policy.ts';
import type { Target } from '../../../src/run/targets/target.ts';

const receive = (skipReason: string | null): Target => ({ kind: 'receive', updates: [], skipReason });
const push: Target = { kind: 'push', remote: 'origin', url: 'url', updates: [], isPartial: false };

function loaded(...layers: ConfigLayer[]): LoadedConfig {
  const named = [DEFAULT_CONFIG as ConfigLayer, ...layers].map((value) => ({ name: 'x', file: null, value }));
  return { config: mergeConfig(layers), layers: named } as unknown as LoadedConfig;
}

describe('the time of a run', () => {
  it.each<[string, Target, ConfigLayer[], number]>([
    ['on a server is four seconds', receive(null), [], 4000],
    ['on a server is what its config says', receive(null), [{ performance: { timeout: 9000 } }], 9000],
    ['on a server is what its config says, also where that is the usual', receive(null), [{ performance: { timeout: 60_000 } }], 60_000],
    ['on a server stays, whatever else a config says', receive(null), [{ performance: { maxFileSize: 1 } }], 4000],
    ['at home is a minute', push, [], 60_000],
    ['at home is what the config says', push, [{ performance: { timeout: 5 } }], 5],
  ])('%s', (_, target, layers, expected) => {
    expect(timeoutOf(target, loaded(...layers))).toBe(expected);
  });
});

describe('leaving the scan out', () => {
  const choice = { only: [], skip: ['jwt'] };
  const choose = (target: Target, layer: ConfigLayer) => choosePushSkip(target, mergeConfig([layer]), choice);

  it.each<[string, Target, ConfigLayer]>([
    ['nobody asks', receive(null), { security: { allowPushSkip: true } }],
    ['it is no server', push, { security: { allowPushSkip: true } }],
  ])('changes nothing where %s', (_, target, layer) => {
    expect(choose(target, layer)).toEqual({ choice, skip: null, notices: [] });
  });

  it.each<[string, string, ConfigLayer]>([
    ['the policy of this server does not allow it', 'why', {}],
    ['the policy of this server does not allow it', '', { security: { allowPushSkip: false } }],
    ['it needs a reason', '', { security: { allowPushSkip: true } }],
  ])('is refused, as %s', (why, reason, layer) => {
    expect(choose(receive(reason), layer)).toEqual({
      choice,
      skip: null,
      notices: [expect.stringContaining(why)],
    });
  });

  it('leaves out all, or all but what is required', () => {
    expect(choose(receive('why'), { security: { allowPushSkip: true } }).skip).toEqual({ reason: 'why', ranRequired: false });
    expect(choose(receive('why'), { security: { allowPushSkip: true, required: ['jwt'] } })).toMatchObject({
      choice: { only: ['jwt'], skip: [] },
      skip: { reason: 'why', ranRequired: true },
    });
  });
});
