import type { Host } from './host.ts';
import type { OptionName, Options } from './options.ts';

/** What a command is given. */
export interface Invocation {
  readonly host: Host;
  readonly options: Options;
  /** What stands beside the options, after the command's own name. */
  readonly args: readonly string[];
}

/** Runs to an exit code; throws GuardianError where it could not do the job. */
export type Run = (invocation: Invocation) => Promise<number>;

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
