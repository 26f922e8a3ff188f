import type { RunOptions } from '../run-options.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { didYouMean } from '../../errors/did-you-mean.ts';
import type { Config } from '../../policy/config.ts';
import type { RunChoice } from '../../policy/policy.ts';
import { idOfStage } from '../../policy/stage.ts';
import { familyOf } from '../../engine/rule-family.ts';
import { listRuleEntries } from '../../rules/rule-index.ts';

/** `--rule` and `CODE_GUARDIAN_SKIP`. */
export function chooseRules(env: NodeJS.ProcessEnv, options: RunOptions, config: Config): { choice: RunChoice; notices: string[] } {
  const listKnown = (): string[] => [...[...listRuleEntries(), ...config.customRules].map(({ id }) => id), ...config.stages.map(idOfStage)];
  const only = options.rule ?? [];
  for (const id of only) checkRule(id, listKnown(), '--rule', 'USAGE');
  const asked = (env['CODE_GUARDIAN_SKIP'] ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
  for (const id of asked) checkRule(id, listKnown(), 'CODE_GUARDIAN_SKIP', 'CONFIG_INVALID');
  if (asked.length === 0) return { choice: { only, skip: [] }, notices: [] };
  if (!config.security.allowSkip)
    return { choice: { only, skip: [] }, notices: ['CODE_GUARDIAN_SKIP has no effect: the policy does not allow it (security.allowSkip)'] };
  const required = asked.filter((id) => config.security.required.includes(id));
  const skip = asked.filter((id) => !required.includes(id));
  return {
    choice: { only, skip },
    notices: [
      ...(skip.length > 0 ? [`skipped by CODE_GUARDIAN_SKIP: ${skip.join(', ')}`] : []),
      ...(required.length > 0 ? [`CODE_GUARDIAN_SKIP cannot skip required rules: ${required.join(', ')}`] : []),
    ],
  };
}

/** Rules of a stage are unknown here; their stage is known. */
function checkRule(id: string, known: readonly string[], where: string, code: 'USAGE' | 'CONFIG_INVALID'): void {
  if (known.includes(id) || known.includes(familyOf(id))) return;
  throw new GuardianError(code, `${where}: there is no rule ${JSON.stringify(id)}${didYouMean(id, known)}`, {
    hint: '`code-guardian rules list` names them all.',
  });
}
