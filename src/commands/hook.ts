import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import type { Host } from '../host/host.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import { openGit } from '../git/client.ts';
import { markBuiltIn } from '../state/built-in-mark.ts';
import { findRepositoryPaths } from '../run/asking/repository-paths.ts';
import { markSeen } from '../state/seen-mark.ts';
import { runAndReport } from './run-and-report.ts';
import { openNotices } from '../run/notices.ts';

/** Hooks that run when the index is what gets committed. Further arguments (file names) are ignored. */
export const STAGED_HOOKS: readonly string[] = ['pre-commit', 'pre-merge-commit'];

const staged: Run = ({ host, options, args }) =>
  runAndReport({ host, options, target: { kind: 'staged' }, hook: args[0]! }, ({ loaded, gitDir, staged }, code) => {
    markBuiltIn(gitDir!, loaded.config);
    if (hasReader(options.hooksFolder)) markSeen(gitDir!, code === EXIT.ok ? staged : null);
  });

/** Only a post-commit hook reads the mark of this run. If our shim is elsewhere, there may be one. */
function hasReader(hooksFolder: string | undefined): boolean {
  return hooksFolder === undefined || existsSync(join(hooksFolder, 'post-commit'));
}

/** Every hook. `args[0]` is its name; git's arguments follow. */
const HOOKS: Readonly<Record<string, () => Promise<Run>>> = {
  ...Object.fromEntries(STAGED_HOOKS.map((name) => [name, async () => staged])),
  'commit-msg': async () => (await import('./hooks/commit-msg.ts')).run,
  'pre-push': async () => (await import('./hooks/pre-push.ts')).run,
  'pre-receive': async () => (await import('./hooks/pre-receive.ts')).run,
  'prepare-commit-msg': async () => (await import('./hooks/notice-bypass.ts')).prepareCommitMsg,
  'post-commit': async () => (await import('./hooks/notice-bypass.ts')).postCommit,
};

/** `code-guardian hook NAME [ARG…]`: what the shims and other hook managers call. */
export const run: Run = async (invocation) => {
  const { host, args } = invocation;
  const name = args[0]!;
  const load = Object.hasOwn(HOOKS, name) ? HOOKS[name] : undefined;
  if (load === undefined) {
    throw new GuardianError('USAGE', `unknown hook ${JSON.stringify(name)}${didYouMean(name, Object.keys(HOOKS))}`, {
      hint: `Known hooks: ${Object.keys(HOOKS).join(', ')}.`,
    });
  }
  if (host.env['CODE_GUARDIAN'] === '0') {
    return switchedOff(host, name);
  }
  return (await load())(invocation);
};

/** Printed and counted, so that a forgotten switch is noticed. */
async function switchedOff(host: Host, hook: string): Promise<number> {
  (await openNotices(host)).info('code-guardian: switched off by CODE_GUARDIAN=0');
  const repository = await findRepositoryPaths(host, openGit(host.cwd, host.env), { kind: 'staged' }, hook).catch(() => null);
  if (repository === null || hook === 'pre-receive') return EXIT.ok;
  const { recordBypass } = await import('../run/recording/record-run.ts');
  recordBypass(host, repository.gitDir, hook);
  return EXIT.ok;
}
