import { isTree } from '../../policy/merge-config.ts';
import { type Fields, readFields } from './fields.ts';
import type { Imported, KnownFinding } from './imported.ts';
import { translatePaths, translateValues } from './patterns.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Whether it is a baseline of detect-secrets. */
export function isSecretsBaseline(document: unknown): document is Tree {
  return (
    isTree(document) && isTree(document['results']) && (Object.hasOwn(document, 'plugins_used') || Object.hasOwn(document, 'generated_at'))
  );
}

const FILTERS = 'detect_secrets.filters.';

/**
 * A baseline of detect-secrets → paths and values to ignore, and findings to look up.
 *
 * Its patterns are Python's. The common subset with Go means the same; everything else is reported.
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
    if (typeof table['lines'] === 'string') tell('exclude.lines is not converted: patterns apply only to the value');
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
      tell('should_exclude_line is not converted: patterns apply only to the value');
      break;
    default:
      // Its built-in filters have counterparts here; filters of a project do not.
      if (!name.startsWith(FILTERS) || name.startsWith(`${FILTERS}wordlist.`)) tell(`the filter ${name} is not converted`);
  }
}

function knownIn(path: string, results: Fields, tell: (note: string) => void): KnownFinding[] {
  return results.tables(path).flatMap((entry) => {
    const fields = readFields(entry, (wrong) => tell(`${path}: ${wrong}`));
    const sha1 = fields.text('hashed_secret');
    const line = fields.number('line_number') ?? 0;
    if (sha1 === null || !/^[0-9a-f]{40}$/.test(sha1)) {
      tell(`${path}:${line}: no SHA-1 of a value`);
      return [];
    }
    return [{ kind: 'value', path: path.replaceAll('\\', '/'), line, sha1, reason: reasonOf(entry['is_secret']) }];
  });
}

/** The reason, from the audit. */
function reasonOf(isSecret: unknown): string {
  if (isSecret === true) return 'from a detect-secrets baseline, audited as a real secret';
  return `from a detect-secrets baseline${isSecret === false ? ', audited as not a secret' : ''}`;
}
