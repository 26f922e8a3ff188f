import type { Plugin } from 'rolldown';
import type * as Table from '../src/report/formats/formats.ts';
import { evaluate } from './evaluate.ts';

/** Rewrites src/report/formats/formats.ts: names and summaries as text, and an import on use for the code of each format. */
export function formatTable(): Plugin {
  return {
    name: 'format-table',
    load: {
      filter: { id: /\/src\/report\/formats\/formats\.ts$/ },
      async handler(id) {
        const { FORMATS } = (await evaluate(id)) as typeof Table;
        const entries = FORMATS.map(
          ({ name, summary }) =>
            `{ name: '${name}', summary: ${JSON.stringify(summary)}, load: async () => (await import('./${name}.ts')).${name} },`,
        );
        return `export const FORMATS = [${entries.join('\n')}];`;
      },
    },
  };
}
