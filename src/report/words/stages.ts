import { withProgram } from '../../host/program.ts';
import { visible } from '../../findings/redact.ts';
import { renderDocument } from '../json-document.ts';

/** A stage of the config, for `code-guardian stages`. */
export interface StageLine {
  readonly id: string;
  readonly state: 'trusted' | 'allowed' | 'asks' | 'off';
  readonly hooks: readonly string[];
  readonly command: readonly string[];
  readonly support: readonly string[];
}

const STATES: Readonly<Record<StageLine['state'], string>> = {
  trusted: "runs: your own or your organization's config names it",
  allowed: 'runs: you allowed it',
  asks: "does not run: it comes from the repository's config and is not allowed on this machine yet",
  off: 'does not run: security.stages is off',
};

/** One block per stage: its state, command and hooks. */
export function renderStages(stages: readonly StageLine[], program?: string): string {
  if (stages.length === 0) return 'The config has no stages.\n';
  const blocks = stages.map(
    ({ id, state, hooks, command, support }) =>
      `${id}\n  ${STATES[state]}\n  command: ${command.map(quote).join(' ')}\n  at: ${hooks.join(', ')}\n` +
      (support.length === 0 ? '' : `  with: ${support.map(quote).join(' ')}\n`),
  );
  const asking = stages.filter(({ state }) => state === 'asks').length;
  const hint = asking === 0 ? '' : withProgram(`\nTo allow ${asking === 1 ? 'it' : 'them'}: \`code-guardian stages allow\`\n`, program);
  return `${blocks.join('\n')}${hint}`;
}

export function renderStagesJson(stages: readonly StageLine[]): string {
  return renderDocument(stages.map(({ id, state, hooks, command, support }) => ({ id, state, hooks, command, support })));
}

/** An argument as a person would type it, with terminal control characters made visible. */
function quote(argument: string): string {
  const shown = visible(argument);
  return /^[\w@%+=:,./{}*-]+$/.test(shown) ? shown : JSON.stringify(shown);
}
