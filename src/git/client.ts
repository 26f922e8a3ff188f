import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { SimpleGit, simpleGit as SimpleGitFactory } from 'simple-git';
import { GuardianError } from '../errors/guardian-error.ts';
import { delayOf, isPassing, type RetrySettings } from '../errors/retry.ts';
import { DEFAULT_CONFIG } from '../policy/config.ts';

/**
 * What git tells a hook about the repository, the index and the quarantine it works in. simple-git drops every `GIT_…` variable
 * unless it is named: without these a hook run by `commit -a`, in a linked worktree or in pre-receive reads the wrong index.
 */
const GIT_ENVIRONMENT = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_QUARANTINE_PATH',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_NAMESPACE',
  'GIT_SHALLOW_FILE',
  'GIT_EXEC_PATH',
];

/** Set for every git that we start. */
export const OUR_ENVIRONMENT = {
  GIT_OPTIONAL_LOCKS: '0', // never refresh the index behind the user's back
  GIT_TERMINAL_PROMPT: '0', // never ask
  GIT_NO_REPLACE_OBJECTS: '1', // `git replace` must not show a clean blob in place of the staged one
  LC_ALL: 'C', // messages that can be told apart
};

/** The same, but of no use to a shell. Without it `rev-list` wakes its reader for every single commit. */
const BUFFERED = { GIT_FLUSH: '0' };

/** Options before the command: what configuration must not change. */
export const OUR_CONFIG = [
  'core.quotePath=false',
  'core.fsmonitor=false', // it is a program of the repository's choosing
];

/**
 * Variables that simple-git refuses to pass on by `.env()`. Git's plumbing starts no editor, pager or prompt, so they are left out.
 */
const LEFT_OUT = /^(?:EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS)$/i;

/**
 * simple-git guards against arguments that came from strangers. Ours are constants, and what git's own environment says
 * (`GIT_CONFIG_COUNT`, `git -c …`) holds for the commit as well, so a scan that refused it would only fail.
 */
const UNSAFE_ALLOWED = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
};

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

/** How long to wait for git, and how often to ask again. */
export interface TimeBudget extends RetrySettings {
  /**
   * Milliseconds that are left for git.
   *
   * @param since when git was started, in milliseconds since our own process began
   */
  readonly timeLeft: (since: number) => number;
}

export interface RunOptions {
  /** For git's stdin, whole. */
  readonly input?: string | Buffer;
}

export interface StreamOptions extends RunOptions {
  /** Returns true to say that it has seen enough: git is stopped, and that is no failure. */
  readonly onData: (chunk: Buffer) => boolean | void;
}

const DEFAULT_BUDGET: TimeBudget = {
  ...DEFAULT_CONFIG.errors,
  timeLeft: (since) => since + DEFAULT_CONFIG.performance.timeout - elapsed(),
};

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
    const { simpleGit } = await loadSimpleGit();
    const over = createTimer(() => budget, args);
    const git = createGit(simpleGit, { baseDir, environment, input, signal: over.signal }).outputHandler((_command, stdout) => {
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
      if (!isEnough) return { thrown, mayPass: !hasSpoken };
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

/** How often is looked whether the time is over, in milliseconds: how much there is may change meanwhile. */
const LOOK_EVERY = 200;

/** The end of the time for one git: `signal` stops it, and `reached` fails without waiting for it to stop. */
function createTimer(
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

function elapsed(): number {
  return process.uptime() * 1000;
}

function timeOver(args: readonly string[], milliseconds: number): GuardianError {
  return new GuardianError('TIMEOUT', `git ${commandIn(args)} did not end within ${Math.round(milliseconds / 1000)} s, and was stopped`, {
    hint: 'See whether the same git command ends by hand; raise `performance.timeout` where it only takes long.',
  });
}

/** Pipes to and from git, and the one that tells of its start. */
const DESCRIPTORS = 8;

/** Where there are no files to be had Node gives out a process without streams, on which simple-git trips, and whose own failure has no hearer. */
function probeDescriptors(): void {
  const opened: number[] = [];
  try {
    while (opened.length < DESCRIPTORS) opened.push(openSync(devNull, 'r'));
  } finally {
    opened.forEach((descriptor) => closeSync(descriptor));
  }
}

/** Loads what talks to git; a commit through our own shim has its answers already, and does without. */
export function loadSimpleGit(): Promise<{ readonly simpleGit: typeof SimpleGitFactory }> {
  return import('simple-git');
}

interface GitRun {
  readonly baseDir: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly input: string | Buffer | undefined;
  readonly signal: AbortSignal;
}

function createGit(simpleGit: typeof SimpleGitFactory, { baseDir, environment, input, signal }: GitRun): SimpleGit {
  const numbered = Object.keys(environment).filter((name) => /^GIT_CONFIG_(?:KEY|VALUE)_\d+$/.test(name));
  const merge = Object.keys(environment).filter((name) => name.startsWith('GITHEAD_'));
  const allowed = [...GIT_ENVIRONMENT, ...numbered, ...merge, ...Object.keys({ ...OUR_ENVIRONMENT, ...BUFFERED })];
  const passedOn = Object.entries(environment).filter(
    ([name]) => (!name.startsWith('GIT') || allowed.includes(name)) && !LEFT_OUT.test(name),
  );
  return simpleGit({
    baseDir,
    allowEnvironment: allowed,
    config: OUR_CONFIG,
    completion: { onExit: false }, // the default waits 50 ms after each exit
    input: () => input ?? '',
    abort: signal,
    errors: (error, { exitCode, stdErr }) =>
      exitCode === 0 ? undefined : (error ?? new Error(Buffer.concat(stdErr).toString() || `git ended with ${exitCode ?? 'a signal'}`)),
    unsafe: UNSAFE_ALLOWED,
  }).env({ ...Object.fromEntries(passedOn), ...OUR_ENVIRONMENT, ...BUFFERED });
}

/** What simple-git threw, told apart by git's own words (`LC_ALL=C`). */
function gitError(thrown: unknown, args: readonly string[], retries: number): GuardianError {
  if (thrown instanceof GuardianError) return thrown;
  const said = wordsOf(thrown);
  if (/spawn git ENOENT/.test(said)) {
    return new GuardianError('GIT_FAILED', 'git was not found', {
      hint: 'Install git, or put it on the PATH that hooks get.',
      cause: thrown,
    });
  }
  if (/dubious ownership/.test(said)) {
    return new GuardianError('GIT_FAILED', 'git does not trust this repository: another user owns it', {
      hint: 'Run `git config --global --add safe.directory PATH` for it, as `git status` there says.',
      cause: thrown,
    });
  }
  if (/not a git repository|usage: git diff --no-index/i.test(said)) {
    return new GuardianError('NOT_A_REPOSITORY', 'this is not a git repository', {
      hint: 'Run it inside one; `git init` makes one.',
      cause: thrown,
    });
  }
  if (isPassing(said)) {
    return new GuardianError(
      'GIT_FAILED',
      `git ${commandIn(args)} failed, also after ${retries} retries: ${withoutCredentials(firstLines(said, 1))}`,
      {
        hint: 'Try again when less is at work on this machine and in this repository. A lock that a stopped git left behind is for you to remove.',
        cause: thrown,
      },
    );
  }
  return new GuardianError('GIT_FAILED', `git ${commandIn(args)} failed: ${withoutCredentials(firstLines(said))}`, {
    hint: 'See whether the same git command works by hand; `git fsck` finds damaged objects.',
    cause: thrown,
  });
}

function commandIn(args: readonly string[]): string {
  return args.find((arg) => !arg.startsWith('-')) ?? '';
}

function wordsOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).trim();
}

function firstLines(text: string, count = 3): string {
  return text.split('\n').slice(0, count).join(' | ');
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@\s]+@/g, '//…@');
}
