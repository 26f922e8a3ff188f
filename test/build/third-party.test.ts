import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { ThirdParty } from '../../build/third-party.ts';

/** Bundles a module that is only text. */
async function bundle(code: string, plugin: Plugin): Promise<ReadonlyMap<string, string>> {
  const entry: Plugin = { name: 'entry', resolveId: (id) => (id === 'entry' ? id : null), load: (id) => (id === 'entry' ? code : null) };
  const { output } = await build({ input: 'entry', platform: 'node', plugins: [entry, plugin], write: false, logLevel: 'silent' });
  return new Map(output.map((file) => [file.fileName, file.type === 'asset' ? String(file.source) : '']));
}

describe('the packages in the bundles', () => {
  it('are those whose code is in one of them, not those that were shaken off', async () => {
    const thirdParty = new ThirdParty();
    await bundle("import { parse } from 'smol-toml'; import * as v from 'valibot'; console.log(parse);", thirdParty.collect());
    await bundle("import colors from 'picocolors'; console.log(colors);", thirdParty.collect());
    const packages = thirdParty.list().map(({ name, license, folder }) => ({ name, license, folder }));
    expect(packages).toEqual([
      { name: 'picocolors', license: 'ISC', folder: 'node_modules/picocolors' },
      { name: 'rolldown', license: 'MIT', folder: 'node_modules/rolldown' },
      { name: 'smol-toml', license: 'BSD-3-Clause', folder: 'node_modules/smol-toml' },
    ]);
    expect(thirdParty.list()[0]!.texts).toEqual([readFileSync('node_modules/picocolors/LICENSE', 'utf8').trim()]);
  });

  it('are all that is loaded: a package that is not bundled fails the build', async () => {
    const wanting = "import a from 'no-such-package'; import { sep } from 'node:path'; console.log(a, sep);";
    await expect(bundle(wanting, new ThirdParty().collect())).rejects.toThrow('no-such-package is not bundled');
  });

  it('are written down with the last bundle: licenses, and who imports whom', async () => {
    const files = await bundle("import tdigest from 'tdigest'; console.log(tdigest);", new ThirdParty().write());
    expect(files.get('THIRD-PARTY-LICENSES.txt')).toContain('bintrees 1.0.2: MIT\n');
    const { dependencies } = JSON.parse(files.get('sbom.cdx.json')!) as { dependencies: { ref: string; dependsOn: string[] }[] };
    const importsOf = (name: string): string[] => dependencies.find(({ ref }) => ref.startsWith(`pkg:npm/${name}@`))!.dependsOn;
    expect(importsOf('code-guardian')).toEqual([expect.stringMatching(/^pkg:npm\/tdigest@/)]);
    expect(importsOf('tdigest')).toContainEqual(expect.stringMatching(/^pkg:npm\/bintrees@/));
  });
});
