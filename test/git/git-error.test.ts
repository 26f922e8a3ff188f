import { expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { stderrOf } from '../../src/git/git-error.ts';
import { createFolder, createRepository } from '../support/repository.ts';

it('carries the exit code and the words of git', async () => {
  const git = openGit(createRepository().top);
  await expect(git.read(['config', '--get', 'no.such'])).rejects.toMatchObject({ code: 'GIT_FAILED', exitCode: 1 });
  const thrown: unknown = await git.read(['rev-list', 'nowhere..HEAD', '--']).catch((reason: unknown) => reason);
  expect(thrown).toMatchObject({ code: 'GIT_FAILED', exitCode: 128 });
  expect(stderrOf(thrown)).toContain('bad revision');
});

it('names the program that is missing', async () => {
  const nowhere = createFolder();
  const thrown: unknown = await openGit(nowhere, { PATH: nowhere })
    .read(['version'])
    .catch((reason: unknown) => reason);
  expect(thrown).toMatchObject({ code: 'GIT_FAILED', missingProgram: 'git', exitCode: undefined });
  expect(stderrOf(thrown)).toBe('');
});
