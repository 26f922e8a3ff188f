import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Invocation, Run } from '../cli/command.ts';
import { EXIT } from '../cli/host.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { configCandidates } from '../config/search.ts';
import { PIPE_PROTOCOL, renderPipeCommands } from '../git/read-piped.ts';
import { applySteps } from '../install/apply.ts';
import { parseHooks, planInstallation, type Runtime } from '../install/installation.ts';
import { openWorkTree } from './open-work-tree.ts';

/** `code-guardian install`: wires the hooks and changes nothing else. */
export const run: Run = async (invocation) => {
  const { host, options } = invocation;
  for (const later of ['server', 'config-hooks', 'write'] as const) {
    if (options[later] !== true) continue;
    throw new GuardianError('USAGE', `--${later} is not available in this release`, {
      hint: 'Leave it out to wire the hooks of a work tree.',
    });
  }
  const hooks = parseHooks(options.hook);
  try {
    return await install(invocation, hooks);
  } catch (thrown) {
    if (options['if-possible'] !== true || !(thrown instanceof GuardianError)) throw thrown;
    host.stdout.write(`code-guardian: not installed: ${thrown.message}\n`);
    return EXIT.ok;
  }
};

async function install({ host, options }: Invocation, hooks: readonly string[]): Promise<number> {
  const { git, commonDir } = await openWorkTree(host);
  const { steps, notes } = await planInstallation(git, commonDir, hooks, readRuntime());
  if (options['dry-run'] !== true) applySteps(steps);
  for (const note of notes) host.stdout.write(`${options['dry-run'] === true && steps.length > 0 ? 'would be: ' : ''}${note}\n`);
  return EXIT.ok;
}

/** This very program: what is running now is what the hook will run. */
function readRuntime(): Runtime {
  const script = realpathSync(process.argv[1]!);
  return {
    script,
    node: process.execPath,
    template: readFileSync(join(script, '../../hooks/shim.sh'), 'utf8'),
    pipe: { commands: renderPipeCommands(configCandidates('')), protocol: PIPE_PROTOCOL },
  };
}
