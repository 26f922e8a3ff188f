import { withProgram } from '../host/program.ts';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { applySteps } from '../install/apply.ts';
import { planRemoval } from '../install/installation.ts';
import { renderPlan } from '../install/render-plan.ts';
import { openHooksHome } from './open-work-tree.ts';

/** `code-guardian uninstall`: removes the hooks and restores what was there. */
export const run: Run = async ({ host, options }) => {
  const home = await openHooksHome(host);
  const plan = await planRemoval(home, options.hook, options.server === true || home.top === null);
  const isDryRun = options.dryRun === true;
  if (!isDryRun) await applySteps(home.git, plan.steps);
  host.stdout.write(withProgram(renderPlan(plan, isDryRun), host.program));
  return EXIT.ok;
};
