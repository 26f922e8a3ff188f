/** The four acts of a run. One module, so that they load together while git works. */
export { openRun } from './run-context.ts';
export { scanTarget } from './targets/targets.ts';
export { concludeRun } from './conclude-run.ts';
export { assembleReport } from './assemble-report.ts';
