import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inStateFolder, stateFolder } from '../../src/disk/state-folder.ts';
import { freshFolder } from './fresh-folder.ts';

describe('the state folder', () => {
  it('is made when something is to be written to it', () => {
    const folder = stateFolder(freshFolder());
    expect(existsSync(folder)).toBe(false);
    for (const name of ['a', 'b']) inStateFolder(folder, () => writeFileSync(join(folder, name), ''));
    expect(readdirSync(folder)).toEqual(['a', 'b']);
  });

  it('is not made where there is no git directory', () => {
    const gitDir = join(freshFolder(), 'none');
    const folder = stateFolder(gitDir);
    expect(() => inStateFolder(folder, () => writeFileSync(join(folder, 'a'), ''))).toThrow('ENOENT');
    expect(existsSync(gitDir)).toBe(false);
  });

  it('passes on any other failure', () => {
    const folder = stateFolder(freshFolder());
    const fail = (): never => {
      throw new Error('no');
    };
    expect(() => inStateFolder(folder, fail)).toThrow('no');
    expect(existsSync(folder)).toBe(false);
  });
});
