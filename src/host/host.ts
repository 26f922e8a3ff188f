import { fstatSync, statSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileError } from '../errors/guardian-error.ts';
import { programCommand } from './program.ts';

const STDOUT = 1;
const STDERR = 2;

/** Where text goes. */
export interface Output {
  readonly isTTY: boolean;
  /** Width of the terminal; absent where there is none. */
  readonly columns?: number | undefined;
  readonly write: (text: string) => void;
}

/** Everything outside the process that a command may touch, so that tests can stand in for it. */
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
  /** How the reader starts this program; absent: `code-guardian`. program.ts puts it into texts. */
  readonly program?: string;
}

/** The host of a real process. Nothing is opened before it is used: Node's streams alone cost three milliseconds. */
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

/** Most output goes to a pipe, a file or nowhere: `node:tty` is loaded only where it may be a terminal. */
function isTerminal(descriptor: number): boolean {
  const stat = fstatSync(descriptor);
  if (!stat.isCharacterDevice() || stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev) return false;
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}

/** Writes all of it before it returns. A reader that went away (`| head`) is no failure of ours. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      // A pipe that somebody made non-blocking is full for the moment.
      if (code === 'EAGAIN') continue;
      // What cannot be said on stderr can be said nowhere: the exit code still tells.
      if (descriptor === STDERR) return;
      throw fileError(thrown, 'stdout', 'Make room where standard output goes, or name a file with `--output`.');
    }
  }
}
