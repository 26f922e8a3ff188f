import { closeSync, fstatSync, readSync, renameSync, statSync } from 'node:fs';
import { openToAppend } from '../disk/append.ts';
import { withLock } from '../disk/lock.ts';
import { writeWhole } from '../disk/write-whole.ts';

/** So many older files are kept, as `FILE.1` to `FILE.5`; the first is the youngest. */
const KEPT = 5;

const LF = 0x0a;

/**
 * Appends whole lines. Processes may do so side by side: what one has to say is written at once, at the end. One that is killed, or finds the
 * disk full, may leave a torn line; the next line begins on its own.
 *
 * @param maxSize bytes; a file that is larger is set aside
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

/** Whoever has opened it still writes to it under its new name. */
function setAside(file: string, maxSize: number): void {
  withLock(`${file}.lock`, () => {
    // Another process may have done so meanwhile.
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= maxSize) return;
    for (let number = KEPT - 1; number > 0; number--) {
      if (statSync(`${file}.${number}`, { throwIfNoEntry: false }) !== undefined) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
    }
    renameSync(file, `${file}.1`);
  });
}
