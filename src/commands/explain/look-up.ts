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

/** What matches a fingerprint or its beginning. */
export interface LookedUp {
  readonly sightings: readonly Sighting[];
  readonly entries: readonly BaselineEntry[];
  /** The config that judges the finding. */
  readonly loaded: LoadedConfig;
  readonly baselineName: string;
  /** Notices of the run that found it. */
  readonly notices: readonly string[];
  /** What was searched, for the error message. */
  readonly searched: readonly string[];
}

/** Searches the given report, what is staged, and the baseline; if the first two have no match, the tracked files. */
export async function lookUp({ host, options }: Invocation, prefix: string): Promise<LookedUp> {
  const { in: file, config, baseline } = options;
  const searched: string[] = [];
  const matching = (source: string, { findings, suppressed, skipped }: ScanReport): Sighting[] => {
    searched.push(skipped.length === 0 ? source : `${source} (except ${count(skipped.length, 'skipped file')})`);
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

/** Null: no repository, but a report is enough. */
async function findRepository(host: Invocation['host'], canDoWithout: boolean): Promise<Repository | null> {
  const hint = 'Run this in a clone, or search a JSON report: `code-guardian explain FINGERPRINT --in FILE`';
  try {
    const repository = await readRepository(openGit(host.cwd, host.env));
    if (repository.top !== null) return repository;
  } catch (thrown) {
    if (!(thrown instanceof GuardianError) || thrown.code !== 'NOT_A_REPOSITORY') throw thrown;
    if (!canDoWithout) throw new GuardianError(thrown.code, thrown.message, { hint, cause: thrown });
  }
  if (canDoWithout) return null;
  throw new GuardianError('USAGE', 'a bare repository has no files to search', { hint });
}
