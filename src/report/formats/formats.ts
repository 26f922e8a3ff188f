import type { Format, FormatEntry } from './format.ts';
import { json } from './json.ts';
import { pretty } from './pretty.ts';

const ALL: readonly Format[] = [pretty, json];

/** Every format, in the order of help and docs. The build writes this list with imports on use: a hook loads only the code of `pretty`. */
export const FORMATS: readonly FormatEntry[] = ALL.map((format) => ({
  name: format.name,
  summary: format.summary,
  load: async () => format,
}));
