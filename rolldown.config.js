import { defineConfig } from 'rolldown';

const shared = { platform: 'node', transform: { target: 'node20.19' } };

export default defineConfig([
  {
    // What git waits for: one CommonJS file for the hook's path, and a chunk for all that is loaded later. Modules cost more to start.
    ...shared,
    input: { bin: 'src/bin.ts' },
    output: {
      dir: 'dist',
      format: 'cjs',
      cleanDir: true,
      minify: true,
      entryFileNames: '[name].cjs',
      chunkFileNames: 'chunks/[name].cjs',
    },
  },
  {
    ...shared,
    input: { index: 'src/index.ts' },
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
  },
]);
