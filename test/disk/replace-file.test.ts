import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PRIVATE, replaceFile } from '../../src/disk/replace-file.ts';
import { freshFolder } from './fresh-folder.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('replacing a file', () => {
  it('makes a new one', () => {
    const folder = freshFolder();
    replaceFile(join(folder, 'a'), 'text');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('text');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('puts a new file in place of the old one, which a reader that has opened it still sees', () => {
    const folder = freshFolder();
    const file = join(folder, 'a');
    replaceFile(file, 'old');
    const before = statSync(file).ino;
    replaceFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).ino).not.toBe(before);
  });

  it('keeps the mode, whatever the umask', () => {
    const file = join(freshFolder(), 'a');
    writeFileSync(file, 'old');
    chmodSync(file, 0o666);
    replaceFile(file, 'new');
    expect(modeOf(file)).toBe(0o666);
  });

  it('gives it the mode that was asked for', () => {
    const file = join(freshFolder(), 'a');
    writeFileSync(file, 'old');
    chmodSync(file, 0o644);
    replaceFile(file, 'new', { mode: PRIVATE });
    expect(modeOf(file)).toBe(0o600);
  });

  it('writes a character as a byte if it is told to', () => {
    const file = join(freshFolder(), 'a');
    replaceFile(file, 'ä', { encoding: 'latin1' });
    expect([...readFileSync(file)]).toEqual([0xe4]);
  });

  it('replaces a symlink, and leaves the file that it leads to', () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'a'), 'old');
    symlinkSync('a', join(folder, 'link'));
    replaceFile(join(folder, 'link'), 'new');
    expect(lstatSync(join(folder, 'link')).isFile()).toBe(true);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
  });

  it('throws the system’s error and leaves nothing behind', () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'a'));
    expect(() => replaceFile(join(folder, 'a'), 'text')).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(() => replaceFile(join(folder, 'none/a'), 'text')).toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual(['a']);
  });
});
