import { GuardianError } from '../errors/guardian-error.ts';
import { delayOf, isPassing } from '../errors/retry.ts';
import { gitError, type GitExit, wordsOf } from './git-error.ts';
import { createGit, loadSimpleGit, probeDescriptors } from './start-git.ts';
import { createTimer, DEFAULT_BUDGET, elapsed, type TimeBudget } from './time-limit.ts';

/** A git client for one folder. */
export interface GitClient {
  readonly baseDir: string;
  /** Runs git and returns its whole stdout; for small output. */
  readonly read: (args: readonly string[], options?: RunOptions) => Promise<Buffer>;
  /** Runs git and streams its stdout; resolves when git has succeeded. */
  readonly stream: (args: readonly string[], options: StreamOptions) => Promise<void>;
  /** Sets the time budget, also for running commands. Until the config is known, the defaults apply. */
  readonly configure: (budget: TimeBudget) => void;
  /** Number of retries after transient failures. */
  readonly retries: () => number;
}

export interface RunOptions {
  /** The whole stdin of git. */
  readonly input?: string | Buffer;
}

export interface StreamOptions extends RunOptions {
  /** Returns true when it needs no more: git is then stopped, which is not a failure. */
  readonly onData: (chunk: Buffer) => boolean | void;
}

/**
 * Opens the git client of a folder; there is no other way to start git.
 *
 * Transient failures without output are retried. A git that never ends is stopped.
 *
 * @throws GuardianError FILE_SYSTEM if the folder does not exist
 */
export function openGit(baseDir: string, environment: NodeJS.ProcessEnv = process.env): GitClient {
  let budget = DEFAULT_BUDGET;
  let retries = 0;

  const streamOnce = async (args: readonly string[], { input, onData }: StreamOptions): Promise<Failure | null> => {
    let isEnough = false;
    let hasSpoken = false;
    let failure: { readonly thrown: unknown } | undefined;
    let exit: GitExit | undefined;
    const { simpleGit } = await loadSimpleGit();
    const over = createTimer(() => budget, args);
    const git = createGit(simpleGit, {
      baseDir,
      environment,
      input,
      signal: over.signal,
      onFailure: (failed) => void (exit = failed),
    }).outputHandler((_command, stdout) => {
      // simple-git's own listener would buffer the whole output.
      stdout.removeAllListeners('data');
      stdout.on('data', (chunk: Buffer) => {
        if (isEnough) return;
        hasSpoken ||= chunk.length > 0;
        try {
          isEnough = onData(chunk) === true;
        } catch (thrown) {
          isEnough = true;
          failure = { thrown };
        }
        if (isEnough) (stdout as NodeJS.ReadableStream & { destroy(): void }).destroy();
      });
      // Without output simple-git waits another 50 ms. An empty chunk at the end avoids that.
      stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
    });
    try {
      probeDescriptors();
      await Promise.race([git.raw([...args]), over.reached]);
    } catch (thrown) {
      if (!isEnough) return { thrown: thrown instanceof GuardianError ? thrown : (exit ?? thrown), mayPass: !hasSpoken };
    } finally {
      over.stop();
    }
    if (failure !== undefined) throw failure.thrown;
    return null;
  };

  const stream = async (args: readonly string[], options: StreamOptions): Promise<void> => {
    for (let attempt = 0; ; attempt++) {
      const failure = await streamOnce(args, options);
      if (failure === null) return;
      const { thrown, mayPass } = failure;
      const delay = delayOf(budget, attempt);
      const isWorthIt = mayPass && isPassing(wordsOf(thrown)) && budget.timeLeft(elapsed()) > delay;
      if (!isWorthIt || attempt >= budget.maxRetries) throw gitError(thrown, args, attempt);
      retries++;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  };

  return {
    baseDir,
    stream,
    async read(args, options = {}) {
      const chunks: Buffer[] = [];
      await stream(args, { ...options, onData: (chunk) => void chunks.push(chunk) });
      return Buffer.concat(chunks);
    },
    configure: (given) => void (budget = given),
    retries: () => retries,
  };
}

interface Failure {
  readonly thrown: unknown;
  /** No output has been delivered yet. */
  readonly mayPass: boolean;
}
