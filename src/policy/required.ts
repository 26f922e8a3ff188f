import type { Config, ConfigLayer } from './config.ts';
import { mergeConfig } from './merge-config.ts';

/** Whose word a layer is. What a file extends, and the overlays in it, are the word of whoever owns the file. */
export type Owner = 'defaults' | 'organisation' | 'user' | 'repository' | 'env' | 'flags';

/** Of each required rule that not everybody may speak about: the config of those who may. */
export type Guards = ReadonlyMap<string, Config>;

/**
 * Who may say how a required rule is judged: whoever requires it, and the organisation. The others can only make it stricter. Where all layers
 * have a say, the merged config says it all and the rule has no guard.
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
