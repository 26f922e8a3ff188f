import { extname } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Owner } from '../policy/required.ts';
import { parseJsonMistake } from './json-syntax.ts';
import { isPackageJson, namesUs, PACKAGE_KEY } from './search.ts';
import type { ConfigDocument, Reader } from './source.ts';

/** Endings of what a config may be; without one it is YAML, of which JSON is a part. */
const DATA = new Set(['', '.json', '.yaml', '.yml']);

/** Can a file of this name be a config? */
export function isDataFile(path: string): boolean {
  return DATA.has(extname(path));
}

/**
 * Reads one config file. An empty one is an empty config.
 *
 * @param layer makes the name of its layer from the path as shown
 * @returns null where there is no such file, or it is a package.json without our key
 * @throws GuardianError CONFIG_INVALID with line and column where it is neither YAML nor JSON
 */
export async function readDocument(
  reader: Reader,
  path: string,
  owner: Owner,
  layer: (shown: string) => string,
): Promise<ConfigDocument | null> {
  const file = reader.show(path);
  if (!isDataFile(path)) {
    throw new GuardianError('CONFIG_INVALID', `${file} is no config: only JSON and YAML are read, nothing is run`, {
      hint: 'Write it as .json, .yaml or .yml.',
      path: file,
    });
  }
  const content = await reader.read(path);
  if (content === null) return null;
  const text = content.replace(/^\uFEFF/, '');
  const isPackage = isPackageJson(path);
  if (isPackage && !namesUs(text)) return null;
  const parsed = await parseText(file, text);
  const value = isPackage ? (parsed as Readonly<Record<string, unknown>>)[PACKAGE_KEY] : parsed;
  if (isPackage && value === undefined) return null;
  return { layer: layer(file), owner, file, path, text, root: isPackage ? [PACKAGE_KEY] : [], value: value ?? {}, reader };
}

/** JSON or YAML by the name, as cosmiconfig reads it. */
async function parseText(file: string, text: string): Promise<unknown> {
  if (text.trim() === '') return {};
  const { defaultLoaders } = await import('cosmiconfig');
  const extension = extname(file);
  const loader = extension === '.json' ? defaultLoaders['.json'] : extension === '' ? defaultLoaders.noExt : defaultLoaders['.yaml'];
  try {
    return loader(file, text);
  } catch (cause) {
    const { line, column, reason } = extension === '.json' ? jsonMistake(text) : yamlMistake(cause);
    throw new GuardianError('CONFIG_INVALID', `${file}:${line}:${column}: ${reason}`, {
      hint: `Correct the ${extension === '.json' ? 'JSON' : 'YAML'} there.`,
      path: file,
      cause,
    });
  }
}

interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

function jsonMistake(text: string): Mistake {
  const { offset, reason } = parseJsonMistake(text) ?? { offset: 0, reason: 'this is not JSON' };
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1, reason };
}

/** js-yaml counts from 0. */
function yamlMistake(cause: unknown): Mistake {
  const { mark, reason } = cause as { readonly mark?: { readonly line: number; readonly column: number }; readonly reason?: string };
  return { line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1, reason: reason ?? 'this is not YAML' };
}
