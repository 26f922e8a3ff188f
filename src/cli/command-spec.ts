import type { Run } from '../commands/command.ts';
import type { OptionName } from './options.ts';

/** One command or sub-command, as the table of `commands.ts` has it. */
export interface CommandSpec {
  /** `scan`, or `config show`. */
  readonly name: string;
  readonly summary: string;
  /** Positionals for the usage line: `[PATH…]`. */
  readonly positionals?: string;
  readonly minArgs?: number;
  /** Default 0. */
  readonly maxArgs?: number;
  readonly options: readonly OptionName[];
  /** Loads the code only when the command is called. */
  readonly load: () => Promise<Run>;
}
