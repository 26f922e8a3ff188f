// @ts-check
/** Folders of src/ that only compute: they read no clock, no environment, no disk and no network. Time comes in as `now`. */
export const PURE = ['policy', 'findings', 'diff', 'rules', 'patterns', 'engine', 'report'];

/** Folders of src/ that reach one part of the outside each. */
export const EDGES = ['config', 'git', 'install', 'state', 'telemetry', 'health', 'serve', 'stages', 'agents'];

/** Folders of src/ that every other folder may import. */
export const GROUND = ['disk', 'host', 'errors'];

/**
 * The folders of src/, from the top down. A folder may import the layers below its own. `isShared`: folders of this layer may also import each
 * other.
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

/** Modules of Node and packages that a pure folder may import, because they only compute. */
export const PURE_MODULES = new Set(['node:buffer', 'node:crypto', 'node:vm', 'node:zlib', 'minimatch', 'picocolors', 'valibot']);
