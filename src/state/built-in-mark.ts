import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import type { Config } from '../policy/config.ts';

/**
 * Leaves a mark in the git directory while the policy has only built-in rules. The shim of commit-msg can then accept a message without a
 * keyword of those rules, without starting Node a second time. git runs pre-commit first.
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
    // Not writable: messages go to Node.
    if (isMarked) throw thrown;
  }
}
