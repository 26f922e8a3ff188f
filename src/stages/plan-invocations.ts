import { posix } from 'node:path';
import type { Stage } from './stage.ts';

/** One invocation of a scanner. */
export interface Invocation {
  readonly command: readonly string[];
  /** Working folder in the tree; '' is the top. */
  readonly folder: string;
  /** Files to scan. */
  readonly files: readonly string[];
}

/** Values of the placeholders. */
export interface Places {
  /** Path of the SARIF file. */
  readonly output: string;
  /** Top of the work tree. */
  readonly top: string;
}

/** Bytes of file names on one command line: Windows takes 32,767 characters, macOS 1 MiB with the environment. */
const MOST_NAMES = process.platform === 'win32' ? 24_000 : 96 * 1024;

/**
 * The command of a stage with its placeholders filled in; several commands if `{files}` is too long for one command line.
 *
 * @param files relative to the tree's top
 */
export function planInvocations(
  { command, runs }: Pick<Stage, 'command' | 'runs'>,
  files: readonly string[],
  places: Places,
  most = MOST_NAMES,
): Invocation[] {
  const fill = (argument: string): string => argument.replaceAll('{output}', () => places.output).replaceAll('{top}', () => places.top);
  if (runs === 'each') {
    return files.map((file) => ({
      command: command.map((argument) => (argument === '{file}' ? asArgument(posix.basename(file)) : fill(argument))),
      folder: posix.dirname(file) === '.' ? '' : posix.dirname(file),
      files: [file],
    }));
  }
  const batches = command.includes('{files}') ? divide(files, most) : [files];
  return batches.map((batch) => ({
    command: command.flatMap((argument) => (argument === '{files}' ? batch.map(asArgument) : [fill(argument)])),
    folder: '',
    files: batch,
  }));
}

/** Keeps a file name from being read as an option or as a response file. */
function asArgument(file: string): string {
  return /^[-@+]/.test(file) ? `./${file}` : file;
}

function divide(files: readonly string[], most: number): string[][] {
  const batches: string[][] = [];
  let room = 0;
  for (const file of files) {
    // Each name also needs a pointer and a terminator.
    const size = Buffer.byteLength(file) + 11;
    if (size > room || batches.length === 0) {
      batches.push([]);
      room = most;
    }
    batches.at(-1)!.push(file);
    room -= size;
  }
  return batches;
}
