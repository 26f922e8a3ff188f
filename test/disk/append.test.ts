import { execFileSync } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendText, openToAppend } from '../../src/disk/append.ts';
import { freshFolder } from './fresh-folder.ts';

describe('appending', () => {
  it('makes the file, puts text behind what is there, and returns the size', () => {
    const file = join(freshFolder(), 'a');
    expect(appendText(file, 'ä\n')).toBe(3);
    expect(appendText(file, 'b\n')).toBe(5);
    expect(readFileSync(file, 'utf8')).toBe('ä\nb\n');
  });

  it('does not wait for a reader of a FIFO', () => {
    const fifo = join(freshFolder(), 'fifo');
    execFileSync('mkfifo', [fifo]);
    closeSync(openToAppend(fifo));
  });
});
