import type { ErrorCode } from './guardian-error.ts';

/** What happened, for logs: an error's own message may hold names. docs/errors.md has a section for each. */
export const SYMPTOM: Readonly<Record<ErrorCode, string>> = {
  USAGE: 'the command line is wrong',
  CONFIG_INVALID: 'a config file, variable or baseline cannot be used',
  FILE_SYSTEM: 'a file could not be read or written',
  PERMISSION_DENIED: 'the system does not allow it',
  DETECTOR_FAILED: 'a rule or a stage failed',
  GIT_FAILED: 'git ended with an error',
  NOT_A_REPOSITORY: 'there is no repository here',
  TIMEOUT: 'a rule, a stage, git or the run took longer than it may',
  LIMIT_EXCEEDED: 'there was not enough memory',
  INPUT_INVALID: 'what was given to scan cannot be read as such',
  TELEMETRY_FAILED: 'a log could not be written',
  INTERRUPTED: 'a signal ended the run',
  INTERNAL: 'a bug of ours',
};
