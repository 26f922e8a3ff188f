import { GuardianError } from '../errors/guardian-error.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import type { Options } from '../commands/options.ts';
import type { CommandSpec } from './command-spec.ts';
import { COMMAND_GROUPS, COMMANDS } from './commands.ts';
import { convertOptions } from './convert-options.ts';
import { type OptionName, OPTIONS, optionSpec } from './options.ts';
import { readTokens } from '../startup/read-tokens.ts';

/** What a command line requests. */
export type Request =
  | { readonly kind: 'version' }
  /** `topic`: the commands to describe; empty: all. */
  | { readonly kind: 'help'; readonly topic: readonly CommandSpec[] }
  | { readonly kind: 'command'; readonly command: CommandSpec; readonly options: Options; readonly args: readonly string[] };

/**
 * Arguments → request.
 *
 * @param argv without node and script
 * @throws GuardianError USAGE that names the nearest known command, option or value
 */
export function parseArguments(argv: readonly string[]): Request {
  const [first, second] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    return { kind: 'help', topic: second === undefined || first !== 'help' ? [] : topicOf(second) };
  }
  if (first === '--version') return { kind: 'version' };
  if (first.startsWith('-')) throw unknown('option', first, ['--help', '--version'], 'code-guardian');

  const group = topicOf(first);
  const isGroup = group[0]!.name !== first;
  if (isGroup && (second === undefined || second === '--help' || second === '-h')) {
    if (second !== undefined) return { kind: 'help', topic: group };
    throw usage(`${first} needs a subcommand: ${group.map(({ name }) => name.split(' ')[1]).join(', ')}`, first);
  }
  const command = isGroup ? group.find(({ name }) => name === `${first} ${second}`) : group[0];
  if (command === undefined)
    throw unknown(
      'command',
      `${first} ${second}`,
      group.map(({ name }) => name),
      first,
    );
  return parseCommand(command, argv.slice(isGroup ? 2 : 1));
}

function topicOf(word: string): CommandSpec[] {
  const group = COMMANDS.filter(({ name }) => name === word || name.startsWith(`${word} `));
  if (group.length === 0) throw unknown('command', word, COMMAND_GROUPS, '');
  return group;
}

function parseCommand(command: CommandSpec, argv: readonly string[]): Request {
  const known: readonly OptionName[] = [...command.options, 'help'];
  const values: Record<string, boolean | string | string[]> = {};
  const args: string[] = [];

  for (const token of readTokens(argv, Object.fromEntries(known.map((name) => [name, optionSpec(name)])))) {
    if (token.kind === 'positional') {
      args.push(token.value);
      continue;
    }
    const isNegated = token.name.startsWith('no-') && !isOption(token.name, known);
    const name = isNegated ? token.name.slice(3) : token.name;
    if (!isOption(name, known) || (isNegated && optionSpec(name).isNegatable !== true)) {
      throw unknown('option', token.typed, flagsOf(known), command.name);
    }
    values[name] = readValue(command, name, isNegated, token.value, values[name]);
  }
  if (values['help'] === true) return { kind: 'help', topic: [command] };
  checkCount(command, args);
  return { kind: 'command', command, options: convertOptions(values), args };
}

function isOption(name: string, known: readonly OptionName[]): name is OptionName {
  return Object.hasOwn(OPTIONS, name) && known.includes(name as OptionName);
}

function flagsOf(names: readonly OptionName[]): string[] {
  return names.flatMap((name) => [`--${name}`, ...(optionSpec(name).isNegatable === true ? [`--no-${name}`] : [])]);
}

function readValue(
  { name: command }: CommandSpec,
  name: OptionName,
  isNegated: boolean,
  value: string | undefined,
  before: boolean | string | string[] | undefined,
): boolean | string | string[] {
  const { type, values, isRepeatable = false } = optionSpec(name);
  if (type === 'boolean') {
    if (value !== undefined) throw usage(`--${name} takes no value`, command);
    return !isNegated;
  }
  if (value === undefined || (value.startsWith('--') && isOption(value.slice(2), Object.keys(OPTIONS) as OptionName[]))) {
    throw usage(`--${name} needs a value`, command);
  }
  if (values !== undefined && !values.includes(value)) throw unknown(`value of --${name}`, value, values, command);
  return isRepeatable ? [...(Array.isArray(before) ? before : []), value] : value;
}

function checkCount({ name, positionals = '', minArgs = 0, maxArgs = 0 }: CommandSpec, args: readonly string[]): void {
  if (args.length < minArgs) throw usage(`${name} needs ${positionals}`, name);
  if (args.length > maxArgs) throw usage(`${name}: unexpected argument ${JSON.stringify(args[maxArgs])}`, name);
}

function unknown(what: string, typed: string, candidates: readonly string[], command: string): GuardianError {
  const guess = didYouMean(typed, candidates);
  const known = candidates.length <= 8 && guess === '' ? ` (known: ${candidates.join(', ')})` : '';
  return usage(`unknown ${what} ${JSON.stringify(typed)}${guess}${known}`, command);
}

function usage(message: string, command: string): GuardianError {
  return new GuardianError('USAGE', message, {
    hint: `For help: \`code-guardian ${command === '' || command === 'code-guardian' ? '' : `${command} `}--help\``,
  });
}
