/** Ends every temporary name: the process that writes the file, and 64 random bits. */
const ENDING = /\.(\d+)-[\da-f]{16}\.tmp$/;

/**
 * A name in the same folder as a file, for what is renamed to that file when it is complete. Other users cannot guess it, so they cannot put a
 * link there first. Open it exclusively (`wx`).
 */
export function temporaryName(path: string): string {
  // Loaded on use: most runs write nothing.
  const random = process.getBuiltinModule('node:crypto').randomBytes(8).toString('hex');
  return `${path}.${process.pid}-${random}.tmp`;
}

/** Whether a name is a temporary one whose process is gone: it was killed before it could rename the file. */
export function isAbandoned(name: string): boolean {
  const pid = ENDING.exec(name)?.[1];
  return pid !== undefined && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // The process of another user.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
