import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Licenses that ask for no more than to be handed on. */
const PERMISSIVE: ReadonlySet<string> = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']);

const REGISTRY = 'https://registry.npmjs.org/';

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

describe('the packages that we are made of', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
  const others = Object.entries(packages).filter(([path]) => path !== '');

  it('are pinned by their content, and come from one registry', () => {
    const isFromElsewhere = (resolved = REGISTRY): boolean => !resolved.startsWith(REGISTRY);
    const loose = others.filter(([, { resolved, integrity }]) => integrity === undefined || isFromElsewhere(resolved));
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it('run nothing when somebody installs us', () => {
    expect(others.filter(([, { dev, hasInstallScript }]) => dev !== true && hasInstallScript === true)).toEqual([]);
    expect(Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts)).not.toContain('postinstall');
  });

  it('may be handed on in the bundle', () => {
    const bundled = [...read('dist/chunks/licenses.txt').matchAll(/^(\S+ \d[\w.-]*): (\S+)$/gm)];
    expect(bundled.length).toBeGreaterThan(20);
    expect(bundled.filter(([, , license]) => !PERMISSIVE.has(license!)).map(([line]) => line)).toEqual([]);
  });
});
