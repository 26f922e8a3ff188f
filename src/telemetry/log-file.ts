import { closeSync, fstatSync, readSync, renameSync, statSync } from 'node:fs';
import { openToAppend } from '../disk/append.ts';
import { withLock } from '../disk/lock.ts';
import { writeWhole } from '../disk/write-whole.ts';

/** Rotated files that are kept: `FILE.1` (newest) to `FILE.5`. */
const KEPT = 5;

const LF = 0x0a;

/**
 * Appends whole lines. Safe for concurrent processes: each appends in one write. A killed process or a full disk may leave a torn line; the next
 * write starts on a new line.
 *
 * @param maxSize bytes; a larger file is rotated
 */
export function appendLines(file: string, lines: readonly string[], maxSize: number): void {
  const descriptor = openToAppend(file);
  let size: number;
  let isFile: boolean;
  try {
    const before = fstatSync(descriptor);
    isFile = before.isFile();
    const isTorn = isFile && before.size > 0 && lastByte(descriptor, before.size) !== LF;
    writeWhole(descriptor, Buffer.from(`${isTorn ? '\n' : ''}${lines.join('\n')}\n`));
    ({ size } = fstatSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
  if (isFile && size > maxSize) setAside(file, maxSize);
}

function lastByte(descriptor: number, size: number): number {
  const byte = Buffer.alloc(1);
  return readSync(descriptor, byte, 0, 1, size - 1) === 1 ? byte[0]! : LF;
}

/** Processes that have the file open keep writing to it under its new name. */
function setAside(file: string, maxSize: number): void {
  withLock(`${file}.lock`, () => {
    // Another process may have rotated meanwhile.
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= maxSize) return;
    for (let number = KEPT - 1; number > 0; number--) {
      if (statSync(`${file}.${number}`, { throwIfNoEntry: false }) !== undefined) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
    }
    renameSync(file, `${file}.1`);
  });
}
