import { stripVTControlCharacters } from 'node:util';
import type { Prompt } from '../../host/prompt.ts';
import { type BaselineEntry, isDay, type Label } from '../../findings/baseline.ts';
import { visible } from '../../findings/redact.ts';
import type { Palette } from '../../report/palette.ts';
import type { JudgedEntry } from './survey.ts';

/** Possible answers. The first letter is enough. */
export type Answer = 'keep' | 'ignore' | 'false' | 'remove' | 'skip' | 'quit';

export const ANSWERS: Readonly<Record<Answer, { readonly help: string; readonly done: string }>> = {
  keep: { help: 'real and known; keep it accepted', done: 'kept' },
  ignore: { help: 'correct but harmless here; keep it accepted, with a reason', done: 'ignored' },
  false: { help: 'false positive; keep it accepted', done: 'marked false' },
  remove: { help: 'remove it, so that it is reported again', done: 'removed' },
  skip: { help: 'decide later', done: 'skipped' },
  quit: { help: 'stop; all answers are saved', done: '' },
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
 * Asks for what the answer needs and returns the changed entry.
 *
 * @returns null to remove the entry; undefined if the person went back
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

/** Undefined: no reason yet, and none given. */
async function askReason(ask: Prompt['ask'], old: string | undefined): Promise<string | undefined> {
  const typed = await ask(old === undefined ? '  Reason (empty: go back): ' : '  Reason (empty: keep the old one): ');
  if (typed === null) return undefined;
  // Arrow keys leave escape sequences in the line.
  const reason = visible(stripVTControlCharacters(typed)).trim();
  return reason === '' ? old : reason;
}

/** An expired entry needs a new last day, or none. Null: the person went back. */
async function askDay(ask: Prompt['ask']): Promise<string | null> {
  for (;;) {
    const typed = (await ask('  It has expired. Accept it until (YYYY-MM-DD, "none" for no limit, empty: go back): '))?.trim() ?? '';
    if (typed === '') return null;
    if (typed === 'none' || isDay(typed)) return typed;
  }
}
