// @ts-check
import { dts } from 'rollup-plugin-dts';

/**
 * Rolls up the public types into one file. Rollup does it, because the plugin for rolldown needs Node 22. The plugin needs the JavaScript API of
 * TypeScript, which TypeScript 7 does not have: the package `typescript` is version 6, and `tsc` comes from `@typescript/native`, version 7.
 */
export default { input: 'src/index.ts', external: /^node:/, plugins: [dts()], output: { file: 'dist/index.d.ts' } };
