import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, defineConfig } from 'rolldown';

/**
 * Works out src/rules/heads.ts now, so that no commit has to make hundreds of rules to know their keywords.
 */
function headsAtBuildTime() {
  return {
    name: 'heads-at-build-time',
    load: {
      filter: { id: /\/src\/rules\/heads\.ts$/ },
      async handler(id) {
        const folder = mkdtempSync(join(tmpdir(), 'code-guardian-build-'));
        try {
          const file = join(folder, 'heads.mjs');
          await build({ input: id, platform: 'node', output: { file }, logLevel: 'silent' });
          const lists = await import(file);
          return ['HEADS', 'KEYWORDS']
            .map((name) => `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(lists[name]))});\n`)
            .join('');
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
    },
  };
}

/** Chunks as src/load-chunk.ts wants them: each the text of one function, in ASCII, which is read in half the time and half the memory. */
function forOurLoader() {
  return {
    name: 'for-our-loader',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        const code = file.code.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
        file.code = `(function (exports, require, module, __filename, __dirname) {${code}\n})`;
      }
    },
  };
}

const shared = { platform: 'node', transform: { target: 'node20.19' } };

/** What runs before git is asked: the command line, and the door to git. */
const FIRST =
  /rolldown\/runtime|\/src\/(?:cli\/(?!render-help)|commands\/(?:hook|scan|run-and-report|write-reports|read-target)\.|run\/(?:run-scan|ask-git|place|target)\.|git\/(?!read-blobs|read-names)|diff\/(?!added-lines)|errors\/|version|policy\/config\.|config\/search\.|report\/formats\.)/;

/** What is loaded while git is at work: rules, engine, policy, and the report that people see. */
const THEN =
  /\/src\/(?:run|engine|rules(?!\/(?:catalogue|check-samples))|findings|policy|diff|git)\/|\/src\/report\/(?!json|rules|sample)|\/src\/config\/(?:load|flags|variable-names|source)\.|\/node_modules\/(?:minimatch|brace-expansion|balanced-match|picocolors)\//;

/** CommonJS: modules cost more to start. */
const commonjs = { format: 'cjs', minify: true, entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' };

export default defineConfig([
  {
    // What node is started with: it loads the chunks.
    ...shared,
    input: { bin: 'src/bin.ts' },
    output: { ...commonjs, dir: 'dist', cleanDir: true },
  },
  {
    // In as few files as a commit needs: more of them cost more.
    ...shared,
    plugins: [headsAtBuildTime(), forOurLoader()],
    input: { start: 'src/cli/start.ts' },
    output: {
      ...commonjs,
      dir: 'dist/chunks',
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
    plugins: [headsAtBuildTime()],
    input: { index: 'src/index.ts' },
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
  },
]);
