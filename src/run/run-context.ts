import { constants } from 'node:buffer';
import type { LoadedConfig } from '../config/load.ts';
import type { BlobLimits } from '../git/read-blobs.ts';
import { compilePolicy, type Policy, type RunChoice } from '../policy/policy.ts';
import type { PushSkip } from '../report/scan-report.ts';
import type { Asked } from './asking/ask-git.ts';
import { chooseRules } from './asking/choose-rules.ts';
import { loadLayers } from './asking/load-layers.ts';
import { Collector } from './collector.ts';
import { createMemoryGuard, type MemoryGuard } from './limits/memory.ts';
import { createPause } from './limits/pause.ts';
import { timeBudgetOf } from './limits/time-budget.ts';
import { choosePushSkip, timeoutOf } from './push/push-policy.ts';
import type { ScanRequest } from './scan-request.ts';

/** Everything that one run works with, made once. `host`, `target`, `options` and `hook` are those of the request. */
export interface RunContext extends ScanRequest, Pick<Asked, 'git' | 'repository' | 'timings'> {
  /** Git's answers, some of them still on their way. */
  readonly asked: Asked;
  readonly startedAt: Date;
  readonly loaded: LoadedConfig;
  readonly policy: Policy;
  /** The rules that run. */
  readonly choice: RunChoice;
  /** Rules that `CODE_GUARDIAN_SKIP` left out. */
  readonly skippedRules: readonly string[];
  /** The pusher's wish to leave the scan out, if the policy grants it. */
  readonly pushSkip: PushSkip | null;
  /** Top of the work tree. Null outside a repository, and on a server, whose repository has none. */
  readonly top: string | null;
  readonly limits: BlobLimits;
  readonly memory: MemoryGuard;
  /** Milliseconds until the time of the run is over. */
  readonly timeLeft: () => number;
  readonly collector: Collector;
  /** How often each content occurred in old versions; what occurs as often in the new ones only moved. */
  readonly oldContents: Map<string, number>;
  /** What people should know and is no error. */
  readonly notices: string[];
}

/** First act: config → policy, limits, and an empty collector. */
export async function openRun(request: ScanRequest, asked: Asked): Promise<RunContext> {
  const { host, target, options, signal } = request;
  const { git, repository, timings } = asked;
  const startedAt = host.now();
  const loaded = await loadLayers(request, asked);
  const { config } = loaded;
  const chosen = chooseRules(host.env, options, config);
  const { choice, skip, notices } = choosePushSkip(target, config, chosen.choice);
  const policy = compilePolicy(config, choice, loaded.guards);
  const timeout = timeoutOf(target, loaded);
  const timeLeft = (): number => (signal?.aborted === true ? -Infinity : timeout - host.elapsed());
  git.configure(timeBudgetOf(config.errors, timeLeft));
  const memory = createMemoryGuard(config.performance.memoryLimit);
  timings.end('configure');
  return {
    ...request,
    git,
    repository,
    timings,
    asked,
    startedAt,
    loaded,
    policy,
    choice,
    skippedRules: chosen.choice.skip,
    pushSkip: skip,
    top: target.kind === 'receive' ? null : (repository?.top ?? null),
    limits: {
      // Rules see a file as one string, and V8 limits the length of a string.
      maxFileSize: Math.min(config.performance.maxFileSize, constants.MAX_STRING_LENGTH),
      budget: { left: config.performance.maxTotalBytes },
      refuse: memory.refuse,
      isOver: () => timeLeft() < 0,
      pause: createPause(),
    },
    memory,
    timeLeft,
    collector: new Collector(policy, startedAt, options.verbose),
    oldContents: new Map(),
    notices: [...loaded.warnings, ...chosen.notices, ...asked.notices, ...notices],
  };
}
