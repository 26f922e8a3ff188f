import { isTree } from '../../policy/merge-config.ts';
import { type Fields, readFields } from './fields.ts';
import type { Imported, KnownFinding } from './imported.ts';
import { translatePaths, translateValues } from './patterns.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Is it a baseline of detect-secrets? */
export function isSecretsBaseline(document: unknown): document is Tree {
  return (
    isTree(document) && isTree(document['results']) && (Object.hasOwn(document, 'plugins_used') || Object.hasOwn(document, 'generated_at'))
  );
}

const FILTERS = 'detect_secrets.filters.';

/**
 * A baseline of detect-secrets → paths and values to ignore, and findings to look up.
 *
 * Its patterns are Python's. What they share with Go's means the same in both for paths and values, and the rest is told.
 */
export function translateSecretsBaseline(document: Tree): Imported {
  const notes: string[] = [];
  const tell = (note: string): void => void notes.push(note);
  const fields = readFields(document, tell);
  const [paths, values]: [string[], string[]] = [[], []];
  for (const filter of fields.tables('filters_used')) takeFilter(filter, paths, values, tell);
  for (const table of fields.tables('exclude')) {
    const exclude = readFields(table, (wrong) => tell(`exclude: ${wrong}`));
    if (table['files'] !== null) paths.push(...translatePaths(exclude.texts('files'), 'exclude.files', tell));
    if (typeof table['lines'] === 'string') tell('exclude.lines is not carried over: patterns are looked for in the value alone');
  }
  const results = document['results'] as Tree;
  const ignore = { ...(paths.length === 0 ? {} : { paths }), ...(values.length === 0 ? {} : { values }) };
  return {
    layer: Object.keys(ignore).length === 0 ? {} : { ignore },
    known: Object.keys(results).flatMap((path) =>
      knownIn(
        path,
        readFields(results, (wrong) => tell(`results: ${wrong}`)),
        tell,
      ),
    ),
    notes,
  };
}

function takeFilter(filter: Tree, paths: string[], values: string[], tell: (note: string) => void): void {
  const name = typeof filter['path'] === 'string' ? filter['path'] : '';
  const fields = readFields(filter, (wrong) => tell(`${name}: ${wrong}`));
  switch (name) {
    case `${FILTERS}regex.should_exclude_file`:
      paths.push(...translatePaths(fields.texts('pattern'), 'should_exclude_file', tell));
      break;
    case `${FILTERS}regex.should_exclude_secret`:
      values.push(...translateValues(fields.texts('pattern'), 'should_exclude_secret', tell));
      break;
    case `${FILTERS}regex.should_exclude_line`:
      tell('should_exclude_line is not carried over: patterns are looked for in the value alone');
      break;
    default:
      // Its own ways to tell a secret from other text have their counterparts here; what a project has added has none.
      if (!name.startsWith(FILTERS) || name.startsWith(`${FILTERS}wordlist.`)) tell(`the filter ${name} is not carried over`);
  }
}

function knownIn(path: string, results: Fields, tell: (note: string) => void): KnownFinding[] {
  return results.tables(path).flatMap((entry) => {
    const fields = readFields(entry, (wrong) => tell(`${path}: ${wrong}`));
    const sha1 = fields.text('hashed_secret');
    const line = fields.number('line_number') ?? 0;
    if (sha1 === null || !/^[0-9a-f]{40}$/.test(sha1)) {
      tell(`${path}:${line}: it has no SHA-1 of a value`);
      return [];
    }
    return [{ kind: 'value', path: path.replaceAll('\\', '/'), line, sha1, reason: reasonOf(entry['is_secret']) }];
  });
}

/** By what an audit said of it. */
function reasonOf(isSecret: unknown): string {
  if (isSecret === true) return 'from a detect-secrets baseline, where an audit found it to be a real secret';
  return `from a detect-secrets baseline${isSecret === false ? ', where an audit found it to be none' : ''}`;
}
