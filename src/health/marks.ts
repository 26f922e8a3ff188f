import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files in the git directory that pass state from one hook to another. */
const MARK = /^(?:seen|seen\.committing|built-in-rules-only|layers\.json|scanned-[\da-f]+)$/;

/**
 * Saves the marks in some folders, so that test runs of hooks leave none: a test must not look like a scanned commit.
 *
 * @returns restores everything
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
    // Age decides which marks are removed first.
    utimesSync(file, changed, changed);
  }
}
