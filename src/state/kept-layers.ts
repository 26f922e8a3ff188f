import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVATE, replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';

/** One text that is kept in the git directory of a worktree: what was made of the config. It is a cache. */
export function openLayerStore(gitDir: string): { readonly load: () => string | null; readonly save: (text: string) => void } {
  const folder = stateFolder(gitDir);
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
      try {
        inStateFolder(folder, () => replaceFile(file, text, { mode: PRIVATE }));
      } catch {
        // A git directory that cannot be written to: the config is read each time.
      }
    },
  };
}
