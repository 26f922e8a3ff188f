/** The PATH of programs with windows, which read no shell profile. */
export const GUI_PATH: readonly string[] = ['/usr/bin', '/bin'];

/** What such a program has besides: a home, a language, a place for temporary files. Git's own settings of where config lies are kept with them. */
const KEPT = /^(?:HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|LC_\w+|XDG_\w+|GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM))$/;

/** A canary is no commit: it is not counted, logged or sent anywhere, and no other scanner has to look at it. */
const UNRECORDED = {
  CODE_GUARDIAN_MONITORING_LEDGER: 'false',
  CODE_GUARDIAN_MONITORING_TEXTFILE: 'null',
  CODE_GUARDIAN_MONITORING_OTLP: 'null',
  CODE_GUARDIAN_LOGGING_FILE: 'null',
  CODE_GUARDIAN_SECURITY_STAGES: 'off',
};

/** Where hooks are run. */
export interface HookPlace {
  /** Absolute: the top of the worktree, or the git directory of a bare repository. */
  readonly folder: string;
  /** What git says to hooks of where it is: nothing, where that is `.git` in the folder. */
  readonly variables: Readonly<Record<string, string>>;
  /** `git --exec-path`, where git puts itself first on a hook's PATH. */
  readonly execPath: string;
}

/** The environment that git gives a hook, with the PATH of whoever started git. */
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
