import type { Host } from '../host/host.ts';
import type { Options } from './options.ts';

/** What a command is given. */
export interface Invocation {
  readonly host: Host;
  readonly options: Options;
  /** Positional arguments, after the command's own name. */
  readonly args: readonly string[];
}

/** Runs to an exit code; throws GuardianError if it could not do the job. */
export type Run = (invocation: Invocation) => Promise<number>;
