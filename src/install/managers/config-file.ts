import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../../errors/guardian-error.ts';
import { callsUs } from '../guest-command.ts';
import { configOf, type Manager } from './manager.ts';

/** A config file of a manager. */
export interface ConfigFile {
  /** Its name, from the top of the repository. */
  readonly name: string;
  readonly text: string;
  readonly mode: number;
  /** A file of text: no symlink, which would be replaced, and nothing else than UTF-8. */
  readonly isWritable: boolean;
}

/**
 * Reads the config that a manager would read, as far as it is in a file; null: there is none.
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

/** Whether a manager's config has our command run at a hook. */
export function isCalledBy(manager: Manager, { name, text }: Pick<ConfigFile, 'name' | 'text'>, hook: string): boolean {
  const config = /\.(?:[cm]?[jt]s|toml)$/.test(name) ? undefined : configOf(text, name, manager.member);
  return config === undefined ? callsUs(text, hook) : stringsIn(manager.partFor(config, hook)).some((each) => callsUs(each, hook));
}

/** All texts in plain data; a list of texts is one of words, too. */
function stringsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  if (typeof data !== 'object' || data === null) return [];
  const values: unknown[] = Object.values(data);
  return [...(Array.isArray(data) ? [values.filter((value) => typeof value === 'string').join(' ')] : []), ...values.flatMap(stringsIn)];
}
