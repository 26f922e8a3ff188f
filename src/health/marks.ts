import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What hooks leave for one another in the git directory, of what they have seen and read. */
const MARK = /^(?:seen|seen\.committing|built-in-rules-only|layers\.json|scanned-[\da-f]+)$/;

/**
 * Remembers the marks of some folders, so that hooks which are only tried leave none: a try must not pass for a commit that was seen.
 *
 * @returns puts everything back as it was
 */
export function holdMarks(folders: readonly string[]): () => void {
  const before = new Map([...new Set(folders)].map((folder) => [folder, readMarks(folder)]));
  return () => {
    for (const [folder, marks] of before) restore(folder, marks);
  };
}

interface Mark {
  readonly content: Buffer;
  /** Seconds. */
  readonly changed: number;
}

function readMarks(folder: string): Map<string, Mark> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => MARK.test(name));
  return new Map(
    names.map((name) => [name, { content: readFileSync(join(folder, name)), changed: statSync(join(folder, name)).mtimeMs / 1000 }]),
  );
}

function restore(folder: string, marks: ReadonlyMap<string, Mark>): void {
  const now = readMarks(folder);
  for (const name of now.keys()) if (!marks.has(name)) rmSync(join(folder, name), { force: true });
  for (const [name, { content, changed }] of marks) {
    const file = join(folder, name);
    if (now.get(name)?.content.equals(content) !== true) writeFileSync(file, content);
    // Of those that are old, the oldest go first.
    utimesSync(file, changed, changed);
  }
}
