import type { ErrorCode } from './guardian-error.ts';

/** A log message per error code: the error's own message may contain names. docs/errors.md has a section for each. */
export const SYMPTOM: Readonly<Record<ErrorCode, string>> = {
  USAGE: 'invalid command line',
  CONFIG_INVALID: 'invalid config file, variable or baseline',
  FILE_SYSTEM: 'cannot read or write a file',
  PERMISSION_DENIED: 'permission denied',
  DETECTOR_FAILED: 'a rule or a stage failed',
  GIT_FAILED: 'git failed',
  NOT_A_REPOSITORY: 'not a git repository',
  TIMEOUT: 'a rule, a stage, git or the run exceeded its time limit',
  LIMIT_EXCEEDED: 'out of memory',
  INPUT_INVALID: 'invalid scan input',
  TELEMETRY_FAILED: 'cannot write a log',
  INTERRUPTED: 'interrupted by a signal',
  INTERNAL: 'internal error',
};
