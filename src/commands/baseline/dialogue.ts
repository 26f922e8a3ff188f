import { withProgram } from '../../host/program.ts';
import type { Invocation } from '../command.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import { openPrompt } from '../../host/prompt.ts';
import { createPalette } from '../../report/palette.ts';
import { count } from '../../report/text-layout.ts';
import { type Answer, ANSWERS, renderKeys } from './answer.ts';
import { askEntry, type Dialogue } from './ask-entry.ts';
import type { JudgedEntry, Survey } from './survey.ts';

type Tally = Record<Exclude<Answer, 'quit'>, number>;

/** Asks about each entry. Each answer is saved before the next question, so leaving loses nothing. */
export async function holdDialogue(
  { host, options: { color } }: Invocation,
  survey: Survey,
  judged: readonly JudgedEntry[],
): Promise<number> {
  const palette = await createPalette({ isTerminal: true, env: host.env, ...(color === undefined ? {} : { color }) });
  const dialogue: Dialogue = {
    survey,
    prompt: openPrompt(host),
    // A terminal that does not know its size says 0.
    view: { palette, width: Math.min(host.stdout.columns || 80, 100), isQuiet: false, isVerbose: true, program: host.program },
    now: host.now(),
    say: (line) => host.stdout.write(`${withProgram(line, host.program)}\n`),
  };
  const tally: Tally = { keep: 0, ignore: 0, false: 0, remove: 0, skip: 0 };
  const sayEnd = (): void => renderEnd(tally, judged.length, survey.name).forEach(dialogue.say);
  // Must run before the listener that ends the process.
  process.prependListener('SIGINT', sayEnd);
  try {
    await walkAll(dialogue, judged, tally);
  } finally {
    process.off('SIGINT', sayEnd);
    dialogue.prompt.close();
  }
  sayEnd();
  return EXIT.ok;
}

/** Entries without a label, or whose state has changed since, come first. */
async function walkAll(dialogue: Dialogue, judged: readonly JudgedEntry[], tally: Tally): Promise<void> {
  const { say, prompt, survey } = dialogue;
  const isSettled = ({ entry, status }: JudgedEntry): boolean => entry.label !== undefined && status === 'used';
  const open = judged.filter((one) => !isSettled(one));
  const settled = judged.filter(isSettled);
  say(`${survey.name}: ${count(judged.length, 'entry', 'entries')}, ${open.length} to review`);
  if (!(await walk(dialogue, open, tally)) || settled.length === 0) return;
  const before = count(settled.length, 'entry was', 'entries were');
  const again = await prompt.ask(`\n${before} reviewed before. Review them again? (y/N) `);
  if (/^\s*y(?:es)?\s*$/i.test(again ?? '')) await walk(dialogue, settled, tally);
}

/** @returns false if the person wants to stop */
async function walk(dialogue: Dialogue, judged: readonly JudgedEntry[], tally: Tally): Promise<boolean> {
  if (judged.length > 0) renderKeys(dialogue.view.palette).forEach(dialogue.say);
  for (const [i, one] of judged.entries()) {
    const answer = await askEntry(dialogue, one, `${i + 1}/${judged.length}`);
    if (answer === 'quit') return false;
    if (answer !== null) tally[answer]++;
  }
  return true;
}

function renderEnd(tally: Tally, total: number, name: string): string[] {
  const said = (Object.keys(tally) as (keyof Tally)[]).filter((answer) => tally[answer] > 0);
  const answered = said.reduce((sum, answer) => sum + tally[answer], 0);
  const left = total - answered;
  const parts = [...said.map((answer) => `${tally[answer]} ${ANSWERS[answer].done}`), ...(left > 0 ? [`${left} not answered`] : [])];
  return [
    '',
    `${name}: ${parts.join(', ')}`,
    ...(answered > tally.skip ? [`Stage ${name}: hooks read the staged baseline.`] : []),
    ...(tally.false > 0 ? ['To see how often each rule is wrong: `code-guardian stats`'] : []),
  ];
}
