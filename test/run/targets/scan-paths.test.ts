import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodeGuardian } from '../../../src/api/code-guardian.ts';
import { createRepository, type TestRepository } from '../../support/repository.ts';

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;

/** A repository with a file, a FIFO, a nested clone, a submodule and a Git LFS pointer. */
function withOddities(): TestRepository {
  const repository = createRepository();
  const { top, env, git, write } = repository;
  for (const nested of ['nested', 'module']) {
    write(`${nested}/x.js`, 'const x = 1;\n');
    for (const args of [
      ['init', '--quiet'],
      ['add', '.'],
      ['commit', '--quiet', '--message', 'x'],
    ]) {
      execFileSync('git', args, { cwd: join(top, nested), env });
    }
  }
  write('src/a.js', 'const a = 1;\n');
  write('big.bin', POINTER);
  git('add', 'src', 'big.bin', 'module');
  execFileSync('mkfifo', [join(top, 'src/pipe')]);
  return repository;
}

describe('what has no content to scan', () => {
  it('is named if a folder holds it', async () => {
    const { top } = withOddities();
    const guardian = await CodeGuardian.open({ cwd: top });
    const { verdict, skipped, coverage } = await guardian.scanFiles(['.']);
    expect(skipped.map(({ path, reason }) => `${path}: ${reason}`).toSorted()).toEqual([
      'big.bin: lfs',
      'module: submodule',
      'nested: submodule',
      'src/pipe: unreadable',
    ]);
    expect({ verdict, files: coverage.files }).toEqual({ verdict: 'clean', files: { expected: 2, scanned: 2 } });
    expect((await guardian.scanAll()).skipped.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'module: submodule',
      'big.bin: lfs',
    ]);
  });

  it.each(['src/pipe', 'module', 'nested'])('makes the run incomplete if it is named itself: %s', async (path) => {
    const guardian = await CodeGuardian.open({ cwd: withOddities().top });
    expect(await guardian.scanFiles([path])).toMatchObject({ verdict: 'incomplete', skipped: [{ path }] });
  });
});

it.each([`${POINTER}x`, POINTER.replace('size', 'sise'), POINTER.replace('12345', 'many')])('%j is no pointer', async (text) => {
  const guardian = await CodeGuardian.open({ cwd: createRepository().top });
  expect((await guardian.scanText(text, { path: 'big.bin' })).skipped).toEqual([]);
});
