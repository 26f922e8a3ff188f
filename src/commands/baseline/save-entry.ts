import { readFileSync } from 'node:fs';
import { fileError } from '../../errors/guardian-error.ts';
import type { BaselineEntry } from '../../findings/baseline.ts';
import { type Edit, editEntry } from '../../findings/edit-entry.ts';
import { writeOutput } from '../../disk/write-output.ts';
import type { Survey } from './survey.ts';

/**
 * Changes one entry in the file as it is now: it may have changed since the question was asked.
 *
 * @param next null: remove it
 * @throws GuardianError if the file is missing, is no baseline any more, or cannot be written; the file then stays unchanged
 */
export function saveEntry({ file, name }: Pick<Survey, 'file' | 'name'>, known: BaselineEntry, next: BaselineEntry | null): Edit {
  const edit = editEntry(readText(file, name), name, known, next);
  if (edit.status === 'edited') writeOutput(file, edit.text);
  return edit;
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw fileError(thrown, name, 'Earlier answers are in that file. Restore it, then run `code-guardian baseline audit` again.');
  }
}
