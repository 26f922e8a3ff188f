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
          const { HEADS } = await import(file);
          const rows = HEADS.map(({ id, kind, isOptIn, set, place, windows }) => [
            id,
            kind,
            isOptIn,
            set,
            place,
            windows.map(({ literal, ignoreCase, end, hash }) => [literal, ignoreCase, end, hash]),
          ]);
          return `
            const windowOf = ([literal, ignoreCase, end, hash]) => ({ literal, ignoreCase, end, hash });
            const headOf = ([id, kind, isOptIn, set, place, windows]) => ({ id, kind, isOptIn, set, place, windows: windows.map(windowOf) });
            export const HEADS = JSON.parse(${JSON.stringify(JSON.stringify(rows))}).map(headOf);
          `;
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
    },
  };
}

/** Node reads a file of ASCII letters in half the time and half the memory. */
function asciiOnly() {
  return {
    name: 'ascii-only',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        file.code = file.code.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
      }
    },
  };
}

const shared = { platform: 'node', transform: { target: 'node20.19' }, plugins: [headsAtBuildTime(), asciiOnly()] };

/** What runs before git is asked: the command line, and the door to git. */
const FIRST =
  /\/src\/(?:cli\/(?!render-help)|commands\/(?:hook|scan|run-and-report|write-reports|read-target)\.|run\/(?:run-scan|ask-git|place|target)\.|git\/(?!read-blobs|read-names)|diff\/(?!added-lines)|errors\/|version|policy\/config\.|config\/search\.|report\/formats\.)/;

/** What is loaded while git is at work: rules, engine, policy, and the report that people see. */
const THEN =
  /\/src\/(?:run|engine|rules(?!\/(?:catalogue|check-samples))|findings|policy|diff|git)\/|\/src\/report\/(?!json|rules|sample)|\/src\/config\/(?:load|flags|variable-names|source)\.|\/node_modules\/(?:minimatch|brace-expansion|balanced-match|picocolors)\//;

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
