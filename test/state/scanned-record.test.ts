import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openScannedRecord } from '../../src/state/scanned-record.ts';
import { createFolder } from '../support/repository.ts';

const idOf = (seed: string): string => createHash('sha1').update(seed).digest('hex');
const blobAt = (path: string, more: Partial<Parameters<ReturnType<typeof openScannedRecord>['hasContent']>[0]> = {}) => ({
  oldMode: '000000',
  newMode: '100644',
  oldBlobs: ['0'.repeat(40)],
  newBlob: idOf('blob'),
  status: 'A',
  pathBytes: Buffer.from(path),
  ...more,
});
const recordsIn = (folder: string): string[] => readdirSync(join(folder, 'code-guardian')).filter((name) => name.startsWith('scanned-'));
const fileIn = (folder: string): string => join(folder, 'code-guardian', recordsIn(folder)[0]!);

/** A record with some commits in it, on the disk. */
function kept(commits: readonly string[], policy = 'policy', folder = createFolder()): string {
  const record = openScannedRecord(folder, policy);
  for (const id of commits) record.addCommit(id);
  record.save();
  return folder;
}

describe('what was scanned', () => {
  it('is known to the next run, and to no other policy', () => {
    const commits = Array.from({ length: 500 }, (_, i) => idOf(`c${i}`));
    const folder = kept(commits);
    const record = openScannedRecord(folder, 'policy');
    expect(commits.every((id) => record.hasCommit(id))).toBe(true);
    expect(record.hasCommit(idOf('another'))).toBe(false);
    expect(openScannedRecord(folder, 'another policy').hasCommit(commits[0]!)).toBe(false);
  });

  it('is known by content, path, mode and whether the file is new', () => {
    const folder = createFolder();
    const record = openScannedRecord(folder, 'policy');
    record.addContent(blobAt('a.js'));
    record.save();
    const next = openScannedRecord(folder, 'policy');
    expect(next.hasContent(blobAt('a.js'))).toBe(true);
    expect(next.hasContent(blobAt('a.js', { oldBlobs: [idOf('other')] }))).toBe(true);
    expect(next.hasContent(blobAt('b.js'))).toBe(false);
    expect(next.hasContent(blobAt('a.js', { newBlob: idOf('other') }))).toBe(false);
    expect(next.hasContent(blobAt('a.js', { status: 'M' }))).toBe(false);
    expect(next.hasContent(blobAt('a.js', { newMode: '120000' }))).toBe(false);
    expect(next.hasCommit(idOf('blob'))).toBe(false);
  });

  it('is added to what was there, also by runs side by side', () => {
    const folder = kept([idOf('a')]);
    const [one, two] = [openScannedRecord(folder, 'policy'), openScannedRecord(folder, 'policy')];
    one.addCommit(idOf('b'));
    two.addCommit(idOf('c'));
    one.save();
    two.save();
    const record = openScannedRecord(folder, 'policy');
    expect(['a', 'b', 'c'].every((seed) => record.hasCommit(idOf(seed)))).toBe(true);
    expect(recordsIn(folder)).toHaveLength(1);
  });

  it('is not written where nothing is new', () => {
    const folder = kept([idOf('a')]);
    const before = statSync(fileIn(folder)).mtimeMs;
    kept([idOf('a')], 'policy', folder);
    expect(statSync(fileIn(folder)).mtimeMs).toBe(before);
    expect(existsSync(join(kept([]), 'code-guardian'))).toBe(false);
  });

  it('is bounded: new keys stay, some of the old ones go', () => {
    const many = (name: string, number: number): string[] => Array.from({ length: number }, (_, i) => idOf(`${name}${i}`));
    const folder = kept(many('old', 65_000));
    kept(many('new', 2000), 'policy', folder);
    const record = openScannedRecord(folder, 'policy');
    expect(statSync(fileIn(folder)).size).toBeLessThan(1.7 * 1024 * 1024);
    expect(many('new', 2000).every((id) => record.hasCommit(id))).toBe(true);
    expect(many('old', 65_000).filter((id) => record.hasCommit(id)).length).toBeGreaterThan(63_000);
  });

  it('of policies that are no longer used goes, and so does what was left half written', () => {
    const folder = createFolder();
    mkdirSync(join(folder, 'code-guardian'));
    const left = join(folder, 'code-guardian', 'scanned-0123456789abcdef.0011.tmp');
    writeFileSync(left, '');
    utimesSync(left, 1, 1);
    const fresh = join(folder, 'code-guardian', 'scanned-0123456789abcdef.0022.tmp');
    writeFileSync(fresh, '');
    writeFileSync(join(folder, 'code-guardian', 'key'), 'somebody else’s');
    for (const policy of ['a', 'b', 'c', 'd', 'e', 'f']) kept([idOf('x')], policy, folder);
    expect(recordsIn(folder).filter((name) => !name.endsWith('.tmp'))).toHaveLength(4);
    expect(openScannedRecord(folder, 'f').hasCommit(idOf('x'))).toBe(true);
    expect([existsSync(left), existsSync(fresh)]).toEqual([false, true]);
    expect(existsSync(join(folder, 'code-guardian', 'key'))).toBe(true);
  });
});

describe('a record that is not what it says it is', () => {
  const commits = Array.from({ length: 50 }, (_, i) => idOf(`c${i}`));
  const damages: Record<string, (file: string) => void> = {
    'one bit of a key': (file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length - 5]! ^= 1;
      writeFileSync(file, bytes);
    },
    'its head': (file) => writeFileSync(file, readFileSync(file, 'latin1').replace('scanned 2', 'scanned 9')),
    'its checksum': (file) => writeFileSync(file, readFileSync(file, 'latin1').replace(/ [\da-f]+\n/, ' 0\n')),
    'a key more': (file) => writeFileSync(file, `${readFileSync(file, 'latin1')}${idOf('x').slice(0, 24)}\n`),
    'a byte more': (file) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(1)])),
    'cut off': (file) => truncateSync(file, 200),
    empty: (file) => truncateSync(file, 0),
    'another tool’s': (file) => writeFileSync(file, '{"version":1}\n'),
    'far too large': (file) => truncateSync(file, 64 * 1024 * 1024),
    'without an end of its head': (file) => writeFileSync(file, 'x'.repeat(1000)),
    'another policy’s': (file) => {
      const other = kept(commits, 'another');
      writeFileSync(file, readFileSync(fileIn(other)));
    },
  };

  it.each(Object.entries(damages))('%s: it is not believed, and made anew', (_, damage) => {
    const folder = kept(commits);
    damage(fileIn(folder));
    const record = openScannedRecord(folder, 'policy');
    expect(commits.some((id) => record.hasCommit(id))).toBe(false);
    record.addCommit(idOf('new'));
    record.save();
    const next = openScannedRecord(folder, 'policy');
    expect(next.hasCommit(idOf('new'))).toBe(true);
    expect(next.hasCommit(commits[0]!)).toBe(false);
  });

  it('a folder in its place is no error', () => {
    const folder = kept(commits);
    const name = recordsIn(folder)[0]!;
    const other = createFolder();
    mkdirSync(join(other, 'code-guardian', name), { recursive: true });
    const record = openScannedRecord(other, 'policy');
    record.addCommit(idOf('new'));
    expect(() => record.save()).not.toThrow();
  });

  it.skipIf(process.getuid?.() === 0)('a folder that cannot be written to is no error', () => {
    const folder = createFolder();
    chmodSync(folder, 0o555);
    expect(() => kept(commits, 'policy', folder)).not.toThrow();
    chmodSync(folder, 0o755);
  });
});
