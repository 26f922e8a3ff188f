import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { isAbsolute, join, relative } from 'node:path';
import type { OutputBundle, Plugin, PluginContext } from 'rolldown';
import { renderLicenses } from './licenses.ts';
import { renderSbom } from './sbom.ts';

/** A package of which the bundle holds code. */
export interface BundledPackage {
  /** Below `node_modules` of the repository. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** As SPDX writes it. */
  readonly license: string;
  /** Its license and notices, word for word. */
  readonly texts: readonly string[];
  /** The hash of what the registry has, as package-lock.json holds it. */
  readonly integrity: string;
  /** Folders of the packages that its bundled modules import. */
  readonly imports: readonly string[];
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity: string }>>;
}

/** The key of our own code, which is in no package folder. */
const OWN = '';

/** Lists packages by the modules that are in the bundles: code that tree shaking removed does not count. */
export class ThirdParty {
  readonly #imports = new Map<string, Set<string>>();

  /** A plugin that adds the packages of one bundle. */
  collect(): Plugin {
    const add = this.#add.bind(this);
    return {
      name: 'third-party',
      generateBundle(_, bundle) {
        add(bundle, this);
      },
    };
  }

  /** A plugin for the last bundle: it also writes the licenses and the SBOM of all bundles. */
  write(): Plugin {
    const add = this.#add.bind(this);
    const list = this.list.bind(this);
    const direct = (): readonly string[] => this.imports(OWN);
    return {
      name: 'third-party-files',
      generateBundle(_, bundle) {
        add(bundle, this);
        const own = JSON.parse(readFileSync('package.json', 'utf8')) as Parameters<typeof renderSbom>[0];
        this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source: renderLicenses(list()) });
        this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source: renderSbom(own, direct(), list()) });
      },
    };
  }

  /** All packages so far, by name and version. */
  list(): BundledPackage[] {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
    return [...this.#imports.keys()]
      .filter((folder) => folder !== OWN)
      .map((folder) => {
        const locked = packages[folder];
        if (locked === undefined) throw new Error(`${folder} is bundled, but package-lock.json does not know it`);
        const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as BundledPackage;
        const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
        const texts = files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8').trim());
        return { folder, name, version, license, texts, integrity: locked.integrity, imports: this.imports(folder) };
      })
      .toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  }

  imports(folder: string): string[] {
    return [...(this.#imports.get(folder) ?? [])].toSorted();
  }

  /** Adds the packages of one bundle, and fails if it would load a package that is not in it. */
  #add(bundle: OutputBundle, graph: Pick<PluginContext, 'getModuleInfo'>): void {
    const modules = new Set(Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])));
    for (const id of modules) {
      const folder = packageOf(id);
      const imports = this.#imports.get(folder) ?? new Set();
      this.#imports.set(folder, imports);
      const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {};
      for (const imported of [...importedIds, ...dynamicallyImportedIds]) {
        if (!isAbsolute(imported) && !imported.startsWith('\0') && !isBuiltin(imported)) {
          throw new Error(`${imported} is not bundled, so an installed package cannot load it (imported by ${id})`);
        }
        const other = packageOf(imported);
        if (modules.has(imported) && other !== folder && other !== OWN) imports.add(other);
      }
    }
  }
}

/** The folder of the package that a module is from. */
function packageOf(id: string): string {
  // Helpers that rolldown adds to a bundle.
  if (/^\0?rolldown\//.test(id)) return 'node_modules/rolldown';
  return /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(relative('.', id))?.[0] ?? OWN;
}
