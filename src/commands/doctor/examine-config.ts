import { resolve } from 'node:path';
import type { Host } from '../../host/host.ts';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { isCurrent } from '../../findings/baseline.ts';
import { CANARY } from '../../health/canary.ts';
import { compileCustomRule, compilePolicy } from '../../policy/policy.ts';
import type { Check } from '../../report/health-report.ts';
import { hasFailed } from '../../report/words/sample-results.ts';
import { count } from '../../report/text-layout.ts';
import { CATALOGUE } from '../../rules/catalogue.ts';
import { listRuleIds } from '../../rules/rule-index.ts';
import { readBaselineFile } from '../../run/asking/load-baseline.ts';
import { runScan } from '../../run/run-scan.ts';
import { judgeEntries } from '../baseline/survey.ts';
import { testRule } from '../rules-test.ts';
import { attempt } from './attempt.ts';

/** The config on disk, its rules and its baseline. */
export interface ExaminedConfig {
  readonly checks: readonly Check[];
  /** Absolute paths of the files that were read. */
  readonly files: readonly string[];
  /** Whether the config reports a planted token. */
  readonly isSearched: boolean;
}

/** @param top null in a bare repository */
export async function examineConfig(host: Host, folder: string, top: string | null): Promise<ExaminedConfig> {
  let loaded: LoadedConfig | null = null;
  const config = await attempt('config', async () => {
    loaded = await loadConfig({
      cwd: top === null ? folder : host.cwd,
      top,
      env: host.env,
      flags: {},
      source: { kind: 'disk' },
      knownRules: listRuleIds,
    });
    return describe(loaded);
  });
  return examineLoaded(host, folder, top, config, loaded);
}

async function examineLoaded(
  host: Host,
  folder: string,
  top: string | null,
  check: Check,
  loaded: LoadedConfig | null,
): Promise<ExaminedConfig> {
  if (loaded === null) {
    const unread = (name: string): Check => ({ name, status: 'skipped', detail: 'needs a valid config' });
    return { checks: [check, unread('rules'), unread('baseline')], files: [], isSearched: true };
  }
  const { config, layers } = loaded;
  const policy = compilePolicy(config, { only: [], skip: [] });
  const rule = CATALOGUE.find(({ id }) => id === CANARY.rule)!;
  return {
    checks: [
      check,
      await attempt('rules', async () => examineRules(loaded)),
      await attempt('baseline', () => examineBaseline(host, top, config.baseline)),
    ],
    files: [...new Set(layers.flatMap(({ file }) => (file === null ? [] : [resolve(folder, file)])))],
    isSearched: policy.isActive(rule, CANARY.path) && !policy.isIgnoredPath(CANARY.path),
  };
}

function describe({ layerNames, warnings }: LoadedConfig): Check {
  const detail = layerNames.length === 1 ? 'no file; using the defaults' : layerNames.join(', ');
  return warnings.length === 0
    ? { name: 'config', status: 'ok', detail }
    : {
        name: 'config',
        status: 'warn',
        detail: warnings.join('; '),
        hint: 'Correct or remove the keys named above. To see the effective config: `code-guardian config show --origins`',
      };
}

function examineRules({ config }: LoadedConfig): Check {
  const custom = config.customRules.map(compileCustomRule).map(testRule);
  const failing = custom.filter(hasFailed);
  if (failing.length > 0) {
    return {
      name: 'rules',
      status: 'fail',
      detail: `samples of ${failing.map(({ rule }) => rule).join(', ')} fail`,
      hint: 'To see which: `code-guardian rules test FILE` with the config file',
    };
  }
  const own = custom.length === 0 ? '' : `, ${custom.length} from the config, all samples pass`;
  return { name: 'rules', status: 'ok', detail: `${CATALOGUE.length} built-in${own}` };
}

async function examineBaseline(host: Host, top: string | null, name: string): Promise<Check> {
  const baseline = top === null ? null : readBaselineFile(resolve(top, name), name, false);
  if (baseline === null) return { name: 'baseline', status: 'skipped', detail: 'no baseline file' };
  const entries = count(baseline.entries.length, 'entry', 'entries');
  const expired = baseline.entries.filter((entry) => !isCurrent(entry, host.now())).length;
  // Only a scan of all files shows which entries are unused.
  const outcome =
    baseline.entries.length === 0
      ? null
      : await runScan({ host, options: { verbose: true }, target: { kind: 'all' }, hook: null, hasStages: false });
  const unused = outcome === null ? 0 : judgeEntries(baseline, outcome, host.now()).filter(({ status }) => status === 'unused').length;
  const detail = `${name}: ${entries}, ${expired} expired, ${unused} unused`;
  return expired > 0
    ? {
        name: 'baseline',
        status: 'warn',
        detail,
        hint: 'Expired entries are reported again: fix or accept them, then run `code-guardian baseline prune`.',
      }
    : { name: 'baseline', status: 'ok', detail };
}
