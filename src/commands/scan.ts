import type { Run } from './command.ts';
import { readTarget } from './read-target.ts';
import { runAndReport } from './run-and-report.ts';

/** `code-guardian scan`: the engine by hand. */
export const run: Run = async ({ host, options, args }) => {
  const target = await readTarget(host, options, args);
  return runAndReport({ host, options, target, hook: null });
};
