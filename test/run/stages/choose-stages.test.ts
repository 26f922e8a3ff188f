import { describe, expect, it } from 'vitest';
import type { LoadedConfig } from '../../../src/config/load.ts';
import type { ConfigLayer, StageConfig } from '../../../src/policy/config.ts';
import { mergeConfig } from '../../../src/policy/merge-config.ts';
import { type Owner, guardRequired } from '../../../src/policy/required.ts';
import { chooseStages, hasVainTrust } from '../../../src/run/stages/choose-stages.ts';
import { digestStage } from '../../../src/stages/stage-digest.ts';

const mine: StageConfig = { id: 'mine', command: ['x'] };
const other: StageConfig = { id: 'mine', command: ['y'] };
const allow: ConfigLayer = { security: { stages: 'allow' } };
const off: ConfigLayer = { security: { stages: 'off' } };

type Said = readonly (readonly [owner: Owner, value: ConfigLayer])[];

function loadedOf(said: Said): LoadedConfig {
  const layers = said.map(([owner, value]) => ({ name: owner, owner, file: null, value }));
  return {
    config: mergeConfig(layers.map(({ value }) => value)),
    guards: guardRequired(layers),
    layers,
    layerNames: [],
    warnings: [],
    notes: [],
  };
}

const states = (said: Said, { isByHand = false, allowed = [] as readonly StageConfig[] } = {}) =>
  chooseStages(loadedOf(said), isByHand, new Set(allowed.map(digestStage))).map(
    ({ stage, state }) => `${stage.command.join(' ')} ${state}`,
  );

describe('whether a stage may run', () => {
  it.each<[what: string, said: Said, given: Parameters<typeof states>[1], state: string]>([
    ["in the user's config", [['user', { stages: [mine] }]], {}, 'x trusted'],
    ["in the organisation's", [['organisation', { stages: [mine] }]], {}, 'x trusted'],
    ['in a variable', [['env', { stages: [mine] }]], {}, 'x trusted'],
    ["in the repository's", [['repository', { stages: [mine] }]], {}, 'x asks'],
    ['in a file that was named by hand', [['repository', { stages: [mine] }]], { isByHand: true }, 'x trusted'],
    ["in the repository's, allowed", [['repository', { stages: [mine] }]], { allowed: [mine] }, 'x allowed'],
    ['with another command than was allowed', [['repository', { stages: [other] }]], { allowed: [mine] }, 'y asks'],
    ['with another support than was allowed', [['repository', { stages: [{ ...mine, support: ['a'] }] }]], { allowed: [mine] }, 'x asks'],
    ['with other paths than was allowed', [['repository', { stages: [{ ...mine, paths: ['a'] }] }]], { allowed: [mine] }, 'x allowed'],
    [
      'where the repository repeats it',
      [
        ['user', { stages: [mine] }],
        ['repository', { stages: [mine] }],
      ],
      {},
      'x trusted',
    ],
    [
      'where the repository puts its own in its place',
      [
        ['user', { stages: [mine] }],
        ['repository', { stages: [other] }],
      ],
      {},
      'y asks',
    ],
    [
      'where what is enforced stands above',
      [
        ['repository', { stages: [other] }],
        ['organisation', { stages: [mine] }],
      ],
      {},
      'x trusted',
    ],
    [
      'where it is required, and the repository names another',
      [
        ['organisation', { stages: [mine], security: { required: ['mine'] } }],
        ['repository', { stages: [other] }],
      ],
      {},
      'x trusted',
    ],
    [
      'where variables allow all',
      [
        ['repository', { stages: [mine] }],
        ['env', allow],
      ],
      {},
      'x allowed',
    ],
    [
      'where the user allows all',
      [
        ['user', allow],
        ['repository', { stages: [mine] }],
      ],
      {},
      'x allowed',
    ],
    ['where the repository allows itself', [['repository', { stages: [mine], ...allow }]], {}, 'x asks'],
    [
      'where the repository allows itself, against the user',
      [
        ['user', off],
        ['repository', { stages: [mine], ...allow }],
      ],
      { allowed: [mine] },
      'x off',
    ],
    ['where all are off', [['user', { stages: [mine], ...off }]], {}, 'x off'],
    [
      'where all are off, and nothing may be skipped',
      [
        ['user', { stages: [mine], ...off }],
        ['repository', { security: { allowSkip: false } }],
      ],
      {},
      'x trusted',
    ],
    [
      'where all are off, and it is required',
      [
        ['user', off],
        ['repository', { stages: [mine], security: { required: ['mine'] } }],
      ],
      {},
      'x asks',
    ],
    [
      'where the repository switches them off',
      [
        ['user', { stages: [mine] }],
        ['repository', off],
      ],
      {},
      'x trusted',
    ],
  ])('%s', (_, said, given, state) => {
    expect(states(said, given)).toEqual([state]);
  });

  it('a repository that speaks of it is told that it has no say', () => {
    expect(hasVainTrust(loadedOf([['repository', allow]]).layers, false)).toBe(true);
    expect(hasVainTrust(loadedOf([['repository', allow]]).layers, true)).toBe(false);
    expect(hasVainTrust(loadedOf([['user', allow]]).layers, false)).toBe(false);
  });
});
