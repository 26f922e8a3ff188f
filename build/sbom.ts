import { createHash } from 'node:crypto';
import type { BundledPackage } from './third-party.ts';

/** The part of a package.json that an SBOM repeats. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
}

/**
 * Renders the bundled packages as a CycloneDX 1.6 document. The same packages always give the same text: it has no timestamp, and its serial
 * number is a hash of its content.
 *
 * @param direct folders of the packages that our own code imports
 */
export function renderSbom(own: Manifest, direct: readonly string[], packages: readonly BundledPackage[]): string {
  const references = new Map(packages.map((one) => [one.folder, purlOf(one)]));
  const referTo = (folders: readonly string[]): string[] => folders.map((folder) => references.get(folder)!).toSorted();
  const content = {
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { type: 'application', ...identityOf(own), description: own.description },
    },
    components: packages.map((one) => ({ type: 'library', ...identityOf(one), hashes: [hashOf(one.integrity)] })),
    dependencies: [
      { ref: purlOf(own), dependsOn: referTo(direct) },
      ...packages.map((one) => ({ ref: purlOf(one), dependsOn: referTo(one.imports) })),
    ],
  };
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(content))}`;
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber, ...content }, null, 2)}\n`;
}

function identityOf(one: Pick<Manifest, 'name' | 'version' | 'license'>): object {
  const { name, version, license } = one;
  const isId = /^[\w.+-]+$/.test(license);
  return {
    'bom-ref': purlOf(one),
    name,
    version,
    licenses: [isId ? { license: { id: license } } : { expression: license }],
    purl: purlOf(one),
  };
}

/** A package URL, as `pkg:npm/%40scope/name@1.2.3`. */
function purlOf({ name, version }: Pick<Manifest, 'name' | 'version'>): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function hashOf(integrity: string): object {
  const [, algorithm = '', base64 = ''] = /^(sha\d+)-(.+)$/.exec(integrity) ?? [];
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(base64, 'base64').toString('hex') };
}

/** A UUID of version 8, whose digits may come from anywhere: here from a hash. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
