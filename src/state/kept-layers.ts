import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVATE, replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';

/** A cache in the git directory of a worktree: the parsed config as one text. */
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
        // Not writable: the config is read each time.
      }
    },
  };
}
