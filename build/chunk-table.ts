/** One chunk of the command's bundle: the modules at its entries, and all that they import. */
export interface Chunk {
  readonly name: string;
  readonly entries: readonly string[];
  /** Written into the file that the command starts with: opening another file costs half a millisecond. */
  readonly isInStart?: true;
  /** Loaded when a rule in it is asked for: no earlier chunk takes its entries along. */
  readonly isOnFirstUse?: true;
}

/** The file that the command starts with. */
export const START = 'start';

/**
 * The chunks that are made on purpose; rolldown makes the others. A module is in the first chunk of this list that needs it. This table is the
 * only place that names chunks: the loader gets its part of it when the bundle is made.
 */
export const CHUNKS: readonly Chunk[] = [
  // What every hook loads: at once, and while git is at work.
  { name: START, entries: ['src/cli/start.ts', 'src/commands/hook.ts'] },
  {
    name: 'then',
    entries: [
      'src/run/acts.ts',
      'src/report/formats/pretty.ts',
      'src/run/recording/record-run.ts',
      'node_modules/picocolors/picocolors.js',
    ],
    isInStart: true,
  },
  // What a config needs that is not known yet, and what a run leaves behind for more than the ledger.
  { name: 'layers', entries: ['src/config/layers.ts', 'src/config/read-document.ts', 'src/config/readers.ts'] },
  { name: 'publishing', entries: ['src/run/recording/publish-later.ts', 'src/commands/log-run.ts'] },
  // Rules, read when a scan meets one of their keywords.
  { name: 'common', entries: ['src/rules/themes/theme-sets.ts'], isInStart: true, isOnFirstUse: true },
  { name: 'providers', entries: ['src/rules/providers/provider-sets.ts'], isOnFirstUse: true },
];

/** The chunks that the loader loads on first use, as the bundle's `require` names them. */
export const CHUNKS_ON_FIRST_USE: readonly string[] = CHUNKS.filter(({ isOnFirstUse }) => isOnFirstUse).map(({ name }) => `./${name}.cjs`);
