import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import type { Host } from '../host/host.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import { openGit } from '../git/client.ts';
import { readRepository } from '../git/repository.ts';
import { renderStages, renderStagesJson, type StageLine } from '../report/words/stages.ts';
import { type ChosenStage, chooseStages } from '../run/stages/choose-stages.ts';
import { createRedactor } from '../run/redact-text.ts';
import { readAllowedStages, writeAllowedStages } from '../state/stages-allowed.ts';
import { chooseFormat } from './choose-format.ts';
import { loadDiskConfig } from './load-disk-config.ts';

const FORMATS: Readonly<Record<string, (stages: readonly StageLine[], program?: string) => string>> = {
  pretty: renderStages,
  json: renderStagesJson,
};
const ACTIONS = ['list', 'allow', 'forbid'];

/** `code-guardian stages [list|allow|forbid] [ID…]`: the external scanners in the config, and which may run on this machine. */
export const run: Run = async ({ host, options, args: [action = 'list', ...ids] }) => {
  const render = chooseFormat(FORMATS, options.format);
  if (!ACTIONS.includes(action)) throw unknown('action', action, ACTIONS);
  const loaded = await loadDiskConfig({ host, options });
  const commonDir = await readCommonDir(host, action);
  const choose = (): ChosenStage[] => chooseStages(loaded, options.config !== undefined, readAllowedStages(commonDir));
  const known = choose();
  for (const id of ids) {
    if (!known.some(({ stage }) => stage.id === id))
      throw unknown(
        'stage',
        id,
        known.map(({ stage }) => stage.id),
      );
  }
  const meant = known.filter(({ stage }) => ids.length === 0 || ids.includes(stage.id)).map(({ digest }) => digest);
  if (action === 'allow') writeAllowedStages(commonDir!, [...readAllowedStages(commonDir), ...meant]);
  // Also forget stages that were allowed on other branches.
  if (action === 'forbid')
    writeAllowedStages(commonDir!, ids.length === 0 ? [] : [...readAllowedStages(commonDir)].filter((digest) => !meant.includes(digest)));
  const shown = choose().filter(({ stage }) => ids.length === 0 || ids.includes(stage.id));
  host.stdout.write(createRedactor(loaded.config)(render(shown.map(lineOf), host.program)));
  return EXIT.ok;
};

function lineOf({ stage: { id, hooks, command, support }, state }: ChosenStage): StageLine {
  return { id, state, hooks, command, support };
}

/** Permissions are stored in the git directory; outside a repository only the list works. */
async function readCommonDir(host: Host, action: string): Promise<string | null> {
  try {
    return (await readRepository(openGit(host.cwd, host.env))).commonDir;
  } catch (thrown) {
    if (action === 'list' && thrown instanceof GuardianError && thrown.code === 'NOT_A_REPOSITORY') return null;
    throw thrown;
  }
}

function unknown(what: string, typed: string, candidates: readonly string[]): GuardianError {
  return new GuardianError('USAGE', `unknown ${what} ${JSON.stringify(typed)}${didYouMean(typed, candidates)}`, {
    hint: candidates.length === 0 ? 'The config has no stages.' : `Known: ${candidates.join(', ')}.`,
  });
}
