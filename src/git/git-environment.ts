/**
 * Variables with which git tells a hook its repository, index and quarantine. simple-git drops every `GIT_…` variable
 * unless it is named: without these a hook run by `commit -a`, in a linked worktree or in pre-receive reads the wrong index.
 */
const GIT_ENVIRONMENT = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_QUARANTINE_PATH',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_NAMESPACE',
  'GIT_SHALLOW_FILE',
  'GIT_EXEC_PATH',
];

/** Set for every git that we start. */
export const OUR_ENVIRONMENT = {
  GIT_OPTIONAL_LOCKS: '0', // never refresh the index behind the user's back
  GIT_TERMINAL_PROMPT: '0', // never ask
  GIT_NO_REPLACE_OBJECTS: '1', // `git replace` must not show a clean blob in place of the staged one
  LC_ALL: 'C', // messages in English, which git-error.ts distinguishes
};

/** The same, but not for shells. Without it `rev-list` flushes its output for every single commit. */
const BUFFERED = { GIT_FLUSH: '0' };

/** Options before the command that override the user's configuration. */
export const OUR_CONFIG = [
  'core.quotePath=false',
  'core.fsmonitor=false', // it is a program of the repository's choosing
];

/**
 * Variables that simple-git refuses in `.env()`. git's plumbing starts no editor, pager or prompt, so they are dropped.
 */
const LEFT_OUT = /^(?:EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS)$/i;

/** The variables that our git gets, and the names that simple-git must let through. */
export function environmentOf(environment: NodeJS.ProcessEnv): { readonly variables: NodeJS.ProcessEnv; readonly allowed: string[] } {
  const numbered = Object.keys(environment).filter((name) => /^GIT_CONFIG_(?:KEY|VALUE)_\d+$/.test(name));
  const merge = Object.keys(environment).filter((name) => name.startsWith('GITHEAD_'));
  const ours = { ...OUR_ENVIRONMENT, ...BUFFERED };
  const allowed = [...GIT_ENVIRONMENT, ...numbered, ...merge, ...Object.keys(ours)];
  const passedOn = Object.entries(environment).filter(
    ([name]) => (!name.startsWith('GIT') || allowed.includes(name)) && !LEFT_OUT.test(name),
  );
  return { variables: { ...Object.fromEntries(passedOn), ...ours }, allowed };
}
