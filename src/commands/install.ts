import { withProgram } from '../host/program.ts';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Invocation, Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { configCandidates } from '../config/search.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { PIPE_PROTOCOL, renderPipeCommands } from '../startup/read-piped.ts';
import { PUSH_PIPE_PROTOCOL, renderPushPipeCommands } from '../startup/read-piped-push.ts';
import { applySteps } from '../install/apply.ts';
import { parseHooks } from '../install/hook-names.ts';
import { planInstallation } from '../install/installation.ts';
import { renderPlan } from '../install/render-plan.ts';
import type { Runtime } from '../install/shim.ts';
import { STAGED_HOOKS } from './hook.ts';
import { openHooksHome, openWorkTree } from './open-work-tree.ts';

/** `code-guardian install`: installs the hooks and changes nothing else. */
export const run: Run = async (invocation) => {
  const { host, options } = invocation;
  const isTolerant = options.ifPossible === true;
  const hooks = parseHooks(options.hook, options.server);
  const skip = (why: string): number => {
    host.stdout.write(`code-guardian: not installed: ${why}\n`);
    return EXIT.ok;
  };
  if (isTolerant && isCi(host.env)) return skip('CI does not need hooks');
  try {
    return await install(invocation, hooks);
  } catch (thrown) {
    if (!isTolerant || !(thrown instanceof GuardianError)) throw thrown;
    return skip(thrown.message);
  }
};

async function install({ host, options }: Invocation, hooks: readonly string[]): Promise<number> {
  const home = options.server === true ? await openHooksHome(host) : await openWorkTree(host);
  const isDryRun = options.dryRun === true;
  const plan = await planInstallation(home, {
    hooks,
    runtime: readRuntime(host.script),
    isInConfig: options.configHooks === true,
    isWriting: options.write === true,
  });
  if (!isDryRun) await applySteps(home.git, plan.steps);
  host.stdout.write(withProgram(renderPlan(plan, isDryRun), host.program));
  return EXIT.ok;
}

function isCi({ CI = '' }: NodeJS.ProcessEnv): boolean {
  return CI !== '' && CI !== 'false';
}

/** The running program: the hooks will start the same one. */
export function readRuntime(program: string): Runtime {
  const script = realpathSync(program);
  const staged = { commands: renderPipeCommands(configCandidates('')), options: `--piped ${PIPE_PROTOCOL} --hooks-folder "$folder"` };
  return {
    script,
    node: process.execPath,
    template: readFileSync(join(script, '../../hooks/shim.sh'), 'utf8'),
    pipes: {
      ...Object.fromEntries(STAGED_HOOKS.map((name) => [name, staged])),
      'pre-push': { commands: renderPushPipeCommands(), options: `--piped ${PUSH_PIPE_PROTOCOL}` },
    },
  };
}
