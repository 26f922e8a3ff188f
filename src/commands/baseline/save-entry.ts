import { readFileSync, realpathSync } from 'node:fs';
import { fileError } from '../../errors/guardian-error.ts';
import type { BaselineEntry } from '../../findings/baseline.ts';
import { type Edit, editEntry } from '../../findings/edit-entry.ts';
import { writeFileAtomically } from '../../disk/write-file.ts';
import type { Survey } from './survey.ts';

/**
 * Changes one entry in the file as it stands now, which is not as it stood when the question was asked.
 *
 * @param next null: it is taken out
 * @throws GuardianError where the file is gone, is no baseline any more, or cannot be written; then it is as it was
 */
export function saveEntry({ file, name }: Pick<Survey, 'file' | 'name'>, known: BaselineEntry, next: BaselineEntry | null): Edit {
  const edit = editEntry(readText(file, name), name, known, next);
  // A symlink stays one.
  if (edit.status === 'edited') writeFileAtomically(realpathSync(file), edit.text);
  return edit;
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw fileError(thrown, name, 'What was answered before is in it; put it back, and run `code-guardian baseline audit` again.');
  }
}
