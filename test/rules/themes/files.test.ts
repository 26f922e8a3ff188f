import { describe, expect, it } from 'vitest';
import { files } from '../../../src/rules/themes/files.ts';
import type { FileFacts, FileRule } from '../../../src/engine/rule.ts';

const FILE: FileFacts = {
  path: 'docs/a.txt',
  status: 'added',
  isSymlink: false,
  size: 10,
  target: null,
  exists: () => false,
  caseCollisions: [],
  options: {},
};

function check(id: string, facts: Partial<FileFacts>): string | null {
  return (files().find((rule) => rule.id === id) as FileRule).check({ ...FILE, ...facts });
}

describe('large-file', () => {
  it('flags what is over the limit, and names both sizes', () => {
    expect(check('large-file', { size: 6 * 1024 * 1024 })).toBe('Large file: 6.0 MiB, the limit is 5.0 MiB');
    expect(check('large-file', { size: 5 * 1024 * 1024 })).toBeNull();
  });

  it('takes the limit of the policy', () => {
    expect(check('large-file', { size: 2000, options: { maxSize: 1000 } })).not.toBeNull();
  });

  it('says nothing of a link, nor of a file whose size is not known', () => {
    expect(check('large-file', { size: 6 * 1024 * 1024, isSymlink: true })).toBeNull();
    expect(check('large-file', { size: null })).toBeNull();
  });
});

describe('case-conflict', () => {
  it('names the twins', () => {
    expect(check('case-conflict', { caseCollisions: ['docs/A.txt'] })).toContain('docs/A.txt');
    expect(check('case-conflict', {})).toBeNull();
  });
});

describe('broken-symlink', () => {
  const link = (target: string, ...existing: string[]): string | null =>
    check('broken-symlink', { isSymlink: true, target, exists: (path) => existing.includes(path) });

  it('lets a link to what exists pass', () => {
    expect(link('b.txt', 'docs/b.txt')).toBeNull();
    expect(link('../src/./a.ts', 'src/a.ts')).toBeNull();
    expect(link('..')).toBeNull();
  });

  it('flags a target that is missing, absolute, or out of the repository', () => {
    expect(link('b.txt')).toContain('does not exist');
    expect(link('/etc/passwd', '/etc/passwd')).toContain('absolute');
    expect(link('C:\\a')).toContain('absolute');
    expect(link('../../a', 'a')).toContain('outside');
  });

  it('says nothing of a plain file, nor of a link whose target is not known', () => {
    expect(check('broken-symlink', { target: 'b.txt' })).toBeNull();
    expect(check('broken-symlink', { isSymlink: true })).toBeNull();
  });
});

describe('forbidden-file', () => {
  it('weighs less where tests are', () => {
    const rule = files().find(({ id }) => id === 'forbidden-file') as FileRule;
    expect(['.env', 'app/.env', 'tests/app/.env'].map((path) => rule.severityAt?.(path))).toEqual(['high', 'high', 'medium']);
  });
});
