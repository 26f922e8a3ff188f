import type { Prompt } from '../../host/prompt.ts';
import type { StarterChoice } from '../../config/starter.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { didYouMean } from '../../errors/did-you-mean.ts';
import { PRESETS } from '../../policy/presets.ts';

/** The end of input before anything changed. */
export function stopped(): GuardianError {
  return new GuardianError('INTERRUPTED', 'stopped: nothing was changed', { hint: 'To skip the questions: `code-guardian init --yes`' });
}

/**
 * Checks the names of presets.
 *
 * @throws GuardianError USAGE with the nearest name
 */
export function parsePresets(names: readonly string[]): readonly string[] {
  const known = Object.keys(PRESETS);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return [...new Set(names)];
  throw new GuardianError('USAGE', `unknown preset ${JSON.stringify(unknown)}${didYouMean(unknown, known)}`, {
    hint: `Known presets: ${known.join(', ')}.`,
  });
}

/** Asks for the content of the config. */
export async function askStarter(prompt: Prompt, proposed: readonly string[], say: (line: string) => void): Promise<StarterChoice> {
  const presets = await askPresets(prompt, proposed, say);
  const failFast = await askYes(prompt, 'Block commits with findings? (No: only warn for now)', true);
  if (failFast === null) throw stopped();
  return { presets, failFast };
}

async function askPresets(prompt: Prompt, proposed: readonly string[], say: (line: string) => void): Promise<readonly string[]> {
  for (;;) {
    const typed = await prompt.ask(`Presets, separated by commas (Enter: ${proposed.join(', ')}): `);
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

/** Asks until there is an answer; null at the end of input. */
export async function askYes(prompt: Prompt, question: string, byDefault: boolean): Promise<boolean | null> {
  for (;;) {
    const typed = await prompt.ask(`${question} (${byDefault ? 'Y/n' : 'y/N'}) `);
    if (typed === null) return null;
    const answer = typed.trim().toLowerCase();
    if (answer === '') return byDefault;
    if (/^(?:y|yes|n|no)$/.test(answer)) return answer.startsWith('y');
  }
}
