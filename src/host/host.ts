import { fstatSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { writeWhole } from '../disk/write-whole.ts';
import { fileError } from '../errors/guardian-error.ts';
import { programCommand } from './program.ts';

const STDOUT = 1;
const STDERR = 2;

/** A text stream. */
export interface Output {
  readonly isTTY: boolean;
  /** Width of the terminal; absent if there is none. */
  readonly columns?: number | undefined;
  readonly write: (text: string) => void;
}

/** The outside world of a command, so that tests can replace it. */
export interface Host {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly now: () => Date;
  /** Milliseconds since the process began. */
  readonly elapsed: () => number;
  /** Milliseconds that had passed when our own code began. */
  readonly startMs: number;
  /** Path of this program, as it was started: hooks and background processes run it again. */
  readonly script: string;
  /** How the reader starts this program; absent: `code-guardian`. program.ts puts it into texts. */
  readonly program?: string;
}

/** The host of a real process. Streams are opened on first use: Node's cost 2.3 ms. */
export function createHost(): Host {
  return {
    cwd: process.cwd(),
    env: process.env,
    get stdin() {
      return process.stdin;
    },
    stdout: createOutput(STDOUT, () => process.stdout.columns),
    stderr: createOutput(STDERR, () => process.stderr.columns),
    now: () => new Date(),
    elapsed: () => process.uptime() * 1000,
    startMs: process.uptime() * 1000,
    script: process.argv[1] ?? '',
    program: programCommand(process.argv[1] ?? ''),
  };
}

function createOutput(descriptor: number, readColumns: () => number | undefined): Output {
  return {
    get isTTY() {
      return isTerminal(descriptor);
    },
    get columns() {
      return isTerminal(descriptor) ? readColumns() : undefined;
    },
    write: (text) => writeAll(descriptor, Buffer.from(text)),
  };
}

/** Loads `node:tty`, which takes 2.5 ms, only if it may be a terminal: most output goes to a pipe, a file or /dev/null. */
export function isTerminal(descriptor: number): boolean {
  const stat = fstatSync(descriptor);
  if (!stat.isCharacterDevice() || stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev) return false;
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}

/** Writes everything before it returns. A closed reader (`| head`) is not an error. */
function writeAll(descriptor: number, bytes: Buffer): void {
  try {
    writeWhole(descriptor, bytes);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EPIPE') return;
    // There is no other place to report a failure of stderr. The exit code remains.
    if (descriptor === STDERR) return;
    throw fileError(thrown, 'stdout', 'Free space where standard output goes, or write to a file with `--output`.');
  }
}
