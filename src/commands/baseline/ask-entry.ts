import type { Prompt } from '../../host/prompt.ts';
import { compileCustomRule } from '../../policy/policy.ts';
import { renderEntry } from '../../report/words/baseline-entry.ts';
import { isGap } from '../../report/problems.ts';
import type { View } from '../../report/view.ts';
import { CATALOGUE } from '../../rules/catalogue.ts';
import { type Answer, ANSWERS, applyAnswer, parseAnswer, renderKeys } from './answer.ts';
import { saveEntry } from './save-entry.ts';
import { judgeEntries, type JudgedEntry, type Survey } from './survey.ts';

/** State of the dialogue. */
export interface Dialogue {
  readonly survey: Survey;
  readonly prompt: Prompt;
  readonly view: View;
  readonly now: Date;
  readonly say: (line: string) => void;
}

/**
 * Shows an entry, asks until it gets an answer, and saves it.
 *
 * @param position `3/9`
 * @returns null if the entry was removed from the file meanwhile
 */
export async function askEntry(dialogue: Dialogue, first: JudgedEntry, position: string): Promise<Answer | null> {
  const { prompt, say, survey, view, now } = dialogue;
  let judged = first;
  show(dialogue, judged, position);
  for (;;) {
    const line = await prompt.ask('Keep, ignore, false, remove, skip, quit? (k/i/f/r/s/q) ');
    const answer = line === null ? 'quit' : parseAnswer(line);
    if (answer === 'quit' || answer === 'skip') return answer;
    if (answer === null) {
      renderKeys(view.palette).forEach(say);
      continue;
    }
    const next = await applyAnswer(answer, judged, prompt);
    if (next === undefined) continue;
    const edit = saveEntry(survey, judged.entry, next);
    switch (edit.status) {
      case 'edited':
        say(view.palette.dim(`  saved: ${ANSWERS[answer].done}`));
        return answer;
      case 'gone':
        say(`  It was removed from ${survey.name} meanwhile: nothing to do.`);
        return null;
      case 'changed':
        say(`  It was changed in ${survey.name} meanwhile:`);
        judged = judgeEntries({ key: survey.outcome.key, entries: [edit.entry] }, survey.outcome, now)[0]!;
        show(dialogue, judged, position);
    }
  }
}

function show({ survey, view, say }: Dialogue, { entry, status }: JudgedEntry, position: string): void {
  const { report, loaded } = survey.outcome;
  const rules = [...loaded.config.customRules.map(compileCustomRule), ...CATALOGUE];
  const lines = renderEntry(
    {
      entry,
      status,
      position,
      rule: rules.find(({ id }) => id === entry.rule) ?? null,
      places: [...report.findings, ...report.suppressed].filter(({ fingerprint }) => fingerprint === entry.fingerprint),
      gap: report.skipped.find((skipped) => skipped.path === entry.path && isGap(skipped))?.reason ?? null,
    },
    view,
  );
  ['', ...lines].forEach(say);
}
