import type { Config, ConfigLayer } from './config.ts';
import { mergeConfig } from './merge-config.ts';

/** Who owns a config layer. What a file extends, and its overlays, belong to the owner of the file. */
export type Owner = 'defaults' | 'organisation' | 'user' | 'repository' | 'env' | 'flags';

/** For each required rule that not every layer may change: the config of the layers that may. */
export type Guards = ReadonlyMap<string, Config>;

/**
 * A required rule is judged by the layers that require it and by the organization. Other layers can only make it stricter. If all layers may
 * change a rule, the merged config is enough and the rule has no guard.
 *
 * @param layers all of the config, lowest first
 */
export function guardRequired(layers: readonly { readonly owner: Owner; readonly value: ConfigLayer }[]): Guards {
  const guards = new Map<string, Config>();
  const requires = (id: string, { security }: ConfigLayer): boolean => security?.required?.includes(id) ?? false;
  for (const id of new Set(layers.flatMap(({ value }) => value.security?.required ?? []))) {
    const requirers = new Set(layers.filter(({ value }) => requires(id, value)).map(({ owner }) => owner));
    const hasSay = (owner: Owner): boolean =>
      owner === 'defaults' || owner === 'organisation' || (requirers.size === 1 && requirers.has(owner));
    const speaking = layers.filter(({ owner }) => hasSay(owner));
    if (speaking.length < layers.length) guards.set(id, mergeConfig(speaking.map(({ value }) => value)));
  }
  return guards;
}
