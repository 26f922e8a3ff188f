import { LOG_LEVELS } from '../policy/config.ts';
import { SEVERITIES } from '../engine/rule.ts';
import { PRESETS } from '../policy/presets.ts';

/** One command-line option. The parser, `--help` and the suggestions for typos all come from this table. */
interface OptionSpec {
  readonly type: 'boolean' | 'string';
  /** Placeholder for the value in help. */
  readonly value?: string;
  /** The only values that the parser accepts. */
  readonly values?: readonly string[];
  readonly isRepeatable?: boolean;
  /** `--no-NAME` exists, too. */
  readonly isNegatable?: boolean;
  /** Only hooks use it: it is in no help. */
  readonly isInternal?: boolean;
  readonly short?: string;
  readonly help: string;
}

export const OPTIONS = {
  staged: { type: 'boolean', help: 'staged changes (the default in a repository)' },
  range: { type: 'string', value: 'A..B', help: 'every commit of a range' },
  all: { type: 'boolean', help: 'every file that git tracks' },
  history: { type: 'boolean', help: 'every commit of every branch and tag' },
  since: { type: 'string', value: 'DATE|REF', help: 'with --history: only commits after a date or a commit' },
  stdin: { type: 'boolean', help: 'text from standard input' },
  'stdin-filename': { type: 'string', value: 'FILE', help: 'scan the text as if it were this file' },
  config: { type: 'string', value: 'FILE', help: 'use this config file instead of the repository’s' },
  format: { type: 'string', value: 'NAME', help: 'output format' },
  output: { type: 'string', value: 'FILE', help: 'write the output to a file' },
  report: { type: 'string', value: 'NAME=FILE', isRepeatable: true, help: 'write one more report, such as json=report.json' },
  'fail-fast': { type: 'boolean', isNegatable: true, help: 'stop git on blocking findings; with --no-, only warn' },
  'fail-on': { type: 'string', value: 'SEVERITY', values: SEVERITIES, help: 'lowest severity that blocks' },
  bail: { type: 'string', value: 'N', help: 'stop after N blocking findings (0: never)' },
  baseline: { type: 'string', value: 'FILE', help: 'use this baseline file instead of the configured one' },
  rule: { type: 'string', value: 'ID', isRepeatable: true, help: 'run only this rule' },
  color: { type: 'boolean', isNegatable: true, help: 'force colors on or off' },
  quiet: { type: 'boolean', short: 'q', help: 'print nothing when there is nothing to report' },
  verbose: { type: 'boolean', short: 'v', help: 'also print notes, skipped files and fingerprints' },
  'log-level': { type: 'string', value: 'LEVEL', values: LOG_LEVELS, help: 'lowest level to log' },
  'log-format': { type: 'string', value: 'FORMAT', values: ['text', 'json'], help: 'log format on stderr' },
  'log-file': { type: 'string', value: 'FILE', help: 'append logs to a file' },
  piped: { type: 'string', value: 'N', isInternal: true, help: 'git output comes from our shim on standard input' },
  'hooks-folder': { type: 'string', value: 'FOLDER', isInternal: true, help: 'the folder that holds our shim' },
  hook: { type: 'string', value: 'NAME', isRepeatable: true, help: 'only this hook, such as pre-commit' },
  'if-possible': { type: 'boolean', help: 'exit 0 when hooks cannot be installed here' },
  'dry-run': { type: 'boolean', help: 'print what would change, and change nothing' },
  server: { type: 'boolean', help: 'for a bare repository on a server (pre-receive)' },
  'config-hooks': { type: 'boolean', help: 'use git’s config-based hooks (git 2.54 or later)' },
  write: { type: 'boolean', help: 'also edit the files of other hook managers' },
  origins: { type: 'boolean', help: 'show which layer set each value' },
  reason: { type: 'string', value: 'TEXT', help: 'why the findings are accepted' },
  expires: { type: 'string', value: 'DATE', help: 'accept them until this day (YYYY-MM-DD)' },
  preset: {
    type: 'string',
    value: 'NAME',
    values: Object.keys(PRESETS),
    isRepeatable: true,
    help: 'use this preset instead of the proposed ones',
  },
  yes: { type: 'boolean', short: 'y', help: 'ask nothing and take the defaults' },
  in: { type: 'string', value: 'FILE', help: 'also look in this JSON report' },
  textfile: { type: 'string', value: 'FILE', help: 'replace this file atomically instead of printing' },
  strict: { type: 'boolean', help: 'exit 1 when degraded, too' },
  host: { type: 'string', value: 'ADDRESS', help: 'listen on this address (127.0.0.1); others need a token' },
  port: { type: 'string', value: 'N', help: 'listen on this port (9477); 0 picks a free one' },
  'token-file': { type: 'string', value: 'FILE', help: 'file with the bearer token that requests must send' },
  help: { type: 'boolean', short: 'h', help: 'print this help' },
  version: { type: 'boolean', help: 'print the version' },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

type Value<N extends OptionName> = (typeof OPTIONS)[N] extends { type: 'boolean' }
  ? boolean
  : (typeof OPTIONS)[N] extends { isRepeatable: true }
    ? readonly string[]
    : string;

/** The options as typed. An option that was not typed is absent. */
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
