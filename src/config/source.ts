import type { ConfigLayer } from '../policy/config.ts';
import type { Owner } from '../policy/required.ts';

/** One layer of the config. */
export interface Layer {
  /**
   * `defaults`, `organisation:PATH`, `user:PATH`, `repository:PATH`, `preset:NAME`, `package:PATH`, `environment:NAME`, `env`, `flags` or
   * `organisation (enforced)`.
   */
  readonly name: string;
  readonly owner: Owner;
  /** Its file, as shown, or null. */
  readonly file: string | null;
  readonly value: ConfigLayer;
}

/** Reads a file by its absolute path; null if it does not exist. */
export interface Reader {
  readonly read: (path: string) => Promise<string | null>;
  /** Formats a path for messages. */
  readonly show: (path: string) => string;
  /** Why a path must not be read, or null. */
  readonly refusal: (path: string) => string | null;
  /** Suffix for "no file …". */
  readonly absence: string;
}

/** A config file, read but unchecked. */
export interface ConfigDocument {
  /** Name of its layer: `repository:.code-guardianrc.yaml`. */
  readonly layer: string;
  readonly owner: Owner;
  /** As shown. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Path of the config in the file, for package.json. */
  readonly root: readonly string[];
  readonly value: unknown;
  /** Reads the files that it refers to. */
  readonly reader: Reader;
}
