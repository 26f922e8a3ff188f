import type { ConfigFlags } from '../config/flags.ts';

/** What a caller says of one run, on top of the config. */
export interface RunOptions extends ConfigFlags {
  /** A config file in place of the repository's, relative to the working folder. */
  readonly config?: string;
  /** Ids of the only rules to run. */
  readonly rule?: readonly string[];
  readonly verbose?: boolean;
  /** Protocol in which our own shim pipes git's answers. */
  readonly piped?: string;
}
