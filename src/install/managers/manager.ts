import { parse } from 'yaml';
import type { GuestCommand } from '../guest-command.ts';

/** The calls for some hooks, by their names, in order. */
export type GuestCommands = ReadonlyMap<string, GuestCommand>;

/** Another hook manager, that can run our command as one of its own. */
export interface Manager {
  readonly name: string;
  /** How the hooks that it installs are known. */
  readonly mark: RegExp;
  /** Its config files, from the top of the repository, in the order it looks for them. `package.json` counts only with its member in it. */
  readonly files: readonly string[];
  /** The one that most have. */
  readonly usualFile: string;
  /** Its part of `package.json`. */
  readonly member?: string;
  /** Hooks that it can run. */
  readonly hooks: readonly string[];
  /** What has to be run for its hooks to follow its config; null: nothing. */
  readonly refresh: string | null;
  /** That has to be done after every change of its config. */
  readonly wantsRefresh?: boolean;
  /** Its hooks hold the commands themselves, as they were when it was run last. */
  readonly isBaked?: boolean;
  /** It deletes hooks that its config does not name. */
  readonly deletesOthers?: boolean;
  /** What is to be known about being its guest at these hooks. */
  readonly caveat?: (hooks: readonly string[]) => string | null;
  /** The part of its config (as plain data) that says what runs at a hook. */
  readonly partFor: (config: unknown, hook: string) => unknown;
  /**
   * The text of a config file with the commands in it, and all else as it was.
   *
   * @param file its name
   * @returns null where it has a form that we do not write in
   */
  readonly add: (text: string, file: string, commands: GuestCommands) => string | null;
  /**
   * The opposite of `add`.
   *
   * @returns null where our part was changed by hand
   */
  readonly remove: (text: string, file: string) => string | null;
  /** What to put in by hand. */
  readonly snippet: (file: string, commands: GuestCommands) => string;
}

/** Plain data as an object; an empty one where it is none. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A config file as plain data, of `package.json` the member; undefined where it does not parse or has none. */
export function configOf(text: string, file: string, member?: string): unknown {
  try {
    const data: unknown = parse(text, { logLevel: 'error' });
    return file === 'package.json' && member !== undefined ? asRecord(data)[member] : (data ?? {});
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'YAMLParseError') return undefined;
    throw thrown;
  }
}
