/** One chunk of the command's bundle: the modules at its entries, and all that they import. */
export interface Chunk {
  readonly name: string;
  readonly entries: readonly string[];
  /** Written into the first file, because opening another one costs half a millisecond. */
  readonly isInStart?: true;
  /** Loaded when its exports are first used. Its entries never become part of an earlier chunk. */
  readonly isOnFirstUse?: true;
}

/** The file that the command starts with. */
export const START = 'start';

/**
 * The chunks that we define; rolldown makes the others. A module goes into the first chunk of this list that needs it. Only this table names
 * chunks: the build hands CHUNKS_ON_FIRST_USE to the loader.
 */
export const CHUNKS: readonly Chunk[] = [
  // Every hook loads these: the first at once, the second while git runs.
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
  // For a config that has changed since the last run, and for a run that is reported elsewhere than in the ledger.
  { name: 'layers', entries: ['src/config/layers.ts', 'src/config/read-document.ts', 'src/config/readers.ts'] },
  // For a config in YAML: the value, and the places of mistakes in it, which the same parser finds.
  { name: 'yaml', entries: ['src/config/parse-yaml.ts', 'src/config/locate.ts'] },
  { name: 'publishing', entries: ['src/run/recording/publish-later.ts', 'src/commands/log-run.ts'] },
  // Rules: read when a scan meets one of their keywords.
  { name: 'common', entries: ['src/rules/themes/theme-sets.ts'], isInStart: true, isOnFirstUse: true },
  { name: 'providers', entries: ['src/rules/providers/provider-sets.ts'], isOnFirstUse: true },
];

/** The chunks that the loader loads on first use, as the bundle's `require` names them. */
export const CHUNKS_ON_FIRST_USE: readonly string[] = CHUNKS.filter(({ isOnFirstUse }) => isOnFirstUse).map(({ name }) => `./${name}.cjs`);
