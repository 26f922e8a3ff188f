import type { Prompt } from '../../host/prompt.ts';
import type { StarterChoice } from '../../config/starter.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { nearest } from '../../errors/nearest.ts';
import { PRESETS } from '../../policy/presets.ts';

/** For questions that are asked before anything is done. */
export function stopped(): GuardianError {
  return new GuardianError('INTERRUPTED', 'stopped: nothing was changed', { hint: '`code-guardian init --yes` asks nothing.' });
}

/**
 * Names of presets, as they were typed.
 *
 * @throws GuardianError USAGE with the nearest name
 */
export function parsePresets(names: readonly string[]): readonly string[] {
  const known = Object.keys(PRESETS);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return [...new Set(names)];
  const near = nearest(unknown, known);
  throw new GuardianError('USAGE', `there is no preset ${JSON.stringify(unknown)}${near === null ? '' : `; did you mean ${near}?`}`, {
    hint: `Known presets: ${known.join(', ')}.`,
  });
}

/** Asks what the config is to say. */
export async function askStarter(prompt: Prompt, proposed: readonly string[], say: (line: string) => void): Promise<StarterChoice> {
  const presets = await askPresets(prompt, proposed, say);
  const failFast = await askYes(prompt, 'Block commits with findings? No: only warn, to begin with.', true);
  if (failFast === null) throw stopped();
  return { presets, failFast };
}

async function askPresets(prompt: Prompt, proposed: readonly string[], say: (line: string) => void): Promise<readonly string[]> {
  for (;;) {
    const typed = await prompt.ask(`Presets, with commas (Enter: ${proposed.join(', ')}): `);
    if (typed === null) throw stopped();
    const names = typed.split(/[\s,]+/).filter((name) => name !== '');
    if (names.length === 0) return proposed;
    try {
      return parsePresets(names);
    } catch (thrown) {
      if (!(thrown instanceof GuardianError)) throw thrown;
      say(`  ${thrown.message}. ${thrown.hint}`);
    }
  }
}

/** Asks until there is an answer; null: there will be none any more. */
export async function askYes(prompt: Prompt, question: string, byDefault: boolean): Promise<boolean | null> {
  for (;;) {
    const typed = await prompt.ask(`${question} (${byDefault ? 'Y/n' : 'y/N'}) `);
    if (typed === null) return null;
    const answer = typed.trim().toLowerCase();
    if (answer === '') return byDefault;
    if (/^(?:y|yes|n|no)$/.test(answer)) return answer.startsWith('y');
  }
}
