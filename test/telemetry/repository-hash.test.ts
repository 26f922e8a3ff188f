import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseOrigin, readRepositoryHash } from '../../src/telemetry/repository-hash.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-guardian-hash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function repositoryAt(url: string | null): string {
  const commonDir = mkdtempSync(join(folder, 'git-'));
  const remote = url === null ? '' : `[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`;
  writeFileSync(join(commonDir, 'config'), `[core]\n\tbare = false\n${remote}[branch "main"]\n\tremote = origin\n`);
  return commonDir;
}

it.each([
  'https://forge.example/team/app.git',
  'https://forge.example/team/app/',
  'https://ada:hunter2@forge.example/Team/app.git',
  'git@forge.example:team/app.git',
  'ssh://git@forge.example/team/app',
])('is the same in all clones of one remote: %s', (url) => {
  expect(parseOrigin(`[remote "origin"]\n\turl = ${url}\n`)).toBe('forge.example/team/app');
  const hash = readRepositoryHash(repositoryAt(url));
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(hash).toBe(readRepositoryHash(repositoryAt('https://forge.example/team/app')));
});

it('keeps a port, and minds no other section', () => {
  expect(parseOrigin('[remote "origin"]\n\turl = ssh://git@forge.example:2222/a.git\n')).toBe('forge.example:2222/a');
  expect(parseOrigin('[remote "origin"]\n\tprune = true\n[remote "fork"]\n\turl = x:y\n')).toBeNull();
});

it('is of the place where there is no remote, or no config', () => {
  const [one, two] = [repositoryAt(null), repositoryAt(null)];
  expect(readRepositoryHash(one)).not.toBe(readRepositoryHash(two));
  expect(readRepositoryHash(join(folder, 'nowhere'))).toMatch(/^[0-9a-f]{16}$/);
});
