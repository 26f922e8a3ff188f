import { withProgram } from '../host/program.ts';
import type { Invocation, Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import type { Host } from '../host/host.ts';
import { canAsk, openPrompt, type Prompt } from '../host/prompt.ts';
import { STARTER_FILE, type StarterChoice } from '../config/starter.ts';
import { visible } from '../findings/redact.ts';
import { applySteps } from '../install/apply.ts';
import { parseHooks } from '../install/hook-names.ts';
import type { HooksHome } from '../install/hooks-folder.ts';
import { planInstallation } from '../install/installation.ts';
import type { Plan } from '../install/plan.ts';
import { renderPlan } from '../install/render-plan.ts';
import type { Proposal } from '../policy/propose-presets.ts';
import { askStarter, askYes, parsePresets, stopped } from './init/choices.ts';
import { lookAtFindings } from './init/look-at-findings.ts';
import { filesToCommit, nextSteps } from './init/next-steps.ts';
import { surveyProject } from './init/survey-project.ts';
import { findConfig, writeStarter } from './init/write-config.ts';
import { readRuntime } from './install.ts';
import { openWorkTree } from './open-work-tree.ts';

/**
 * `code-guardian init`: a starter config, the hooks, and a first scan. Existing files stay as they are. It asks all questions but the last
 * before anything changes.
 */
export const run: Run = async (invocation) => {
  const { host, options } = invocation;
  const isDryRun = options.dryRun === true;
  const home = await openWorkTree(host);
  const prompt = options.yes !== true && !isDryRun && canAsk(host) ? openPrompt(host) : null;
  const say = (line: string): void => host.stdout.write(`${withProgram(visible(line), host.program)}\n`);
  try {
    const config = await chooseConfig(invocation, home.top!, prompt, say);
    const plan = await planHooks(invocation, home, prompt);
    if (config !== null && !isDryRun) writeStarter(home.top!, config);
    say(tellConfig(home.top!, config, isDryRun));
    if (config === null && options.preset !== undefined) say('  --preset applies only to a new config: add the preset to `extends` there');
    if (!isDryRun) await applySteps(home.git, plan.steps);
    host.stdout.write(withProgram(renderPlan(plan, isDryRun), host.program));
    if (isDryRun) return EXIT.ok;
    await lookAtFindings(host, prompt, say);
    const files = [...(config === null ? [] : [STARTER_FILE]), ...filesToCommit(home, plan)];
    nextSteps(home, files).forEach(say);
    return EXIT.ok;
  } finally {
    prompt?.close();
  }
};

/** Null: a config exists. */
async function chooseConfig(
  { host, options }: Invocation,
  top: string,
  prompt: Prompt | null,
  say: (line: string) => void,
): Promise<StarterChoice | null> {
  const given = options.preset === undefined ? null : parsePresets(options.preset);
  if (findConfig(top) !== null) return null;
  const proposed = given === null ? await propose(host, top, say) : given;
  return prompt === null ? { presets: proposed, failFast: true } : askStarter(prompt, proposed, say);
}

async function propose(host: Host, top: string, say: (line: string) => void): Promise<readonly string[]> {
  const proposals: readonly Proposal[] = await surveyProject(top, host.env);
  for (const { preset, because } of proposals) say(`preset ${preset}: ${because}`);
  return proposals.map(({ preset }) => preset);
}

function tellConfig(top: string, config: StarterChoice | null, isDryRun: boolean): string {
  if (config === null) return `config: ${findConfig(top)} exists and stays unchanged`;
  return `config: ${isDryRun ? 'would be written' : 'written'} to ${STARTER_FILE}, extends: [${config.presets.join(', ')}]`;
}

/** The files of another manager are edited only with the user's consent. */
async function planHooks({ host, options }: Invocation, home: HooksHome, prompt: Prompt | null): Promise<Plan> {
  const request = { hooks: parseHooks(undefined, false), runtime: readRuntime(host.script), isInConfig: false };
  const plan = await planInstallation(home, { ...request, isWriting: options.write === true });
  if (prompt === null || options.write === true) return plan;
  const guest = await planInstallation(home, { ...request, isWriting: true });
  const files = filesToCommit(home, guest).filter((file) => !filesToCommit(home, plan).includes(file));
  if (files.length === 0) return plan;
  const isWanted = await askYes(prompt, `Another hook manager is in use. Add code-guardian to ${visible(files.join(', '))}?`, false);
  if (isWanted === null) throw stopped();
  return isWanted ? guest : plan;
}
