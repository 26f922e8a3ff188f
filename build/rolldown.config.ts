import { defineConfig, type InputOptions, type OutputOptions } from 'rolldown';
import { assignChunks } from './assign-chunks.ts';
import { buildDigest } from './build-digest.ts';
import { CHUNKS, CHUNKS_ON_FIRST_USE, START } from './chunk-table.ts';
import { formatTable } from './format-table.ts';
import { loaderFiles } from './loader-files.ts';
import { messageGate } from './message-gate.ts';
import { ruleIndex } from './rule-index.ts';
import { ThirdParty } from './third-party.ts';

const thirdParty = new ThirdParty();

const shared: InputOptions = {
  platform: 'node',
  // On a busy machine every plugin is slow.
  checks: { bundlerTimings: false },
  transform: { target: 'node20.19', define: { CHUNKS_ON_FIRST_USE: JSON.stringify(CHUNKS_ON_FIRST_USE) } },
  // cosmiconfig requires TypeScript to read configs that are programs, and js-yaml to read YAML. Ours are data only, and `yaml` reads YAML.
  resolve: { alias: { typescript: false, 'js-yaml': false } },
};

/** CommonJS, because ES modules take longer to start. */
const commonjs: OutputOptions = {
  format: 'cjs',
  minify: true,
  dynamicImportInCjs: false,
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
};

export default defineConfig([
  {
    // The command: it loads the chunks.
    ...shared,
    plugins: [messageGate(), thirdParty.collect()],
    input: { bin: 'src/bin.ts' },
    output: { ...commonjs, dir: 'dist', cleanDir: true },
  },
  {
    ...shared,
    plugins: [buildDigest(), ruleIndex(), formatTable(), thirdParty.collect(), loaderFiles(CHUNKS)],
    input: { [START]: 'src/cli/start.ts' },
    preserveEntrySignatures: 'allow-extension',
    output: {
      ...commonjs,
      dir: 'dist/chunks',
      codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: assignChunks(CHUNKS), debugName: 'chunk table' }] },
    },
  },
  {
    // The library. The last bundle, so it also lists the packages of all three.
    ...shared,
    plugins: [buildDigest(), ruleIndex(), thirdParty.write()],
    input: { index: 'src/index.ts' },
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
  },
]);
