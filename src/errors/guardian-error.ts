/** Error codes for scripts, logs and metrics. Stable: docs/exit-codes.md. */
export type ErrorCode =
  | 'USAGE'
  | 'CONFIG_INVALID'
  | 'FILE_SYSTEM'
  | 'PERMISSION_DENIED'
  | 'DETECTOR_FAILED'
  | 'GIT_FAILED'
  | 'NOT_A_REPOSITORY'
  | 'TIMEOUT'
  | 'LIMIT_EXCEEDED'
  | 'INPUT_INVALID'
  | 'TELEMETRY_FAILED'
  | 'INTERRUPTED'
  | 'INTERNAL';

/** What an error means for the run. It depends on the code, not on the place that catches the error. */
export type Recovery = 'retry' | 'skip' | 'degrade' | 'abort';

export const RECOVERY: Readonly<Record<ErrorCode, Recovery>> = {
  USAGE: 'abort',
  CONFIG_INVALID: 'abort',
  FILE_SYSTEM: 'skip',
  PERMISSION_DENIED: 'skip',
  DETECTOR_FAILED: 'degrade',
  GIT_FAILED: 'retry',
  NOT_A_REPOSITORY: 'abort',
  TIMEOUT: 'degrade',
  LIMIT_EXCEEDED: 'skip',
  INPUT_INVALID: 'abort',
  TELEMETRY_FAILED: 'degrade',
  INTERRUPTED: 'abort',
  INTERNAL: 'abort',
};

export interface ErrorDetails {
  /** How to fix it: one sentence, with a command if there is one. */
  readonly hint: string;
  /** The file it is about. */
  readonly path?: string;
  /** How the program ended whose failure it is. */
  readonly exitCode?: number;
  /** The program that is not on the PATH. */
  readonly missingProgram?: string;
  readonly cause?: unknown;
}

/** The only error type that Code-Guardian throws on purpose. Anything else is a bug (`INTERNAL`). */
export class GuardianError extends Error {
  override readonly name = 'GuardianError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly path: string | undefined;
  readonly exitCode: number | undefined;
  readonly missingProgram: string | undefined;

  constructor(code: ErrorCode, message: string, { hint, path, exitCode, missingProgram, cause }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.path = path;
    this.exitCode = exitCode;
    this.missingProgram = missingProgram;
  }

  get recovery(): Recovery {
    return RECOVERY[this.code];
  }
}

/** A file-system failure as a typed error. The system's message names path and cause. */
export function fileError(cause: unknown, path: string, hint: string): GuardianError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const isDenied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return new GuardianError(isDenied ? 'PERMISSION_DENIED' : 'FILE_SYSTEM', message, { hint, path, cause });
}

/** Messages of Node and V8 when a buffer or a string cannot be allocated. */
const NO_MEMORY = /Array buffer allocation failed|Failed to allocate memory|Invalid string length|Cannot create a string longer than/;

/** Anything thrown, as a typed error. */
export function asGuardianError(thrown: unknown): GuardianError {
  if (thrown instanceof GuardianError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (NO_MEMORY.test(message)) {
    return new GuardianError('LIMIT_EXCEEDED', `out of memory: ${message}`, {
      hint: 'Raise the memory limit, or exclude large files with `performance.maxFileSize` or `ignore.paths`.',
      cause: thrown,
    });
  }
  return new GuardianError('INTERNAL', `internal error: ${message}`, {
    hint: 'This is a bug in Code-Guardian. Report it with the output of `code-guardian --version`.',
    cause: thrown,
  });
}
