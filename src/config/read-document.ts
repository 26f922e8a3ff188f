import { extname } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Owner } from '../policy/required.ts';
import { parseJsonMistake } from './json-syntax.ts';
import { isPackageJson, namesUs, PACKAGE_KEY } from './search.ts';
import type { ConfigDocument, Reader } from './source.ts';

/** File extensions of configs; without one it is YAML, which includes JSON. */
const DATA = new Set(['', '.json', '.yaml', '.yml']);

/** Whether a file with this name can be a config. */
export function isDataFile(path: string): boolean {
  return DATA.has(extname(path));
}

/**
 * Reads one config file. An empty one is an empty config.
 *
 * @param layer creates the layer name from the shown path
 * @returns null if the file does not exist, or is a package.json without our key
 * @throws GuardianError CONFIG_INVALID with line and column if it is neither YAML nor JSON
 */
export async function readDocument(
  reader: Reader,
  path: string,
  owner: Owner,
  layer: (shown: string) => string,
): Promise<ConfigDocument | null> {
  const file = reader.show(path);
  if (!isDataFile(path)) {
    throw new GuardianError('CONFIG_INVALID', `${file} is not a config file: use JSON or YAML`, {
      hint: 'Convert it to .json, .yaml or .yml.',
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

/** JSON or YAML by the name: JSON as cosmiconfig reads it. YAML is read by our own loader, because cosmiconfig's has another parser. */
async function parseText(file: string, text: string): Promise<unknown> {
  if (text.trim() === '') return {};
  return extname(file) === '.json' ? await parseJson(file, text) : await parseYamlFile(file, text);
}

async function parseJson(file: string, text: string): Promise<unknown> {
  const { defaultLoaders } = await import('cosmiconfig');
  try {
    return defaultLoaders['.json'](file, text);
  } catch (cause) {
    throw mistakeError(file, 'JSON', jsonMistake(text), cause);
  }
}

async function parseYamlFile(file: string, text: string): Promise<unknown> {
  const { parseYaml, YamlMistake } = await import('./parse-yaml.ts');
  try {
    return parseYaml(text);
  } catch (cause) {
    throw cause instanceof YamlMistake ? mistakeError(file, 'YAML', cause, cause) : cause;
  }
}

function mistakeError(file: string, language: 'JSON' | 'YAML', { line, column, reason }: Mistake, cause: unknown): GuardianError {
  return new GuardianError('CONFIG_INVALID', `${file}:${line}:${column}: ${reason}`, {
    hint: `Correct the ${language} at that position.`,
    path: file,
    cause,
  });
}

interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

function jsonMistake(text: string): Mistake {
  const { offset, reason } = parseJsonMistake(text) ?? { offset: 0, reason: 'invalid JSON' };
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1, reason };
}
