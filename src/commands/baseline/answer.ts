import { stripVTControlCharacters } from 'node:util';
import type { Prompt } from '../../host/prompt.ts';
import { type BaselineEntry, isDay, type Label } from '../../findings/baseline.ts';
import { visible } from '../../findings/redact.ts';
import type { Palette } from '../../report/palette.ts';
import type { JudgedEntry } from './survey.ts';

/** What can be said of an entry. The first letter is enough. */
export type Answer = 'keep' | 'ignore' | 'false' | 'remove' | 'skip' | 'quit';

export const ANSWERS: Readonly<Record<Answer, { readonly help: string; readonly done: string }>> = {
  keep: { help: 'it is real and known: stays accepted', done: 'kept' },
  ignore: { help: 'the rule is right, but here it does no harm: stays accepted, with a reason', done: 'ignored' },
  false: { help: 'the rule is wrong: remember it as false', done: 'remembered as false' },
  remove: { help: 'take it out: it counts again', done: 'removed' },
  skip: { help: 'leave it for another time', done: 'skipped' },
  quit: { help: 'stop here; all answers are saved', done: '' },
};

const LABEL_OF: Readonly<Record<'keep' | 'ignore' | 'false', Label>> = { keep: 'real', ignore: 'ignored', false: 'false' };

export function parseAnswer(line: string): Answer | null {
  const typed = line.trim().toLowerCase();
  return (Object.keys(ANSWERS) as Answer[]).find((answer) => typed === answer || typed === answer[0]) ?? null;
}

export function renderKeys({ bold, dim }: Palette): string[] {
  return Object.entries(ANSWERS).map(([answer, { help }]) => `  ${bold(answer[0]!)}  ${answer.padEnd(6)}  ${dim(help)}`);
}

/**
 * Asks what else has to be known, and says what the answer makes of an entry.
 *
 * @returns null: it is to be taken out; undefined: they thought better of it
 */
export async function applyAnswer(
  answer: Exclude<Answer, 'skip' | 'quit'>,
  { entry, status }: JudgedEntry,
  { ask }: Prompt,
): Promise<BaselineEntry | null | undefined> {
  if (answer === 'remove') return null;
  const { reason: oldReason, expires: oldDay, ...others } = entry;
  const reason = answer === 'ignore' ? await askReason(ask, oldReason) : oldReason;
  if (answer === 'ignore' && reason === undefined) return undefined;
  const day = status === 'expired' ? await askDay(ask) : (oldDay ?? 'none');
  if (day === null) return undefined;
  return {
    ...others,
    ...(reason === undefined ? {} : { reason }),
    ...(day === 'none' ? {} : { expires: day }),
    label: LABEL_OF[answer],
  };
}

/** Undefined: there is none, and none was given. */
async function askReason(ask: Prompt['ask'], old: string | undefined): Promise<string | undefined> {
  const typed = await ask(old === undefined ? '  Reason (nothing: back): ' : '  Reason (nothing: the same as before): ');
  if (typed === null) return undefined;
  // An arrow key leaves its code in the line.
  const reason = visible(stripVTControlCharacters(typed)).trim();
  return reason === '' ? old : reason;
}

/** What expired is accepted only with another last day, or without one. Null: neither. */
async function askDay(ask: Prompt['ask']): Promise<string | null> {
  for (;;) {
    const typed = (await ask('  It has expired. Accept it until (YYYY-MM-DD, "none" for good, nothing: back): '))?.trim() ?? '';
    if (typed === '') return null;
    if (typed === 'none' || isDay(typed)) return typed;
  }
}
