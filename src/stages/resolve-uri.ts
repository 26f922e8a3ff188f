import { posix } from 'node:path';
import { isTree } from '../policy/merge-config.ts';

/** The files that results may refer to. */
export interface UriContext {
  /** Absolute paths of the scanned tree as the scanner may write them, because links may lead to it. */
  readonly roots: readonly string[];
  /** Paths from the tree's top. */
  readonly files: ReadonlySet<string>;
  /** Working folder of the scanner, relative to the tree's top; '' is the top. */
  readonly folder: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** Limits chains of `uriBaseId`. */
const MAX_BASES = 8;

/** Artifact locations of a run → paths in the tree; null for other files. */
export function createUriResolver(run: Tree, { roots, files, folder }: UriContext): (location: unknown) => string | null {
  const bases = isTree(run['originalUriBaseIds']) ? run['originalUriBaseIds'] : {};
  const artifacts = Array.isArray(run['artifacts']) ? run['artifacts'] : [];

  const whole = (location: Tree, depth: number): string => {
    const { uri, uriBaseId } = location;
    const own = typeof uri === 'string' ? uri : '';
    const isAlone = typeof uriBaseId !== 'string' || !Object.hasOwn(bases, uriBaseId) || depth >= MAX_BASES || isAbsolute(own);
    const base = isAlone ? null : bases[uriBaseId];
    if (!isTree(base)) return own;
    const above = whole(base, depth + 1);
    return above === '' ? own : `${above.replace(/\/?$/, '/')}${own.replace(/^\.\//, '')}`;
  };

  const fileAt = (uri: string): string | null => {
    const path = pathOf(uri) ?? uri;
    // Some scanners write names unescaped, with percent signs and colons.
    return [decode(path), path].map((name) => within(name)).find((name) => name !== null && files.has(name)) ?? null;
  };
  const within = (path: string): string | null => {
    const forward = path.replaceAll('\\', '/');
    const root = roots.map((top) => top.replaceAll('\\', '/')).find((top) => forward.startsWith(`${top}/`));
    const inside = root !== undefined ? forward.slice(root.length + 1) : forward.startsWith('/') ? null : posix.join(folder, forward);
    return inside === null ? null : posix.normalize(inside);
  };

  return (location) => {
    if (!isTree(location)) return null;
    const { index, uri } = location;
    const indexed: unknown = typeof index === 'number' ? (artifacts as unknown[])[index] : undefined;
    const meant = typeof uri !== 'string' && isTree(indexed) && isTree(indexed['location']) ? indexed['location'] : location;
    const written = whole(meant, 0);
    return written === '' ? null : fileAt(written);
  };
}

function isAbsolute(uri: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:|[/\\])/i.test(uri);
}

/** The path of a file URI or of a plain path; null for other schemes. */
function pathOf(uri: string): string | null {
  const file = /^file:(?:\/\/[^/]*)?(.*)$/is.exec(uri);
  if (file !== null) return file[1]!.replace(/^\/(?=[a-z]:)/i, '');
  return /^[a-z][a-z\d+.-]+:/i.test(uri) ? null : uri;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A literal percent sign.
    return path;
  }
}
