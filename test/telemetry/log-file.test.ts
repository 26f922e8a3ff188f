import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { appendLines } from '../../src/telemetry/log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-guardian-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const freshFile = (): string => join(mkdtempSync(join(folder, 'log-')), 'guardian.log');

describe('a log file', () => {
  it('is made, and appended to by whole lines', () => {
    const file = freshFile();
    appendLines(file, ['one', 'two'], 1000);
    appendLines(file, ['three'], 1000);
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\nthree\n');
  });

  it('goes on behind a torn line on a new one', () => {
    const file = freshFile();
    appendFileSync(file, 'one\n{"time":"20');
    appendLines(file, ['two'], 1000);
    expect(readFileSync(file, 'utf8')).toBe('one\n{"time":"20\ntwo\n');
  });

  it('is set aside when it is too large, and five older ones are kept', () => {
    const file = freshFile();
    for (let i = 0; i < 20; i++) appendLines(file, [`line ${String(i).padStart(3, '0')}`], 17);
    const names = ['guardian.log', ...[1, 2, 3, 4, 5].map((number) => `guardian.log.${number}`)];
    expect(readdirSync(join(file, '..')).toSorted()).toEqual(names.filter((name) => existsSync(join(file, '..', name))));
    const older = [1, 2, 3, 4, 5].map((number) => readFileSync(`${file}.${number}`, 'utf8'));
    expect(older).toEqual(
      [9, 8, 7, 6, 5].map((pair) => `line ${String(2 * pair).padStart(3, '0')}\nline ${String(2 * pair + 1).padStart(3, '0')}\n`),
    );
  });

  it('is left alone while another process sets it aside, and not for ever where that one is gone', () => {
    const file = freshFile();
    writeFileSync(`${file}.lock`, '');
    appendLines(file, ['long enough'], 5);
    expect(existsSync(`${file}.1`)).toBe(false);
    utimesSync(`${file}.lock`, new Date(0), new Date(0));
    appendLines(file, ['two'], 5);
    expect(existsSync(`${file}.lock`)).toBe(false);
    appendLines(file, ['three'], 5);
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('long enough\ntwo\nthree\n');
  });

  it('may be no file at all: what is a device or a pipe is written to, and never set aside', () => {
    appendLines('/dev/null', ['x'.repeat(100)], 10);
    expect(existsSync('/dev/null.1')).toBe(false);
  });

  it.runIf(existsSync('/dev/full'))('says that the disk is full, and closes what it has opened', () => {
    expect(() => appendLines('/dev/full', ['x'], 10)).toThrow('ENOSPC');
    // Other threads of this process open and close files meanwhile, so a count of open files proves nothing.
    expect(openFiles()).not.toContain('/dev/full');
  });
});

/** The files that this process has open. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // Closed by another thread meanwhile.
      return [];
    }
  });
}
