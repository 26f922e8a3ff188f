import type { ConfigLayer } from '../policy/config.ts';
import type { Owner } from '../policy/required.ts';

/** What one origin says. */
export interface Layer {
  /**
   * `defaults`, `organisation:PATH`, `user:PATH`, `repository:PATH`, `preset:NAME`, `package:PATH`, `environment:NAME`, `env`, `flags` or
   * `organisation (enforced)`.
   */
  readonly name: string;
  readonly owner: Owner;
  /** The file that says it, as shown; null where none does. */
  readonly file: string | null;
  readonly value: ConfigLayer;
}

/** Reads a file by its absolute path; null where it is not there. */
export interface Reader {
  readonly read: (path: string) => Promise<string | null>;
  /** How a path is shown. */
  readonly show: (path: string) => string;
  /** Why a path may not be read; null where it may. */
  readonly refusal: (path: string) => string | null;
  /** What is added to "no file …". */
  readonly absence: string;
}

/** A config file as it was read, not yet checked. */
export interface ConfigDocument {
  /** Name of its layer: `repository:.code-guardianrc.yaml`. */
  readonly layer: string;
  readonly owner: Owner;
  /** As shown. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Keys that lead to the config: those of package.json. */
  readonly root: readonly string[];
  readonly value: unknown;
  /** Where the files that it names are read from. */
  readonly reader: Reader;
}
