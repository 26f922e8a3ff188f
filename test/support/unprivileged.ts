import { spawnSync } from 'node:child_process';
import { BIN, type Ran, type TestRepository } from './repository.ts';

/**
 * Runs the rest of its command line with the permissions of files in force. Root may read and write everything until it
 * gives up its capabilities; it stays the owner of its files, so it reaches a clone that only root may enter.
 */
const PREFIX = process.getuid?.() === 0 ? ['setpriv', '--inh-caps=-all', '--bounding-set=-all'] : [];

/** Tests of permissions are skipped if this is false: root without setpriv (util-linux), or not allowed to use it. */
export const HAS_PERMISSIONS =
  process.platform !== 'win32' && (PREFIX.length === 0 || spawnSync(PREFIX[0]!, [...PREFIX.slice(1), 'true']).status === 0);

/** Runs the built code-guardian as somebody whom the permissions of files stop. */
export function runUnprivileged(
  { top, env }: TestRepository,
  args: readonly string[],
  more: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
): Ran {
  const [program, ...rest] = [...PREFIX, process.execPath, BIN, ...args];
  const { status, stdout, stderr } = spawnSync(program!, rest, {
    cwd: top,
    env: { ...env, ...more.env },
    input: more.input ?? '',
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}
