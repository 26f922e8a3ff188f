import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { PURE } from './build/house.js';

const COMMON = {
  setupFiles: ['test/support/clean-environment.ts'],
  // Only a test that hangs takes as long: on a busy machine everything is slow.
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/** Tests that watch which modules are loaded: they need a module graph of their own. */
const MODULES = ['test/config/load-nothing.test.ts'];

/** Proofs that cost grows in proportion: they read the CPU time of their process, so no other test runs in it. */
const COST = ['test/**/*.cost.test.ts'];

export default defineConfig({
  test: {
    // Vitest leaves one core to the watcher: on two cores that is half of them.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          // One module graph a worker: the files import the same sources, which took two thirds of the time.
          pool: 'threads',
          isolate: false,
          ...COMMON,
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/{git,install,e2e}/**', ...MODULES, ...COST],
        },
      },
      { test: { name: 'modules', pool: 'threads', include: MODULES, ...COMMON } },
      { test: { name: 'cost', include: COST, ...COMMON } },
      { test: { name: 'git', include: ['test/{git,install}/**/*.test.ts'], ...COMMON } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...COMMON } },
    ],
    coverage: {
      provider: 'v8',
      // Files only, so that the summary of the tests is the last thing that a run prints.
      reporter: ['html', 'json-summary'],
      include: PURE.map((folder) => `src/${folder}/**`),
      thresholds: { statements: 95, lines: 95, functions: 95, branches: 90 },
    },
  },
});
