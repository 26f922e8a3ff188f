import type { Host } from '../../host/host.ts';
import type { Options } from '../options.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { openGit } from '../../git/client.ts';
import { readRepository, type Repository } from '../../git/repository.ts';
import { compilePolicy } from '../../policy/policy.ts';
import type { Check } from '../../report/health-report.ts';
import { listRuleEntries } from '../../rules/rule-index.ts';
import { probeLedger } from '../../telemetry/probe-ledger.ts';
import { attempt } from '../doctor/attempt.ts';
import { loadCurrentConfig } from './load-config.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Milliseconds for git. Probes wait no longer. */
const GIT_TIMEOUT = 3000;

/** Checks whether the hooks of this repository can work now. Concurrent callers share one check. */
export function createReadiness(host: Host, options: Options, repository: Repository): () => Promise<readonly Check[]> {
  // Do not start git again while one hangs.
  const askGit = oneAtATime(() => readRepository(openGit(host.cwd, host.env)));
  return oneAtATime(async () => {
    let loaded: LoadedConfig | null = null;
    const config = await attempt('config', async () => {
      loaded = await loadCurrentConfig(host, options, repository);
      return { name: 'config', status: 'ok', detail: loaded.layerNames.join(', ') };
    });
    return [
      // The error quotes the config, and its values must not get into a log.
      config.status === 'fail' ? { ...config, detail: 'invalid; for the mistakes: `code-guardian config check`' } : config,
      await attempt('rules', async () => checkRules(loaded)),
      await attempt('git', async () => {
        await within(GIT_TIMEOUT, askGit());
        return { name: 'git', status: 'ok', detail: 'responding' };
      }),
      await attempt('ledger', async () => checkLedger(repository, loaded)),
    ];
  });
}

/** Compiles every active rule. */
function checkRules(loaded: LoadedConfig | null): Check {
  if (loaded === null) return { name: 'rules', status: 'skipped', detail: 'needs a valid config' };
  const { config, guards } = loaded;
  const { contentRules } = compilePolicy(config, { only: [], skip: [] }, guards);
  const owners = Array.from({ length: listRuleEntries().length + config.customRules.length }, (_, owner) => owner);
  const made = owners.filter((owner) => contentRules.load(owner) !== null).length;
  return { name: 'rules', status: 'ok', detail: `${made} of ${owners.length}` };
}

function checkLedger({ commonDir }: Repository, loaded: LoadedConfig | null): Check {
  if (loaded !== null && !loaded.config.monitoring.ledger)
    return { name: 'ledger', status: 'skipped', detail: 'switched off in the config' };
  probeLedger(commonDir);
  return { name: 'ledger', status: 'ok', detail: 'writable' };
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const hint = 'Check whether `git rev-parse --git-dir` answers there, and whether the disk is busy.';
      reject(new GuardianError('TIMEOUT', `git did not answer within ${milliseconds / 1000} s`, { hint }));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
