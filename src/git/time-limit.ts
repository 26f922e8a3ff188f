import { GuardianError } from '../errors/guardian-error.ts';
import type { RetrySettings } from '../errors/retry.ts';
import { DEFAULT_CONFIG } from '../policy/config.ts';
import { commandIn } from './git-error.ts';

/** How long to wait for git, and how often to retry. */
export interface TimeBudget extends RetrySettings {
  /**
   * Remaining milliseconds for git.
   *
   * @param since start of git, in milliseconds since this process began
   */
  readonly timeLeft: (since: number) => number;
}

/** Until the config is known. */
export const DEFAULT_BUDGET: TimeBudget = {
  ...DEFAULT_CONFIG.errors,
  timeLeft: (since) => since + DEFAULT_CONFIG.performance.timeout - elapsed(),
};

/** Interval of the time check in milliseconds: the budget may change meanwhile. */
const LOOK_EVERY = 200;

/** The deadline of one git: `signal` stops it, and `reached` rejects without waiting for it to stop. */
export function createTimer(
  budget: () => TimeBudget,
  args: readonly string[],
): {
  readonly signal: AbortSignal;
  readonly reached: Promise<never>;
  readonly stop: () => void;
} {
  const since = elapsed();
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const reached = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (budget().timeLeft(since) > 0) return;
      clearInterval(timer);
      reject(timeOver(args, elapsed() - since));
      controller.abort();
    }, LOOK_EVERY);
  });
  return { signal: controller.signal, reached, stop: () => clearInterval(timer) };
}

/** Milliseconds since our process began. */
export function elapsed(): number {
  return process.uptime() * 1000;
}

function timeOver(args: readonly string[], milliseconds: number): GuardianError {
  return new GuardianError(
    'TIMEOUT',
    `git ${commandIn(args)} was stopped after ${Math.round(milliseconds / 1000)} s (performance.timeout)`,
    {
      hint: 'Allow more time: `CODE_GUARDIAN_PERFORMANCE_TIMEOUT=30m` for one run, or `performance.timeout` in the config.',
    },
  );
}
