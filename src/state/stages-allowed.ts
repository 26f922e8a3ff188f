import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../errors/guardian-error.ts';

/** Digests of the stages that the owner of this machine has allowed, one a line. No clone brings them: they lie in the git directory. */
const FILE = 'stages-allowed';

/** @param commonDir the git directory that all worktrees share; null: there is none, and nothing is allowed */
export function readAllowedStages(commonDir: string | null): ReadonlySet<string> {
  if (commonDir === null) return new Set();
  try {
    const lines = readFileSync(join(commonDir, 'code-guardian', FILE), 'latin1').split('\n');
    return new Set(lines.filter((line) => /^[\da-f]{64}$/.test(line)));
  } catch {
    // Nobody has allowed any, or it cannot be read: none is allowed.
    return new Set();
  }
}

/**
 * Allows these stages and no others.
 *
 * @throws GuardianError where the git directory cannot be written to
 */
export function writeAllowedStages(commonDir: string, digests: Iterable<string>): void {
  const folder = join(commonDir, 'code-guardian');
  const file = join(folder, FILE);
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      temporary,
      [...new Set(digests)]
        .toSorted()
        .map((digest) => `${digest}\n`)
        .join(''),
      { mode: 0o600 },
    );
    renameSync(temporary, file);
  } catch (thrown) {
    throw fileError(thrown, file, 'What is allowed is kept there: make it writable for you.');
  }
}
