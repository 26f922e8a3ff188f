import { GuardianError } from '../errors/guardian-error.ts';
import type { RetrySettings } from '../errors/retry.ts';
import { DEFAULT_CONFIG } from '../policy/config.ts';
import { commandIn } from './git-error.ts';

/** How long to wait for git, and how often to ask again. */
export interface TimeBudget extends RetrySettings {
  /**
   * Milliseconds that are left for git.
   *
   * @param since when git was started, in milliseconds since our own process began
   */
  readonly timeLeft: (since: number) => number;
}

/** Until the config is known. */
export const DEFAULT_BUDGET: TimeBudget = {
  ...DEFAULT_CONFIG.errors,
  timeLeft: (since) => since + DEFAULT_CONFIG.performance.timeout - elapsed(),
};

/** How often is looked whether the time is over, in milliseconds: how much there is may change meanwhile. */
const LOOK_EVERY = 200;

/** The end of the time for one git: `signal` stops it, and `reached` fails without waiting for it to stop. */
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
  return new GuardianError('TIMEOUT', `git ${commandIn(args)} did not end within ${Math.round(milliseconds / 1000)} s, and was stopped`, {
    hint: 'See whether the same git command ends by hand; raise `performance.timeout` where it only takes long.',
  });
}
