import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { SimpleGit, simpleGit as SimpleGitFactory } from 'simple-git';
import { environmentOf, OUR_CONFIG } from './git-environment.ts';
import { GitExit } from './git-error.ts';

/**
 * Switches off simple-git's checks for untrusted arguments. Ours are constants, and git's own environment (`GIT_CONFIG_COUNT`, `git -c …`)
 * applies to the commit, too, so refusing it would only make the scan fail.
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

/** The pipes of git, and the one that reports its start. */
const DESCRIPTORS = 8;

/**
 * If file descriptors run out, Node returns a child without streams: simple-git crashes on it, and nothing handles the child's `error` event.
 * So we check first.
 *
 * @throws the system's error
 */
export function probeDescriptors(): void {
  const opened: number[] = [];
  try {
    while (opened.length < DESCRIPTORS) opened.push(openSync(devNull, 'r'));
  } finally {
    opened.forEach((descriptor) => closeSync(descriptor));
  }
}

/** Loads simple-git on use: with our own shim, a commit already has git's output and never needs it. */
export function loadSimpleGit(): Promise<{ readonly simpleGit: typeof SimpleGitFactory }> {
  return import('simple-git');
}

export interface GitRun {
  readonly baseDir: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly input: string | Buffer | undefined;
  readonly signal: AbortSignal;
  /** Gets how git ended: simple-git passes on only the text of an error. */
  readonly onFailure: (exit: GitExit) => void;
}

export function createGit(simpleGit: typeof SimpleGitFactory, { baseDir, environment, input, signal, onFailure }: GitRun): SimpleGit {
  const { variables, allowed } = environmentOf(environment);
  return simpleGit({
    baseDir,
    allowEnvironment: allowed,
    config: OUR_CONFIG,
    completion: { onExit: false }, // the default waits 50 ms after each exit
    input: () => input ?? '',
    abort: signal,
    errors: (error, { exitCode, stdErr }) => {
      if (exitCode === 0) return undefined;
      const exit = new GitExit(exitCode, Buffer.concat(stdErr).toString());
      // Other numbers are simple-git's own: git did not start.
      if (exitCode > 0 && exitCode < 256) onFailure(exit);
      return error ?? exit;
    },
    unsafe: UNSAFE_ALLOWED,
  }).env(variables);
}
