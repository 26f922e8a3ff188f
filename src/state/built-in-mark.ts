import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import type { Config } from '../policy/config.ts';

/**
 * Leaves a mark in the git directory while the policy has no rules of its own: the shim of commit-msg may then pass a message that holds no
 * keyword of the built-in rules, without a second Node. Git runs pre-commit first.
 */
export function markBuiltIn(gitDir: string, { customRules }: Config): void {
  const folder = stateFolder(gitDir);
  const mark = join(folder, 'built-in-rules-only');
  const isMarked = existsSync(mark);
  if (isMarked === (customRules.length === 0)) return;
  try {
    // Another hook may have removed it since.
    if (isMarked) return rmSync(mark, { force: true });
    inStateFolder(folder, () => writeFileSync(mark, ''));
  } catch (thrown) {
    // A git directory that cannot be written to: messages go to Node.
    if (isMarked) throw thrown;
  }
}
