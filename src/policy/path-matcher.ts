import { Minimatch } from 'minimatch';

/**
 * Globs → a predicate for repository paths. A leading `!` excludes again; a folder includes everything in it; without a slash a glob matches in
 * every folder, with a leading slash only at the top.
 */
export function createPathMatcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const patterns = globs.map((glob) => {
    const isNegated = glob.startsWith('!');
    const written = isNegated ? glob.slice(1) : glob;
    const pattern = written.replace(/^\.?\//, '').replace(/\/$/, '/**');
    return { isNegated, glob: new Minimatch(pattern, { dot: true, matchBase: !written.includes('/'), nonegate: true, nocomment: true }) };
  });
  return (path) => {
    let isCovered = false;
    for (const { isNegated, glob } of patterns) if (glob.match(path)) isCovered = !isNegated;
    return isCovered;
  };
}
