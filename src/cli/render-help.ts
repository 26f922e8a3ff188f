import { withProgram } from '../host/program.ts';
import { wrap } from '../report/text-layout.ts';
import { type CommandSpec, GROUP_TITLES } from './command-spec.ts';
import { COMMANDS } from './commands.ts';
import { type OptionName, optionSpec } from './options.ts';

/** Where help is printed. */
export interface HelpView {
  /** Columns of the terminal; absent elsewhere: then each command and option stays on one line, for grep. */
  readonly columns?: number | undefined;
  /** How the reader starts the program; default `code-guardian`. */
  readonly program?: string | undefined;
}

/** Prose is wrapped here when there is no terminal. */
const USUAL_COLUMNS = 80;

/** Help for all commands, or for some of them. */
export function renderHelp(topic: readonly CommandSpec[], view: HelpView = {}): string {
  const lines = topic.length === 1 ? renderCommand(topic[0]!, view) : renderTable(topic.length === 0 ? COMMANDS : topic, view);
  return `${lines.join('\n')}\n`;
}

function renderTable(specs: readonly CommandSpec[], view: HelpView): string[] {
  const shown = specs.filter(({ isInternal }) => isInternal !== true);
  const titles = Object.entries(GROUP_TITLES);
  const width = Math.max(...shown.map(({ name }) => name.length));
  const groups = titles.flatMap(([group, title]) => {
    const rows = shown.filter((spec) => spec.group === group).map(({ name, summary }) => [name, summary] as const);
    return rows.length === 0 ? [] : [title, ...renderRows(rows, width, view), ''];
  });
  return [
    ...prose(
      'Code-Guardian stands between `git commit` and a mistake: it scans for secrets, leftovers and files that should not be there.',
      view,
    ),
    '',
    ...groups,
    ...prose('Options and an example: `code-guardian COMMAND --help`. The version: `code-guardian --version`.', view),
    ...prose('Exit codes: 0 clean or only warnings, 1 blocked, 2 could not do the job.', view),
  ];
}

function renderCommand(spec: CommandSpec, view: HelpView): string[] {
  const { name, positionals, description, example, options } = spec;
  const visible = options.filter((option) => optionSpec(option).isInternal !== true);
  const usage = [
    'code-guardian',
    name,
    ...(options.length === 0 ? [] : ['[OPTION…]']),
    ...(positionals === undefined ? [] : [positionals]),
  ];
  const rows = [...visible, 'help' as const].map((option) => optionRow(option, spec));
  return [
    asTyped(usage.join(' '), view),
    '',
    ...prose(description, view),
    '',
    'Example',
    `  ${asTyped(example, view)}`,
    '',
    'Options',
    ...renderRows(rows, Math.max(...rows.map(([flag]) => flag.length)), view),
    ...renderFormats(spec, view),
  ];
}

/** Names for the row of the option; those with a summary have a table. */
function inline(formats: CommandSpec['formats'] = []): readonly string[] | undefined {
  return formats.some(({ summary }) => summary !== undefined) ? undefined : formats.map(({ name }) => name);
}

function renderFormats({ formats = [] }: CommandSpec, view: HelpView): string[] {
  const rows = formats.flatMap(({ name, summary }) => (summary === undefined ? [] : [[name, summary] as const]));
  return rows.length === 0 ? [] : ['', 'Formats', ...renderRows(rows, Math.max(...rows.map(([name]) => name.length)), view)];
}

function optionRow(name: OptionName, { formats }: CommandSpec): readonly [string, string] {
  const { short, value, values = name === 'format' ? inline(formats) : undefined, isNegatable, isRepeatable, help } = optionSpec(name);
  const flag = `${short === undefined ? '' : `-${short}, `}--${isNegatable === true ? '[no-]' : ''}${name}${value === undefined ? '' : ` ${value}`}`;
  return [flag, `${help}${values === undefined ? '' : `: ${values.join(', ')}`}${isRepeatable === true ? ' (repeatable)' : ''}`];
}

function renderRows(rows: readonly (readonly [string, string])[], width: number, { columns = Infinity }: HelpView): string[] {
  const indent = width + 4;
  return rows.flatMap(([left, right]) =>
    wrap(right, Math.max(20, columns - indent)).map((line, i) => `${i === 0 ? `  ${left.padEnd(width)}  ` : ' '.repeat(indent)}${line}`),
  );
}

function prose(text: string, { columns = USUAL_COLUMNS, program }: HelpView): string[] {
  return wrap(withProgram(text, program), columns);
}

/** A command line of ours. */
function asTyped(command: string, { program = 'code-guardian' }: HelpView): string {
  return command.replace('code-guardian', program);
}
