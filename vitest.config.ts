import { defineConfig } from 'vitest/config';

const PURE = ['diff', 'engine', 'rules', 'patterns', 'findings', 'policy', 'report'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'test/*.test.ts',
            `test/{${[...PURE, 'errors', 'host', 'build', 'startup', 'cli', 'config', 'run', 'telemetry', 'health', 'serve', 'state', 'stages', 'fuzz'].join(',')}}/**/*.test.ts`,
          ],
        },
      },
      { test: { name: 'git', include: ['test/{git,install}/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000 } },
    ],
    coverage: {
      provider: 'v8',
      include: PURE.map((folder) => `src/${folder}/**`),
      thresholds: { statements: 95, lines: 95, functions: 95, branches: 90 },
    },
  },
});
