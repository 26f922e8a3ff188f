import { defineConfig } from 'rolldown';

const shared = { platform: 'node', transform: { target: 'node20.19' } };

/** What runs before git is asked: the command line, and the door to git. */
const FIRST =
  /\/src\/(?:cli\/(?!render-help)|commands\/(?:hook|scan|run-and-report|write-reports|read-target)\.|run\/(?:run-scan|ask-git|place|target)\.|git\/(?!read-blobs|read-names)|diff\/(?!added-lines)|errors\/|version|policy\/config\.|config\/search\.|report\/formats\.)/;

/** What is loaded while git is at work: rules, engine, policy, and the report that people see. */
const THEN =
  /\/src\/(?:run|engine|rules|findings|policy|diff|git)\/|\/src\/report\/(?!json|rules|sample)|\/src\/config\/(?:load|flags|variable-names|source)\.|\/node_modules\/(?:minimatch|brace-expansion|balanced-match|picocolors)\//;

export default defineConfig([
  {
    // CommonJS, in as few files as a commit needs: modules, and more files, cost more to start.
    ...shared,
    input: { bin: 'src/bin.ts' },
    output: {
      dir: 'dist',
      format: 'cjs',
      cleanDir: true,
      minify: true,
      entryFileNames: '[name].cjs',
      chunkFileNames: 'chunks/[name].cjs',
      codeSplitting: {
        groups: [
          { name: 'first', test: FIRST, priority: 2 },
          { name: 'then', test: THEN, priority: 1 },
        ],
      },
    },
  },
  {
    ...shared,
    input: { index: 'src/index.ts' },
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
  },
]);
