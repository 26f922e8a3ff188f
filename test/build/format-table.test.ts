import { build } from 'rolldown';
import { expect, it } from 'vitest';
import { formatTable } from '../../build/format-table.ts';
import { FORMATS } from '../../src/report/formats/formats.ts';

it('the table of the bundle names the same formats as the source, and loads each on use', async () => {
  const { output } = await build({ input: 'src/report/formats/formats.ts', plugins: [formatTable()], write: false, logLevel: 'silent' });
  const [table, ...others] = output.filter((file) => file.type === 'chunk');
  expect(table!.moduleIds).toEqual([expect.stringMatching(/\/src\/report\/formats\/formats\.ts$/)]);
  for (const { name } of FORMATS) {
    const chunk = others.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/src/report/formats/${name}.ts`));
    expect(chunk?.exports).toContain(name);
  }
  const code = table!.code.replaceAll(/import\([^)]*\)/g, 'null');
  const built = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { FORMATS: typeof FORMATS };
  expect(built.FORMATS.map(({ name, summary }) => ({ name, summary }))).toEqual(FORMATS.map(({ name, summary }) => ({ name, summary })));
});
