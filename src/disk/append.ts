import { closeSync, fstatSync, openSync } from 'node:fs';
import { writeWhole } from './write-whole.ts';

/**
 * Opens a file for appending, and for reading what others appended. Processes may append side by side if each writes what it has at once.
 *
 * Opened to read as well, a FIFO without a reader does not block.
 */
export function openToAppend(path: string): number {
  return openSync(path, 'a+');
}

/** Appends text in one write. Returns the size of the file then. */
export function appendText(path: string, text: string): number {
  const descriptor = openToAppend(path);
  try {
    writeWhole(descriptor, Buffer.from(text));
    return fstatSync(descriptor).size;
  } finally {
    closeSync(descriptor);
  }
}
