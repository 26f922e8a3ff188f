import { codequality } from './codequality.ts';
import { compact } from './compact.ts';
import { csv } from './csv.ts';
import type { Format, FormatEntry } from './format.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { pretty } from './pretty.ts';
import { rdjson } from './rdjson.ts';
import { sarif } from './sarif.ts';

const ALL: readonly Format[] = [
  // In the order of help and docs.
  pretty,
  compact,
  json,
  jsonl,
  sarif,
  junit,
  github,
  gitlab,
  codequality,
  markdown,
  csv,
  html,
  rdjson,
];

/** Every format. The build writes this list with imports on use: a hook loads only the code of `pretty`. */
export const FORMATS: readonly FormatEntry[] = ALL.map((format) => ({
  name: format.name,
  summary: format.summary,
  load: async () => format,
}));
