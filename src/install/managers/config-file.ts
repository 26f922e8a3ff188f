import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../../errors/guardian-error.ts';
import { callsUs } from '../guest-command.ts';
import { configOf, type Manager } from './manager.ts';

/** A config file of a manager. */
export interface ConfigFile {
  /** Relative to the top of the repository. */
  readonly name: string;
  readonly text: string;
  readonly mode: number;
  /** A regular UTF-8 file. A symlink would be replaced by a file. */
  readonly isWritable: boolean;
}

/**
 * Reads the config file that a manager would read, or null.
 *
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function readConfigFile(top: string, { files, member }: Manager): ConfigFile | null {
  for (const name of files) {
    const path = join(top, name);
    try {
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat === undefined || stat.isDirectory()) continue;
      const bytes = readFileSync(path);
      const text = bytes.toString('utf8');
      if (name === 'package.json' && configOf(text, name, member) === undefined) continue;
      return { name, text, mode: stat.mode & 0o777, isWritable: stat.isFile() && Buffer.from(text, 'utf8').equals(bytes) };
    } catch (thrown) {
      throw fileError(thrown, path, 'Make the file readable.');
    }
  }
  return null;
}

/** Whether a manager's config runs our command at a hook. */
export function isCalledBy(manager: Manager, { name, text }: Pick<ConfigFile, 'name' | 'text'>, hook: string): boolean {
  const config = /\.(?:[cm]?[jt]s|toml)$/.test(name) ? undefined : configOf(text, name, manager.member);
  return config === undefined ? callsUs(text, hook) : stringsIn(manager.partFor(config, hook)).some((each) => callsUs(each, hook));
}

/** All strings in plain data; a list of strings also counts as one command. */
function stringsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  if (typeof data !== 'object' || data === null) return [];
  const values: unknown[] = Object.values(data);
  return [...(Array.isArray(data) ? [values.filter((value) => typeof value === 'string').join(' ')] : []), ...values.flatMap(stringsIn)];
}
