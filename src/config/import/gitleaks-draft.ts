import type { ConfigLayer, CustomRule, RuleSetting } from '../../policy/config.ts';

/** A config under construction. Lists grow while the other file's rules and allowlists are read. */
export interface Draft {
  readonly customRules: CustomRule[];
  readonly off: string[];
  /** Patterns of allowed values of a rule. */
  readonly allow: Map<string, string[]>;
  /** The same for some files. One per rule: if several match a file, only the last would apply. */
  readonly allowIn: Map<string, { readonly files: readonly string[]; readonly allow: readonly string[] }>;
  /** Files in which a rule is off. */
  readonly offIn: { readonly files: readonly string[]; readonly rule: string }[];
  readonly ignore: { readonly paths: string[]; readonly values: string[]; readonly words: string[] };
  readonly notes: string[];
}

export function createDraft(): Draft {
  return {
    customRules: [],
    off: [],
    allow: new Map(),
    allowIn: new Map(),
    offIn: [],
    ignore: { paths: [], values: [], words: [] },
    notes: [],
  };
}

/** The draft as a config, without empty parts. */
export function finishDraft({ customRules, off, allow, allowIn, offIn, ignore }: Draft): ConfigLayer {
  const rules: Record<string, RuleSetting> = Object.fromEntries([
    ...[...allow].map(([id, patterns]) => [id, ['error', { allow: patterns }]] as const),
    ...off.map((id) => [id, 'off'] as const),
  ]);
  const overrides = [
    ...[...allowIn].map(([id, { files, allow: more }]) => ({
      files,
      rules: { [id]: ['error', { allow: [...(allow.get(id) ?? []), ...more] }] as const },
    })),
    // The last match decides, so `off` must come last.
    ...offIn.map(({ files, rule }) => ({ files, rules: { [rule]: 'off' as const } })),
  ];
  const ignored = Object.fromEntries(Object.entries(ignore).filter(([, list]) => list.length > 0));
  return {
    ...(customRules.length === 0 ? {} : { customRules }),
    ...(Object.keys(rules).length === 0 ? {} : { rules }),
    ...(Object.keys(ignored).length === 0 ? {} : { ignore: ignored }),
    ...(overrides.length === 0 ? {} : { overrides }),
  };
}
