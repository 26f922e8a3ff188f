import { resolve } from 'node:path';
import type { Invocation } from '../command.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { Baseline, BaselineEntry } from '../../findings/baseline.ts';
import { openGit } from '../../git/client.ts';
import { readRepository, type Repository } from '../../git/repository.ts';
import type { Sighting } from '../../report/words/explanation.ts';
import type { ScanReport } from '../../report/scan-report.ts';
import { count } from '../../report/text-layout.ts';
import { readBaselineFile } from '../../run/asking/load-baseline.ts';
import { runScan } from '../../run/run-scan.ts';
import { loadDiskConfig } from '../load-disk-config.ts';
import { readReports } from '../read-report.ts';

/** What was found of a fingerprint, or of the beginning of several. */
export interface LookedUp {
  readonly sightings: readonly Sighting[];
  readonly entries: readonly BaselineEntry[];
  /** The config that judges what was found. */
  readonly loaded: LoadedConfig;
  readonly baselineName: string;
  /** Of the run that found it. */
  readonly notices: readonly string[];
  /** In words, for where nothing was found. */
  readonly searched: readonly string[];
}

/** Looks through the report that was named, what is staged, the baseline and, where it is in none of the first two, the tracked files. */
export async function lookUp({ host, options }: Invocation, prefix: string): Promise<LookedUp> {
  const { in: file, config, baseline } = options;
  const searched: string[] = [];
  const matching = (source: string, { findings, suppressed, skipped }: ScanReport): Sighting[] => {
    searched.push(
      skipped.length === 0
        ? source
        : `${source} (but for ${count(skipped.length, 'file')} that ${skipped.length === 1 ? 'was' : 'were'} skipped)`,
    );
    return [...findings, ...suppressed].filter(({ fingerprint }) => fingerprint.startsWith(prefix)).map((finding) => ({ source, finding }));
  };

  const reports = file === undefined ? [] : await readReports(host, [file]);
  const told = reports.flatMap((report) => matching(file!, report));
  const repository = await findRepository(host, file !== undefined);
  if (repository === null) {
    const loaded = await loadDiskConfig({ host, options });
    return { sightings: told, entries: [], loaded, baselineName: loaded.config.baseline, notices: [], searched };
  }

  const scan = (kind: 'staged' | 'all') =>
    runScan({
      host,
      target: { kind },
      hook: null,
      options: { ...(config === undefined ? {} : { config }), ...(baseline === undefined ? {} : { baseline }) },
    });
  const staged = await scan('staged');
  const found = [...matching('staged', staged.report), ...told];
  const name = baseline ?? staged.loaded.config.baseline;
  const accepted = readBaselineFile(resolve(baseline === undefined ? repository.top! : host.cwd, name), name, baseline !== undefined);
  if (accepted !== null) searched.push(`${name} (${count(accepted.entries.length, 'entry', 'entries')})`);
  const entries = matchingEntries(accepted, prefix);
  if (found.length > 0)
    return { sightings: found, entries, loaded: staged.loaded, baselineName: name, notices: staged.report.notices, searched };
  const all = await scan('all');
  return {
    sightings: matching('tracked files', all.report),
    entries,
    loaded: all.loaded,
    baselineName: name,
    notices: all.report.notices,
    searched,
  };
}

function matchingEntries(baseline: Baseline | null, prefix: string): BaselineEntry[] {
  return (baseline?.entries ?? []).filter(({ fingerprint }) => fingerprint.startsWith(prefix));
}

/** Null: there is none, and a report will do. */
async function findRepository(host: Invocation['host'], canDoWithout: boolean): Promise<Repository | null> {
  const hint = 'Run it in a clone, or name a JSON report: `code-guardian explain FINGERPRINT --in FILE`.';
  try {
    const repository = await readRepository(openGit(host.cwd, host.env));
    if (repository.top !== null) return repository;
  } catch (thrown) {
    if (!(thrown instanceof GuardianError) || thrown.code !== 'NOT_A_REPOSITORY') throw thrown;
    if (!canDoWithout) throw new GuardianError(thrown.code, thrown.message, { hint, cause: thrown });
  }
  if (canDoWithout) return null;
  throw new GuardianError('USAGE', 'a bare repository has no files to look in', { hint });
}
