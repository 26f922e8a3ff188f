import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOutput } from '../../src/disk/write-output.ts';
import { freshFolder } from './fresh-folder.ts';

/** What a reader of a FIFO gets while `write` runs. */
function readWhile(fifo: string, write: () => void): string {
  // Opened to read and write, it blocks neither side.
  const descriptor = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    write();
    const bytes = Buffer.alloc(100);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

describe('output to a regular file', () => {
  it('makes it, or replaces it whole with its mode', () => {
    const file = join(freshFolder(), 'a');
    writeOutput(file, 'long text');
    chmodSync(file, 0o640);
    writeOutput(file, 'text');
    expect(readFileSync(file, 'utf8')).toBe('text');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('follows links, also from one folder to another', () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    symlinkSync('deep/er', join(folder, 'short'));
    writeFileSync(join(folder, 'deep/a'), 'old');
    symlinkSync('../a', join(folder, 'deep/er/link'));
    symlinkSync('short/link', join(folder, 'link'));
    writeOutput(join(folder, 'link'), 'text');
    expect(readFileSync(join(folder, 'deep/a'), 'utf8')).toBe('text');
    expect([readlinkSync(join(folder, 'link')), readlinkSync(join(folder, 'deep/er/link'))]).toEqual(['short/link', '../a']);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['a', 'er']);
  });

  it('makes the file that a link leads to', () => {
    const folder = freshFolder();
    symlinkSync('new', join(folder, 'link'));
    writeOutput(join(folder, 'link'), 'text');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'new'), 'utf8')).toBe('text');
  });

  it('fails with the path and a way out', () => {
    const folder = freshFolder();
    const file = join(folder, 'none/a');
    expect(() => writeOutput(file, 'text')).toThrow(expect.objectContaining({ code: 'FILE_SYSTEM', path: file }));
    expect(() => writeOutput(folder, 'text')).toThrow(expect.objectContaining({ code: 'FILE_SYSTEM' }));
    symlinkSync('circle', join(folder, 'circle'));
    expect(() => writeOutput(join(folder, 'circle'), 'text')).toThrow(expect.objectContaining({ code: 'FILE_SYSTEM' }));
  });
});

describe('output to what is no regular file', () => {
  it('is written to a FIFO, which stays one', () => {
    const fifo = freshFifo();
    expect(readWhile(fifo, () => writeOutput(fifo, 'text\n'))).toBe('text\n');
    expect(lstatSync(fifo).isFIFO()).toBe(true);
    expect(readdirSync(dirname(fifo))).toEqual(['fifo']);
  });

  it('is written to the FIFO that a link leads to', () => {
    const fifo = freshFifo();
    const link = join(freshFolder(), 'link');
    symlinkSync(fifo, link);
    expect(readWhile(fifo, () => writeOutput(link, 'text\n'))).toBe('text\n');
    expect(lstatSync(fifo).isFIFO()).toBe(true);
    expect(readlinkSync(link)).toBe(fifo);
  });

  it.each(['/dev/fd', '/proc/self/fd'])('is written to a descriptor of this process by its name in %s, behind what is there', (names) => {
    const folder = freshFolder();
    const descriptor = openSync(join(folder, 'a'), 'w');
    symlinkSync(`${names}/${descriptor}`, join(folder, 'link'));
    writeSync(descriptor, 'before\n');
    writeOutput(`${names}/${descriptor}`, 'text\n');
    writeOutput(join(folder, 'link'), 'more\n');
    // Whoever has opened the file goes on writing to it.
    writeSync(descriptor, 'after\n');
    closeSync(descriptor);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('before\ntext\nmore\nafter\n');
    expect(readdirSync(folder)).toEqual(['a', 'link']);
  });
});

function freshFifo(): string {
  const fifo = join(freshFolder(), 'fifo');
  execFileSync('mkfifo', [fifo]);
  return fifo;
}
