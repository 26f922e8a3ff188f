// @ts-check
/** What src/policy and the like may be: no clock, no environment, no disk, no network. The time comes in as `now`. */
export const PURE = ['policy', 'findings', 'diff', 'rules', 'patterns', 'engine', 'report'];

/** Each one way to the outside. */
export const EDGES = ['config', 'git', 'install', 'state', 'telemetry', 'health', 'serve', 'stages', 'agents'];

/** What all others may import. */
export const GROUND = ['disk', 'host', 'errors'];

/**
 * The folders of src/, from the top down. A folder imports what is below it. `isShared`: those of one layer may import each other.
 *
 * @type {readonly { readonly name: string, readonly folders: readonly string[], readonly isShared?: true }[]}
 */
export const LAYERS = [
  { name: 'the entrances', folders: ['bin.ts', 'index.ts'] },
  { name: 'the command line', folders: ['cli'] },
  { name: 'commands and the API', folders: ['commands', 'api'] },
  { name: 'the run', folders: ['run'] },
  { name: 'the start-up', folders: ['startup'] },
  { name: 'an edge', folders: EDGES },
  { name: 'a pure folder', folders: PURE, isShared: true },
  { name: 'the ground', folders: GROUND, isShared: true },
];

/** Modules from outside that a pure folder may import: they compute, and reach nothing. */
export const PURE_MODULES = new Set(['node:buffer', 'node:crypto', 'node:vm', 'node:zlib', 'minimatch', 'picocolors', 'valibot']);
