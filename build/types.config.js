// @ts-check
import { dts } from 'rollup-plugin-dts';

/** The types that programs import, rolled up into one file. Rollup does it because rolldown's own plugin asks for a newer Node. */
export default { input: 'src/index.ts', external: /^node:/, plugins: [dts()], output: { file: 'dist/index.d.ts' } };
