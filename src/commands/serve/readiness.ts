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

/** Milliseconds that git may take: a probe waits no longer. */
const GIT_TIMEOUT = 3000;

/** Can the hooks of this repository do their work right now? Whoever asks while it is looked at gets the same answer. */
export function createReadiness(host: Host, options: Options, repository: Repository): () => Promise<readonly Check[]> {
  // A git that hangs is not started again and again.
  const askGit = oneAtATime(() => readRepository(openGit(host.cwd, host.env)));
  return oneAtATime(async () => {
    let loaded: LoadedConfig | null = null;
    const config = await attempt('config', async () => {
      loaded = await loadCurrentConfig(host, options, repository);
      return { name: 'config', status: 'ok', detail: loaded.layerNames.join(', ') };
    });
    return [
      // What is wrong quotes the config, and a log has none of its values.
      config.status === 'fail' ? { ...config, detail: 'it cannot be used: `code-guardian config check` says why' } : config,
      await attempt('rules', async () => checkRules(loaded)),
      await attempt('git', async () => {
        await within(GIT_TIMEOUT, askGit());
        return { name: 'git', status: 'ok', detail: 'it answers' };
      }),
      await attempt('ledger', async () => checkLedger(repository, loaded)),
    ];
  });
}

/** Makes every rule that is on. */
function checkRules(loaded: LoadedConfig | null): Check {
  if (loaded === null) return { name: 'rules', status: 'skipped', detail: 'the config has to be read first' };
  const { config, guards } = loaded;
  const { contentRules } = compilePolicy(config, { only: [], skip: [] }, guards);
  const owners = Array.from({ length: listRuleEntries().length + config.customRules.length }, (_, owner) => owner);
  const made = owners.filter((owner) => contentRules.load(owner) !== null).length;
  return { name: 'rules', status: 'ok', detail: `${made} of ${owners.length}` };
}

function checkLedger({ commonDir }: Repository, loaded: LoadedConfig | null): Check {
  if (loaded !== null && !loaded.config.monitoring.ledger) return { name: 'ledger', status: 'skipped', detail: 'the config wants none' };
  probeLedger(commonDir);
  return { name: 'ledger', status: 'ok', detail: 'it can be written to' };
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const hint = 'See what else keeps the disk busy, and whether `git rev-parse` answers there by hand.';
      reject(new GuardianError('TIMEOUT', `git did not answer in ${milliseconds / 1000} s`, { hint }));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
