import type { CommandSpec } from './command-spec.ts';
import { COMMANDS } from './commands.ts';
import { type OptionName, optionSpec } from './options.ts';

/** Help for all commands, or for some of them. */
export function renderHelp(topic: readonly CommandSpec[]): string {
  if (topic.length === 1) return renderCommand(topic[0]!);
  const shown = topic.length === 0 ? COMMANDS : topic;
  const rows = shown.map(
    ({ name, positionals, summary }) => [`code-guardian ${name}${positionals === undefined ? '' : ` ${positionals}`}`, summary] as const,
  );
  return [
    'Code-Guardian looks at what you are about to commit: secrets, leftovers, and files that should not be there.',
    '',
    ...columns(rows),
    '',
    'code-guardian COMMAND --help says more of one command, code-guardian --version the version.',
    'Exit codes: 0 clean or only warnings, 1 blocked, 2 could not do the job.',
    '',
  ].join('\n');
}

function renderCommand({ name, positionals, summary, options }: CommandSpec): string {
  const usage = [
    'code-guardian',
    name,
    ...(options.length === 0 ? [] : ['[OPTION…]']),
    ...(positionals === undefined ? [] : [positionals]),
  ].join(' ');
  return [
    usage,
    '',
    `${summary[0]!.toUpperCase()}${summary.slice(1)}.`,
    '',
    ...columns([...options, 'help' as const].map(optionRow)),
    '',
  ].join('\n');
}

function optionRow(name: OptionName): readonly [string, string] {
  const { short, value, values, isNegatable, isRepeatable, help } = optionSpec(name);
  const flag = `${short === undefined ? '' : `-${short}, `}--${isNegatable === true ? '[no-]' : ''}${name}${value === undefined ? '' : ` ${value}`}`;
  return [flag, `${help}${values === undefined ? '' : `: ${values.join(', ')}`}${isRepeatable === true ? ' (may be given again)' : ''}`];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
