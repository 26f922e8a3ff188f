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

/** Asks of each entry what it is. An answer is saved before the next question, so whoever leaves loses nothing. */
export async function holdDialogue(
  { host, options: { color } }: Invocation,
  survey: Survey,
  judged: readonly JudgedEntry[],
): Promise<number> {
  const palette = await createPalette({ isTerminal: true, env: host.env, ...(color === undefined ? {} : { color }) });
  const dialogue: Dialogue = {
    survey,
    prompt: openPrompt(host),
    // A terminal that was not told its size has no columns.
    view: { palette, width: Math.min(host.stdout.columns || 80, 100), isQuiet: false, isVerbose: true, program: host.program },
    now: host.now(),
    say: (line) => host.stdout.write(`${withProgram(line, host.program)}\n`),
  };
  const tally: Tally = { keep: 0, ignore: 0, false: 0, remove: 0, skip: 0 };
  const sayEnd = (): void => renderEnd(tally, judged.length, survey.name).forEach(dialogue.say);
  // Comes before the one that ends the process.
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

/** First what nobody has said anything of, and what is not as it was when they did. */
async function walkAll(dialogue: Dialogue, judged: readonly JudgedEntry[], tally: Tally): Promise<void> {
  const { say, prompt, survey } = dialogue;
  const isSettled = ({ entry, status }: JudgedEntry): boolean => entry.label !== undefined && status === 'used';
  const open = judged.filter((one) => !isSettled(one));
  const settled = judged.filter(isSettled);
  say(`${survey.name}: ${count(judged.length, 'entry', 'entries')}, ${open.length} to look at`);
  if (!(await walk(dialogue, open, tally)) || settled.length === 0) return;
  const before = count(settled.length, 'entry was', 'entries were');
  const again = await prompt.ask(`\n${before} looked at before. Go through them again? (y/N) `);
  if (/^\s*y(?:es)?\s*$/i.test(again ?? '')) await walk(dialogue, settled, tally);
}

/** Returns false where they want to stop. */
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
    ...(answered > tally.skip ? [`Stage ${name}: a commit is judged by what is staged of it.`] : []),
    ...(tally.false > 0 ? ['`code-guardian stats` shows which rules are wrong how often.'] : []),
  ];
}
