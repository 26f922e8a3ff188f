import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { buildDigest, digestFolder } from '../../build/build-digest.ts';
import { createFolder } from '../support/repository.ts';

function arrangeSource(): string {
  const folder = createFolder();
  mkdirSync(join(folder, 'src/host'), { recursive: true });
  writeFileSync(join(folder, 'src/host/version.ts'), "export const BUILD = 'source';");
  writeFileSync(join(folder, 'src/a.ts'), 'ab');
  return folder;
}

describe('the build digest', () => {
  it('is the same for the same source in another place', () => {
    const [one, other] = [arrangeSource(), createFolder()];
    cpSync(join(one, 'src'), join(other, 'src'), { recursive: true });
    expect(digestFolder(join(other, 'src'))).toBe(digestFolder(join(one, 'src')));
  });

  it('changes when a file changes its content or its name, or is added', () => {
    const source = join(arrangeSource(), 'src');
    const digests = [digestFolder(source)];
    writeFileSync(join(source, 'a.ts'), 'abc');
    digests.push(digestFolder(source));
    renameSync(join(source, 'a.ts'), join(source, 'b.ts'));
    digests.push(digestFolder(source));
    writeFileSync(join(source, 'c.ts'), '');
    digests.push(digestFolder(source));
    expect(new Set(digests).size).toBe(4);
    expect(digests[0]).toMatch(/^[0-9a-f]{16}$/);
  });

  it('replaces the mark in the bundle', async () => {
    const { output } = await build({ input: 'src/host/version.ts', plugins: [buildDigest()], write: false, logLevel: 'silent' });
    const { BUILD } = (await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)) as { BUILD: string };
    expect(BUILD).toBe(digestFolder('src'));
  });

  it('fails the build if the mark is gone', async () => {
    const input = join(arrangeSource(), 'src/host/version.ts');
    writeFileSync(input, "export const BUILD = 'other';");
    await expect(build({ input, plugins: [buildDigest()], write: false, logLevel: 'silent' })).rejects.toThrow("has no BUILD = 'source'");
  });
});
