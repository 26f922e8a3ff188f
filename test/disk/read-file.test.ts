import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBytesOrNull, readTextOrNull } from '../../src/disk/read-file.ts';
import { freshFolder } from './fresh-folder.ts';

describe('a file that may be missing', () => {
  it('is read as bytes, as text, and a character a byte', () => {
    const file = join(freshFolder(), 'a');
    writeFileSync(file, 'ä');
    expect(readBytesOrNull(file)).toEqual(Buffer.from('ä'));
    expect(readTextOrNull(file)).toBe('ä');
    expect(readTextOrNull(file, 'latin1')).toBe('\xc3\xa4');
  });

  it('is null if it, or a folder on the way, does not exist', () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'a'), '');
    for (const name of ['none', 'none/a', 'a/none']) {
      expect(readBytesOrNull(join(folder, name))).toBeNull();
      expect(readTextOrNull(join(folder, name))).toBeNull();
    }
  });

  it('is an error if it is there and cannot be read', () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'a'));
    expect(() => readBytesOrNull(join(folder, 'a'))).toThrow('EISDIR');
    expect(() => readTextOrNull(join(folder, 'a'))).toThrow('EISDIR');
  });
});
