import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { isAbandoned, temporaryName } from '../../src/disk/temporary-name.ts';

const { pid: GONE } = spawnSync(process.execPath, ['-e', '']);

it('lies beside the file, and is another one each time', () => {
  const names = Array.from({ length: 100 }, () => temporaryName('/folder/a'));
  expect(new Set(names).size).toBe(100);
  expect(new Set(names.map((name) => dirname(name)))).toEqual(new Set(['/folder']));
});

it('is abandoned when its process is gone', () => {
  expect(isAbandoned(temporaryName('a'))).toBe(false);
  expect(isAbandoned(temporaryName('a').replace(String(process.pid), String(GONE)))).toBe(true);
  // The init process, which belongs to another user unless we are root.
  expect(isAbandoned(temporaryName('a').replace(`.${process.pid}-`, '.1-'))).toBe(false);
});

it('is nobody else’s name', () => {
  expect(['a', 'a.tmp', `a.${GONE}.tmp`, `a.${GONE}-0123.tmp`, `a.${GONE}-0123456789abcdef.tmp.old`].filter(isAbandoned)).toEqual([]);
});
