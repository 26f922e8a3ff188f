/** The lines of a package in a lock file: from its name to its version, from 1. */
export interface PackageLines {
  readonly version: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** The JSON tokens needed here: strings, brackets, commas and line ends. */
const TOKEN = /"(?:[^"\\\n]|\\.)*"|[{}[\],:\n]/g;

/**
 * Packages of a package-lock.json by their place in `node_modules`, as `npm audit` names them. Versions 2 and 3 list them under `packages`;
 * version 1 nests them under `dependencies`.
 */
export function readLockLines(text: string): ReadonlyMap<string, PackageLines> {
  const found = new Map<string, PackageLines>();
  /** Keys of the current path, each with its line; null: a list element. */
  const path: { key: string | null; line: number }[] = [];
  let line = 1;
  let key: string | null = null;
  let keyLine = 0;
  let previous = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line++;
    else if (token === '{' || token === '[') {
      path.push({ key, line: keyLine });
      key = null;
    } else if (token === '}' || token === ']') {
      path.pop();
      key = null;
    } else if (token === ':') {
      key = parseText(previous);
      keyLine = line;
    } else if (token === ',') key = null;
    else if (key === 'version') {
      const place = placeOf(path.map((step) => step.key));
      const startLine = path.at(-1)?.line ?? line;
      if (place !== null && !found.has(place)) found.set(place, { version: parseText(token), startLine, endLine: line });
    }
    if (token.startsWith('"')) previous = token;
  }
  return found;
}

/** `['', 'packages', 'node_modules/a']` → `node_modules/a`; `['', 'dependencies', 'a', 'dependencies', 'b']` → `node_modules/a/node_modules/b`. */
function placeOf([, kind, ...steps]: readonly (string | null)[]): string | null {
  if (kind === 'packages') return steps.length === 1 ? (steps[0] ?? null) : null;
  if (kind !== 'dependencies' || steps.length % 2 === 0) return null;
  const isNested = steps.every((step, i) => i % 2 === 0 || step === 'dependencies');
  return isNested
    ? steps
        .filter((_, i) => i % 2 === 0)
        .map((name) => `node_modules/${name}`)
        .join('/')
    : null;
}

function parseText(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    // Not a valid escape.
    return token.slice(1, -1);
  }
}

/** Largest distance of name and version in known lock files. */
const REACH = 3;

/** Places to collect: if a name is everywhere, more places do not help. */
const MAX_PLACES = 20;

/** Places of a package in a lock file: its entries for npm, otherwise places where name and version are close together. */
export function findPackage(text: string, name: string, version: string): readonly Omit<PackageLines, 'version'>[] {
  if (name === '' || version === '') return [];
  const entries = [...readLockLines(text)].filter(([place, lines]) => place.endsWith(`node_modules/${name}`) && lines.version === version);
  if (entries.length > 0) return entries.slice(0, MAX_PLACES).map(([, { startLine, endLine }]) => ({ startLine, endLine }));
  const lines = text.split('\n');
  const places: Omit<PackageLines, 'version'>[] = [];
  for (let start = 0; start < lines.length && places.length < MAX_PLACES; start++) {
    if (!holdsWord(lines[start]!, name)) continue;
    const distance = lines.slice(start, start + REACH + 1).findIndex((line) => holdsWord(line, version));
    if (distance >= 0) places.push({ startLine: start + 1, endLine: start + distance + 1 });
  }
  return places;
}

/** `1.2.3` is not in `11.2.3`, and `a` not in `ab`. */
function holdsWord(line: string, word: string): boolean {
  for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
    if (!/[\w.-]/.test(line[at - 1] ?? '') && !/^[\w-]|^\.\d/.test(line.slice(at + word.length, at + word.length + 2))) return true;
  }
  return false;
}
