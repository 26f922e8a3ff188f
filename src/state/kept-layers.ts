import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One text that is kept in the git directory of a worktree: what was made of the config. It is a cache. */
export function openLayerStore(gitDir: string): { readonly load: () => string | null; readonly save: (text: string) => void } {
  const folder = join(gitDir, 'code-guardian');
  const file = join(folder, 'layers.json');
  return {
    load() {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        // Not yet.
        return null;
      }
    },
    save(text) {
      const temporary = `${file}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(temporary, text, { mode: 0o600 });
        renameSync(temporary, file);
      } catch {
        // A git directory that cannot be written to: the config is read each time.
      }
    },
  };
}
