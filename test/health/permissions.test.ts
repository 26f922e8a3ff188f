import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isWritable, listOpen } from '../../src/health/permissions.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'code-guardian-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it('lists what every user of the machine may change, and nothing that does not exist', () => {
  const top = folder();
  const modes: readonly [name: string, mode: number][] = [
    ['own', 0o644],
    ['group', 0o664],
    ['everyone', 0o666],
    ['hook', 0o777],
  ];
  for (const [name, mode] of modes) {
    writeFileSync(join(top, name), '');
    chmodSync(join(top, name), mode);
  }
  const paths = [...modes.map(([name]) => name), 'gone'].map((name) => join(top, name));
  expect(listOpen(paths)).toEqual([join(top, 'everyone'), join(top, 'hook')]);
});

it('asks the folder around one that does not exist yet', () => {
  const top = folder();
  expect([isWritable(join(top, 'new'), top), isWritable(join(top, 'new'), join(top, 'gone'))]).toEqual([true, false]);
});
