import type { Imported, KnownFinding } from './imported.ts';

/** `commit:file:rule:line` or `file:rule:line`; a path may contain colons. */
const FINGERPRINT = /^(?:(?<commit>[0-9a-f]{7,64}):)?(?<path>.+):(?<rule>[^:]+):(?<line>\d+)$/;

/** Whether it consists of fingerprints, one per line. */
export function isIgnoreFile(text: string): boolean {
  const entries = entriesOf(text);
  return entries.length > 0 && entries.every(({ entry }) => FINGERPRINT.test(entry));
}

/** Reads a `.gitleaksignore`. */
export function parseIgnoreFile(text: string): Imported {
  const known: KnownFinding[] = [];
  const notes: string[] = [];
  for (const { entry, number } of entriesOf(text)) {
    const { commit, path, line } = FINGERPRINT.exec(entry)?.groups ?? {};
    if (path === undefined) notes.push(`line ${number}: not a fingerprint such as FILE:RULE:LINE`);
    else known.push({ kind: 'line', path: path.replaceAll('\\', '/'), line: Number(line), commit: commit ?? null });
  }
  return { layer: {}, known, notes };
}

function entriesOf(text: string): { entry: string; number: number }[] {
  return text.split('\n').flatMap((line, i) => {
    const entry = line.trim();
    return entry === '' || entry.startsWith('#') ? [] : [{ entry, number: i + 1 }];
  });
}
