import type { Run } from '../commands/command.ts';
import type { OptionName } from './options.ts';

/** The groups of `--help`, in order. */
export const GROUP_TITLES = {
  setup: 'Set up',
  scan: 'Scan',
  findings: 'Findings',
  rules: 'Rules and config',
  operations: 'Operations',
} as const;

/** One command or subcommand in the table of `commands.ts`. */
export interface CommandSpec {
  /** `scan`, or `config show`. */
  readonly name: string;
  readonly group: keyof typeof GROUP_TITLES;
  /** For the table of `--help`: at most 60 characters. */
  readonly summary: string;
  /** For the command's own page: one or two sentences. */
  readonly description: string;
  readonly example: string;
  /** Only hooks call it: it is in no help. */
  readonly isInternal?: boolean;
  /** Positionals for the usage line: `[PATH…]`. */
  readonly positionals?: string;
  readonly minArgs?: number;
  /** Default 0. */
  readonly maxArgs?: number;
  readonly options: readonly OptionName[];
  /** The values of its `--format`. Formats with a summary get a table of their own. */
  readonly formats?: readonly { readonly name: string; readonly summary?: string }[];
  /** Loads the code only when the command is called. */
  readonly load: () => Promise<Run>;
}
