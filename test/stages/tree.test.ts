import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTree, type StageTree } from '../../src/stages/tree.ts';
import { createFolder } from '../support/repository.ts';

function opened(): StageTree {
  const tree = openTree();
  onTestFinished(tree.remove);
  return tree;
}

const TEXT = Buffer.from('x');

describe('a tree', () => {
  it('holds files as they were written, with their bits, and nobody else may look into it', () => {
    const tree = opened();
    expect(tree.write('a/b.sh', TEXT, true)).toBeNull();
    expect(tree.write('a/c', TEXT, false)).toBeNull();
    expect(readFileSync(join(tree.path, 'a/b.sh'), 'utf8')).toBe('x');
    expect([statSync(join(tree.path, 'a/b.sh')).mode & 0o100, statSync(join(tree.path, 'a/c')).mode & 0o111]).toEqual([0o100, 0]);
    expect(statSync(dirname(tree.path)).mode & 0o077).toBe(0);
  });

  it.each([
    '../x',
    'a/../../x',
    '/x',
    'a//b',
    './x',
    'a/.',
    '',
    '.git',
    '.git/config',
    'a/.GIT/hooks/x',
    '.git./x',
    '.git /x',
    'git~1/x',
    '.g\u200cit/x',
    'c:/x',
    'a\0b',
    '.git::$INDEX_ALLOCATION/x',
  ])('takes no name such as %j', (name) => {
    const tree = opened();
    expect(tree.write(name, TEXT, false)).toBe('its name points outside the tree');
  });

  it.each(['.gitignore', '.github/x', 'a.git/x', '..a', 'a/...', 'git~x', '-x', 'a\\b'])('takes the name %j', (name) => {
    expect(opened().write(name, TEXT, false)).toBeNull();
  });

  it('lets no name take the place of another', () => {
    const tree = opened();
    expect(tree.write('a', TEXT, false)).toBeNull();
    expect(tree.write('a', TEXT, false)).toMatch(/same name on this file system/);
    expect(tree.write('a/b', TEXT, false)).toMatch(/same name on this file system/);
  });

  it('reaches the packages of the work tree, in the folders that it has', () => {
    const top = createFolder();
    for (const folder of ['node_modules/p', 'a/node_modules', 'b/node_modules']) mkdirSync(join(top, folder), { recursive: true });
    const tree = opened();
    tree.write('a/x/y.js', TEXT, false);
    tree.linkPackages(top);
    expect(readlinkSync(join(tree.path, 'node_modules'))).toBe(join(top, 'node_modules'));
    expect(readlinkSync(join(tree.path, 'a/node_modules'))).toBe(join(top, 'a/node_modules'));
    expect(existsSync(join(tree.path, 'b'))).toBe(false);
    tree.remove();
    expect(existsSync(join(top, 'node_modules/p'))).toBe(true);
  });

  it('keeps packages of its own', () => {
    const top = createFolder();
    mkdirSync(join(top, 'node_modules'));
    const tree = opened();
    tree.write('node_modules/p/x.js', TEXT, false);
    tree.linkPackages(top);
    expect(lstatSync(join(tree.path, 'node_modules')).isSymbolicLink()).toBe(false);
    expect(existsSync(join(top, 'node_modules/p'))).toBe(false);
  });

  it('is gone afterwards, and one that a killed process has left is gone after a day', () => {
    const [old, fresh] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'code-guardian-tree-'))) as [string, string];
    writeFileSync(join(old, 'x'), '');
    const yesterday = Date.now() / 1000 - 25 * 60 * 60;
    utimesSync(old, yesterday, yesterday);
    const tree = openTree();
    expect([existsSync(old), existsSync(fresh), existsSync(tree.path)]).toEqual([false, true, true]);
    tree.remove();
    expect(existsSync(dirname(tree.path))).toBe(false);
    rmSync(fresh, { recursive: true });
  });
});
