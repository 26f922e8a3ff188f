import type { ConfigLayer, CustomRule, RuleSetting } from '../../policy/config.ts';

/** A config in the making. Lists grow as the rules and allowlists of the other file are gone through. */
export interface Draft {
  readonly customRules: CustomRule[];
  readonly off: string[];
  /** Patterns of values that a rule lets pass. */
  readonly allow: Map<string, string[]>;
  /** The same, in some files alone. One a rule: of several that fit a file only the last would hold. */
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

/** The draft as a config, without what is empty. */
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
    // The last that fits decides: where a rule is off, nothing else is asked.
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
