import { LOG_LEVELS } from '../policy/config.ts';
import { SEVERITIES } from '../engine/rule.ts';

/** One command-line option. The parser, `--help` and completion of typos all come from this table. */
interface OptionSpec {
  readonly type: 'boolean' | 'string';
  /** What stands for the value in help. */
  readonly value?: string;
  readonly values?: readonly string[];
  readonly isRepeatable?: boolean;
  /** `--no-NAME` is known too. */
  readonly isNegatable?: boolean;
  readonly short?: string;
  readonly help: string;
}

export const OPTIONS = {
  staged: { type: 'boolean', help: 'what is staged: the default inside a repository' },
  range: { type: 'string', value: 'A..B', help: 'every commit of a range' },
  all: { type: 'boolean', help: 'every file that git tracks, whole' },
  history: { type: 'boolean', help: 'every commit of every branch and tag' },
  stdin: { type: 'boolean', help: 'text from standard input' },
  'stdin-filename': { type: 'string', value: 'FILE', help: 'the name that the text is judged by' },
  config: { type: 'string', value: 'FILE', help: 'this config file in place of the repository’s' },
  format: { type: 'string', value: 'NAME', help: 'how the report is written' },
  output: { type: 'string', value: 'FILE', help: 'write the report to a file' },
  report: { type: 'string', value: 'NAME=FILE', isRepeatable: true, help: 'write one more report' },
  'fail-fast': { type: 'boolean', isNegatable: true, help: 'abort on a blocking finding; without it only warn' },
  'fail-on': { type: 'string', value: 'SEVERITY', values: SEVERITIES, help: 'lowest severity that blocks' },
  bail: { type: 'string', value: 'N', help: 'stop after N blocking findings (0: never)' },
  baseline: { type: 'string', value: 'FILE', help: 'findings that are known' },
  rule: { type: 'string', value: 'ID', isRepeatable: true, help: 'only this rule' },
  color: { type: 'boolean', isNegatable: true, help: 'colours, whatever the terminal says' },
  quiet: { type: 'boolean', short: 'q', help: 'say nothing when all is well' },
  verbose: { type: 'boolean', short: 'v', help: 'say more: notes, suppressed and skipped' },
  'log-level': { type: 'string', value: 'LEVEL', values: LOG_LEVELS, help: 'least level that is logged' },
  'log-format': { type: 'string', value: 'FORMAT', values: ['text', 'json'], help: 'how logs are written to stderr' },
  'log-file': { type: 'string', value: 'FILE', help: 'append logs to a file' },
  piped: { type: 'string', value: 'N', help: 'git’s answers come on standard input, from our own shim' },
  'hooks-folder': { type: 'string', value: 'FOLDER', help: 'where our own shim lies, beside the other hooks' },
  hook: { type: 'string', value: 'NAME', isRepeatable: true, help: 'only this hook' },
  'if-possible': { type: 'boolean', help: 'where there is no repository say so and exit 0' },
  'dry-run': { type: 'boolean', help: 'print the plan, change nothing' },
  server: { type: 'boolean', help: 'for a bare repository on a server' },
  'config-hooks': { type: 'boolean', help: 'use git’s config-based hooks (git 2.54 and later)' },
  write: { type: 'boolean', help: 'also write into files of another hook manager' },
  origins: { type: 'boolean', help: 'say which layer set each value' },
  reason: { type: 'string', value: 'TEXT', help: 'why the findings are accepted' },
  expires: { type: 'string', value: 'DATE', help: 'accept them until this day (YYYY-MM-DD)' },
  preset: { type: 'string', value: 'NAME', isRepeatable: true, help: 'a preset for the config, in place of those that are proposed' },
  yes: { type: 'boolean', short: 'y', help: 'ask nothing, take the defaults' },
  in: { type: 'string', value: 'FILE', help: 'look in this JSON report too' },
  textfile: { type: 'string', value: 'FILE', help: 'write to a file that another program reads at any moment' },
  strict: { type: 'boolean', help: 'end with 1 also where hooks only want looking at' },
  host: { type: 'string', value: 'ADDRESS', help: 'listen there (127.0.0.1); any but this machine’s own needs a token' },
  port: { type: 'string', value: 'N', help: 'listen on this port (9477); 0 takes a free one' },
  'token-file': { type: 'string', value: 'FILE', help: 'the bearer token that requests must carry' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
  version: { type: 'boolean', help: 'the version' },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

type Value<N extends OptionName> = (typeof OPTIONS)[N] extends { type: 'boolean' }
  ? boolean
  : (typeof OPTIONS)[N] extends { isRepeatable: true }
    ? readonly string[]
    : string;

/** What was typed, word for word. An option that was not typed is absent. */
export type TypedOptions = { readonly [N in OptionName]?: Value<N> };

export function optionSpec(name: OptionName): OptionSpec {
  return OPTIONS[name];
}

/** The options of `scan` and `hook`. */
export const SCAN_OPTIONS: readonly OptionName[] = [
  'config',
  'format',
  'output',
  'report',
  'fail-fast',
  'fail-on',
  'bail',
  'baseline',
  'rule',
  'color',
  'quiet',
  'verbose',
  'log-level',
  'log-format',
  'log-file',
];
