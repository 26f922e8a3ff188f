import { GuardianError } from '../errors/guardian-error.ts';
import { delayOf, isPassing } from '../errors/retry.ts';
import { gitError, type GitExit, wordsOf } from './git-error.ts';
import { createGit, loadSimpleGit, probeDescriptors } from './start-git.ts';
import { createTimer, DEFAULT_BUDGET, elapsed, type TimeBudget } from './time-limit.ts';

/** A repository, by the folder git is run in. */
export interface GitClient {
  readonly baseDir: string;
  /** Runs git and gives back all of stdout; for answers known to be small. */
  readonly read: (args: readonly string[], options?: RunOptions) => Promise<Buffer>;
  /** Runs git and hands on stdout as it comes; resolves when git has ended well. */
  readonly stream: (args: readonly string[], options: StreamOptions) => Promise<void>;
  /** Says how patient to be, also with what has been asked already. Before the config is known the defaults hold. */
  readonly configure: (budget: TimeBudget) => void;
  /** How often git was asked again, because what failed passes by itself. */
  readonly retries: () => number;
}

export interface RunOptions {
  /** For git's stdin, whole. */
  readonly input?: string | Buffer;
}

export interface StreamOptions extends RunOptions {
  /** Returns true to say that it has seen enough: git is stopped, and that is no failure. */
  readonly onData: (chunk: Buffer) => boolean | void;
}

/**
 * The one way to git, for one folder.
 *
 * A git that fails for what passes by itself, before it has said anything, is asked again; one that never ends is stopped.
 *
 * @throws GuardianError FILE_SYSTEM where the folder does not exist
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
      // simple-git's own listener would gather all that is written.
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
      // Where git says nothing simple-git waits 50 ms more for it; it has seen something when the output ends.
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
  /** Nobody has been told anything yet. */
  readonly mayPass: boolean;
}
