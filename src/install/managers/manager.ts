import { parse } from 'yaml';
import type { GuestCommand } from '../guest-command.ts';

/** The calls by hook name, in order. */
export type GuestCommands = ReadonlyMap<string, GuestCommand>;

/** Another hook manager that can run our command. */
export interface Manager {
  readonly name: string;
  /** Matches the hooks that it installs. */
  readonly mark: RegExp;
  /** Its config files in search order, relative to the top of the repository. `package.json` counts only with its member. */
  readonly files: readonly string[];
  /** The most common one. */
  readonly usualFile: string;
  /** Its member in `package.json`. */
  readonly member?: string;
  /** The hooks that it can run. */
  readonly hooks: readonly string[];
  /** The command that updates its hooks from its config, or null. */
  readonly refresh: string | null;
  /** `refresh` is needed after every change of its config. */
  readonly wantsRefresh?: boolean;
  /** Its hooks contain the commands from the last `refresh`. */
  readonly isBaked?: boolean;
  /** Deletes hooks that are not in its config. */
  readonly deletesOthers?: boolean;
  /** A limitation at these hooks. */
  readonly caveat?: (hooks: readonly string[]) => string | null;
  /** The part of its config (as plain data) for a hook. */
  readonly partFor: (config: unknown, hook: string) => unknown;
  /**
   * Adds the commands to the text of a config file and changes nothing else.
   *
   * @param file its name
   * @returns null if we cannot edit this form of file
   */
  readonly add: (text: string, file: string, commands: GuestCommands) => string | null;
  /**
   * The opposite of `add`.
   *
   * @returns null if our part was changed by hand
   */
  readonly remove: (text: string, file: string) => string | null;
  /** What to add by hand. */
  readonly snippet: (file: string, commands: GuestCommands) => string;
}

/** Plain data as an object; empty if it is not an object. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A config file as plain data (for `package.json` the member); undefined if it does not parse or has none. */
export function configOf(text: string, file: string, member?: string): unknown {
  try {
    const data: unknown = parse(text, { logLevel: 'error' });
    return file === 'package.json' && member !== undefined ? asRecord(data)[member] : (data ?? {});
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'YAMLParseError') return undefined;
    throw thrown;
  }
}
