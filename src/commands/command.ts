import type { Host } from '../host/host.ts';
import type { Options } from './options.ts';

/** The input of a command. */
export interface Invocation {
  readonly host: Host;
  readonly options: Options;
  /** Positional arguments after the command name. */
  readonly args: readonly string[];
}

/** Returns the exit code; throws GuardianError if it could not do the job. */
export type Run = (invocation: Invocation) => Promise<number>;
