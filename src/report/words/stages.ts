import { visible } from '../../findings/redact.ts';
import { renderDocument } from '../formats/json.ts';
import { count } from '../text-layout.ts';

/** A stage of the config, as `code-guardian stages` lists it. */
export interface StageLine {
  readonly id: string;
  readonly state: 'trusted' | 'allowed' | 'asks' | 'off';
  readonly hooks: readonly string[];
  readonly command: readonly string[];
  readonly support: readonly string[];
}

const STATES: Readonly<Record<StageLine['state'], string>> = {
  trusted: 'runs: your own config, or that of your organisation, names it',
  allowed: 'runs: you have allowed it',
  asks: "does not run: the repository's config names it, and nobody has allowed it here",
  off: 'does not run: security.stages is off',
};

/** One block a stage: what it runs, when, and whether it may. */
export function renderStages(stages: readonly StageLine[]): string {
  if (stages.length === 0) return 'The config names no stages.\n';
  const blocks = stages.map(
    ({ id, state, hooks, command, support }) =>
      `${id}\n  ${STATES[state]}\n  command: ${command.map(quote).join(' ')}\n  at: ${hooks.join(', ')}\n` +
      (support.length === 0 ? '' : `  with: ${support.map(quote).join(' ')}\n`),
  );
  const asking = stages.filter(({ state }) => state === 'asks').length;
  const hint = asking === 0 ? '' : `\n${count(asking, 'stage waits', 'stages wait')}: \`code-guardian stages allow\`\n`;
  return `${blocks.join('\n')}${hint}`;
}

export function renderStagesJson(stages: readonly StageLine[]): string {
  return renderDocument(stages.map(({ id, state, hooks, command, support }) => ({ id, state, hooks, command, support })));
}

/** As somebody would write it; what a terminal would obey is shown as such. */
function quote(argument: string): string {
  const shown = visible(argument);
  return /^[\w@%+=:,./{}*-]+$/.test(shown) ? shown : JSON.stringify(shown);
}
