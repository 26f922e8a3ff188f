import { resolve } from 'node:path';
import type { Invocation } from '../command.ts';
import type { KnownFinding } from '../../config/import/imported.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { type Baseline, renderBaseline } from '../../findings/baseline.ts';
import { fingerprintOf } from '../../findings/fingerprint.ts';
import { openGit } from '../../git/client.ts';
import { readRepository, type Repository } from '../../git/repository.ts';
import { compilePolicy } from '../../policy/policy.ts';
import { count } from '../../report/text-layout.ts';
import { readBaselineFile } from '../../run/asking/load-baseline.ts';
import { loadRepositoryKey } from '../../state/repository-key.ts';
import { writeOutput } from '../../disk/write-output.ts';
import { loadDiskConfig } from '../load-disk-config.ts';
import { type Accepted, acceptKnown } from './accept-known.ts';

/** The result. `write` stores the accepted findings if the command line names a baseline. */
export interface LookedUp {
  readonly notes: readonly string[];
  readonly summary: readonly string[];
  readonly write: () => void;
}

/**
 * Looks up the known findings of another scanner. With `--baseline FILE`, those that are found go into that file, next to its entries.
 *
 * @param source name of the imported file
 */
export async function lookUpKnown({ host, options }: Invocation, known: readonly KnownFinding[], source: string): Promise<LookedUp> {
  const git = openGit(host.cwd, host.env);
  const repository = await findRepository(git);
  const { config, guards } = await loadDiskConfig({ host, options });
  const policy = compilePolicy(config, { only: [], skip: [] }, guards);
  const top = repository?.top ?? host.cwd;
  const { accepted, notes } = await acceptKnown(known, { top, git: repository === null ? null : git, policy, source, now: host.now() });
  const unique = [...new Map(accepted.map((entry) => [entry.finding.digest, entry])).values()];
  const found = count(unique.length, 'known finding');
  const { baseline } = options;
  if (baseline === undefined) {
    const way = unique.length === 0 ? '' : ` (\`--baseline ${config.baseline}\` accepts them)`;
    return { notes, summary: [`${found}${way}`], write: () => undefined };
  }
  const file = resolve(host.cwd, baseline);
  const before = readBaselineFile(file, baseline, false);
  const key = before?.key ?? loadRepositoryKey(repository?.commonDir ?? null);
  return {
    notes,
    summary: [`${found} accepted in ${baseline}`],
    write: () =>
      unique.length === 0 ? undefined : writeOutput(file, renderBaseline(withAccepted(before ?? { key, entries: [] }, unique))),
  };
}

/** Existing entries keep their reason and last day. */
function withAccepted({ key, entries }: Baseline, accepted: readonly Accepted[]): Baseline {
  const known = entries.map((entry) => [entry.fingerprint, entry] as const);
  const added = accepted.map(({ finding, reason }) => {
    const fingerprint = fingerprintOf(finding.digest, key);
    return [fingerprint, { fingerprint, rule: finding.rule, path: finding.path, reason }] as const;
  });
  return { key, entries: [...new Map([...added, ...known]).values()] };
}

async function findRepository(git: ReturnType<typeof openGit>): Promise<Repository | null> {
  try {
    return await readRepository(git);
  } catch (thrown) {
    if (thrown instanceof GuardianError && thrown.code === 'NOT_A_REPOSITORY') return null;
    throw thrown;
  }
}
