import { describe, expect, it } from 'vitest';
import type { ChangedFile, RawRecord } from '../../src/diff/changed-file.ts';
import { namePath, newVersionOf } from '../../src/run/scanned-file.ts';

const changed = (record: Partial<RawRecord>, commit: string | null = null): ChangedFile => ({
  record: {
    oldMode: '000000',
    newMode: '100644',
    oldBlobs: ['0'.repeat(40)],
    newBlob: '1'.repeat(40),
    status: 'A',
    pathBytes: Buffer.from('a.js'),
    ...record,
  },
  added: 'all',
  commit,
});

describe('a name', () => {
  it('is text where it is UTF-8, and keeps its bytes where it is not', () => {
    expect(namePath(Buffer.from('src/é 😀.js'))).toEqual({ path: 'src/é 😀.js', pathBytes: undefined });
    expect(namePath(Buffer.from('\ufffd'))).toEqual({ path: '\ufffd', pathBytes: undefined });
    const bytes = Buffer.from('caf\u00e9', 'latin1');
    expect(namePath(bytes)).toEqual({ path: 'caf\ufffd', pathBytes: bytes.toString('base64') });
  });
});

describe('a file to look at', () => {
  it('is added or modified, in a commit or none', () => {
    expect(newVersionOf(changed({}))).toEqual({
      path: 'a.js',
      pathBytes: undefined,
      commit: undefined,
      status: 'added',
      isSymlink: false,
      added: 'all',
    });
    expect(newVersionOf(changed({ status: 'M' }, 'c0ffee'))).toMatchObject({ status: 'modified', commit: 'c0ffee' });
    expect(newVersionOf(changed({ status: 'MA' }))).toMatchObject({ status: 'added' });
    expect(newVersionOf(changed({ newMode: '120000' }))).toMatchObject({ isSymlink: true });
  });
});
