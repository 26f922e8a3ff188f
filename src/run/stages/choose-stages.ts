import { isDeepStrictEqual } from 'node:util';
import type { LoadedConfig } from '../../config/load.ts';
import type { StageConfig, StageTrust } from '../../policy/config.ts';
import { idOfStage } from '../../policy/stage.ts';
import { digestStage } from '../../stages/stage-digest.ts';
import { resolveStage, type Stage } from '../../stages/stage.ts';

/**
 * May a stage run here? `trusted`: the owner of this machine names it, in a config that is no repository's; `allowed`: a repository's config
 * names it, and the owner has allowed it; `asks`: it is not allowed yet; `off`: no stage runs, except required ones.
 */
export type StageState = 'trusted' | 'allowed' | 'asks' | 'off';

export interface ChosenStage {
  readonly stage: Stage;
  readonly state: StageState;
  /** See `digestStage`. */
  readonly digest: string;
}

/**
 * The stages of a config, and whether each may run. A config of a repository comes with a clone, so it does not decide what runs on the machine
 * of the person who clones it.
 *
 * @param isByHand the repository's layer is a file that was named on the command line
 * @param allowed digests
 */
export function chooseStages({ config, layers, guards }: LoadedConfig, isByHand: boolean, allowed: ReadonlySet<string>): ChosenStage[] {
  const trust = stageTrustOf(layers, isByHand);
  return config.stages.map((merged) => {
    const id = idOfStage(merged);
    // A required stage is what those say it is who may speak about it.
    const given = guards.get(id)?.stages.find((stage) => idOfStage(stage) === id) ?? merged;
    const isOwn = layers.some(({ owner, value }) => (isByHand || owner !== 'repository') && has(value.stages ?? [], given));
    const digest = digestStage(given);
    const mayBeOff = config.security.allowSkip && !config.security.required.includes(id);
    const state = trust === 'off' && mayBeOff ? 'off' : isOwn ? 'trusted' : trust === 'allow' || allowed.has(digest) ? 'allowed' : 'asks';
    return { stage: resolveStage(given), state, digest };
  });
}

function has(stages: readonly StageConfig[], wanted: StageConfig): boolean {
  return stages.some((stage) => isDeepStrictEqual(stage, wanted));
}

/** A repository's layer is ignored here. */
function stageTrustOf(layers: LoadedConfig['layers'], isByHand: boolean): StageTrust {
  const own = layers.filter(({ owner }) => isByHand || owner !== 'repository');
  return own.findLast(({ value }) => value.security?.stages !== undefined)?.value.security?.stages ?? 'ask';
}

/** Does the repository's config say what only others may? */
export function hasVainTrust(layers: LoadedConfig['layers'], isByHand: boolean): boolean {
  return !isByHand && layers.some(({ owner, value }) => owner === 'repository' && value.security?.stages !== undefined);
}
