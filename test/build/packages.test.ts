import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const REGISTRY = 'https://registry.npmjs.org/';

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the packages that we are made of', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
  const others = Object.entries(packages).filter(([path]) => path !== '');

  it('are pinned by their content, and come from one registry', () => {
    const isFromElsewhere = (resolved = REGISTRY): boolean => !resolved.startsWith(REGISTRY);
    const loose = others.filter(([, { resolved, integrity }]) => integrity === undefined || isFromElsewhere(resolved));
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it('are all bundled: installing the package installs no other package and runs no script', () => {
    const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(Object.keys(manifest).filter((key) => /dependencies$/i.test(key))).toEqual(['devDependencies']);
    expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([]);
    expect(others.filter(([, { dev }]) => dev !== true)).toEqual([]);
  });
});
