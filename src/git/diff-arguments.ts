/**
 * Arguments that make git's diff independent of configuration, attributes and environment. Without each of these, added lines were seen to be
 * hidden.
 */
export const DIFF_ARGUMENTS: readonly string[] = [
  '--raw', // what changed: modes, blob ids, names as bytes
  '-z', // names end with NUL and are never quoted
  '--patch', // which lines; in the same process, so of the same index
  '--no-color', // color.ui=always
  '--no-ext-diff', // diff.external, and drivers with a command
  '--no-textconv', // drivers that convert
  '--text', // attributes -diff and binary, NUL bytes
  '--no-renames', // a renamed file is a new one: its lines are compared as moved later
  '--no-relative', // diff.relative in a sub-folder
  '--src-prefix=a/', // diff.noprefix, diff.mnemonicPrefix
  '--dst-prefix=b/',
  '-U0', // no context: GIT_DIFF_OPTS is dropped with the environment
  '--inter-hunk-context=0', // diff.interHunkContext
  '-O/dev/null', // diff.orderFile, which may even be missing
  '--submodule=short', // diff.submodule=log prints no patch
  '--ignore-submodules=none',
  '--no-abbrev', // whole blob ids in the records, whatever core.abbrev says
  '--full-index', // a patch is matched to its record by whole blob ids
  '--diff-algorithm=myers', // diff.algorithm: patience is slow on huge files
  '--no-indent-heuristic',
  '--output-indicator-new=+',
  '--output-indicator-old=-',
  '--output-indicator-context= ',
  '--ws-error-highlight=none',
  '--word-diff=none',
  '--no-color-moved',
];

/** The same for raw records only, without a patch. */
export const RAW_ARGUMENTS: readonly string[] = DIFF_ARGUMENTS.filter((argument) => argument !== '--patch' && argument !== '-U0');
