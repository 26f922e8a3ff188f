/** The PATH of GUI programs, which read no shell profile. */
export const GUI_PATH: readonly string[] = ['/usr/bin', '/bin'];

/** Other variables of a GUI program: home, language, temporary folder. The variables that locate git's config are kept, too. */
const KEPT = /^(?:HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|LC_\w+|XDG_\w+|GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM))$/;

/** A canary is not a commit: do not record, log or publish it, and run no external scanner. */
const UNRECORDED = {
  CODE_GUARDIAN_MONITORING_LEDGER: 'false',
  CODE_GUARDIAN_MONITORING_TEXTFILE: 'null',
  CODE_GUARDIAN_MONITORING_OTLP: 'null',
  CODE_GUARDIAN_LOGGING_FILE: 'null',
  CODE_GUARDIAN_SECURITY_STAGES: 'off',
};

/** Where hooks run. */
export interface HookPlace {
  /** Absolute: the top of the worktree, or the git directory of a bare repository. */
  readonly folder: string;
  /** Variables with which git tells hooks its location; empty if that is `.git` in the folder. */
  readonly variables: Readonly<Record<string, string>>;
  /** `git --exec-path`, which git puts first on a hook's PATH. */
  readonly execPath: string;
}

/** The environment of a hook, with the given PATH. */
export function hookEnvironment(
  env: NodeJS.ProcessEnv,
  { folder, variables, execPath }: HookPlace,
  path: readonly string[] = GUI_PATH,
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => KEPT.test(name))),
    ...UNRECORDED,
    PATH: [execPath, ...path].join(':'),
    PWD: folder,
    GIT_EXEC_PATH: execPath,
    GIT_EDITOR: ':',
    GIT_PREFIX: '',
    ...variables,
  };
}
