/** What went wrong, for scripts, logs and metrics. Stable: see the contract of error codes in the docs. */
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

/** What an error means for the run. Belongs to the code, not to the place that caught it. */
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
  /** The way out, one sentence. */
  readonly hint: string;
  /** The file it is about. */
  readonly path?: string;
  readonly cause?: unknown;
}

/** The one error type that Code-Guardian throws on purpose. Anything else that is caught is a bug (`INTERNAL`). */
export class GuardianError extends Error {
  override readonly name = 'GuardianError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly path: string | undefined;

  constructor(code: ErrorCode, message: string, { hint, path, cause }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.path = path;
  }

  get recovery(): Recovery {
    return RECOVERY[this.code];
  }
}

/** A file-system failure as a typed error; the system's own message names path and cause. */
export function fileError(cause: unknown, path: string, hint: string): GuardianError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const isDenied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return new GuardianError(isDenied ? 'PERMISSION_DENIED' : 'FILE_SYSTEM', message, { hint, path, cause });
}

/** What Node and V8 say where a buffer or a text finds no room. */
const NO_MEMORY = /Array buffer allocation failed|Failed to allocate memory|Invalid string length|Cannot create a string longer than/;

/** Whatever was thrown, as a typed error. */
export function asGuardianError(thrown: unknown): GuardianError {
  if (thrown instanceof GuardianError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (NO_MEMORY.test(message)) {
    return new GuardianError('LIMIT_EXCEEDED', `there was not enough memory: ${message}`, {
      hint: 'Give the run more memory, or leave large files out by `performance.maxFileSize` or `ignore.paths`.',
      cause: thrown,
    });
  }
  return new GuardianError('INTERNAL', `internal error: ${message}`, {
    hint: 'This is a bug in Code-Guardian. Please report it with the output of `code-guardian --version`.',
    cause: thrown,
  });
}
