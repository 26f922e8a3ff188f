import type { RunOptions } from '../run/run-options.ts';

/** The options of all commands. An option that was not typed is absent. */
export interface Options extends RunOptions {
  // What to scan.
  readonly staged?: boolean;
  readonly range?: string;
  readonly all?: boolean;
  readonly history?: boolean;
  /** A date or a commit. */
  readonly since?: string;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;

  // What to print, and where.
  readonly format?: string;
  readonly output?: string;
  /** `NAME=FILE`. */
  readonly report?: readonly string[];
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly origins?: boolean;
  readonly in?: string;
  readonly textfile?: string;

  // Hooks.
  readonly hook?: readonly string[];
  readonly hooksFolder?: string;
  readonly ifPossible?: boolean;
  readonly dryRun?: boolean;
  readonly server?: boolean;
  readonly configHooks?: boolean;
  readonly write?: boolean;
  readonly strict?: boolean;
  readonly preset?: readonly string[];
  readonly yes?: boolean;

  // The baseline.
  readonly reason?: string;
  /** `YYYY-MM-DD`. */
  readonly expires?: string;

  // The service.
  readonly host?: string;
  readonly port?: string;
  readonly tokenFile?: string;
}
