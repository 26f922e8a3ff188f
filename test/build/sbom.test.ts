import { describe, expect, it } from 'vitest';
import { renderSbom } from '../../build/sbom.ts';
import type { BundledPackage } from '../../build/third-party.ts';

const OWN = { name: 'ours', version: '0.1.0', license: 'MIT', description: 'What we do.' };

const HASH = `sha512-${Buffer.alloc(64, 0xab).toString('base64')}`;

function packageOf(name: string, more: Partial<BundledPackage> = {}): BundledPackage {
  return { folder: `node_modules/${name}`, name, version: '1.0.0', license: 'MIT', texts: [], integrity: HASH, imports: [], ...more };
}

const PACKAGES = [packageOf('@scope/a', { imports: ['node_modules/b'] }), packageOf('b', { license: '(MIT OR CC0-1.0)' })];

describe('renderSbom', () => {
  const text = renderSbom(OWN, ['node_modules/@scope/a'], PACKAGES);
  const { serialNumber, ...sbom } = JSON.parse(text) as { serialNumber: string };

  it('says what the bundle is made of, as CycloneDX asks for it', () => {
    const [own, a, b] = ['pkg:npm/ours@0.1.0', 'pkg:npm/%40scope/a@1.0.0', 'pkg:npm/b@1.0.0'];
    const hashes = [{ alg: 'SHA-512', content: 'ab'.repeat(64) }];
    const mit = [{ license: { id: 'MIT' } }];
    expect(sbom).toEqual({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: {
        lifecycles: [{ phase: 'build' }],
        component: {
          type: 'application',
          'bom-ref': own,
          name: 'ours',
          version: '0.1.0',
          licenses: mit,
          purl: own,
          description: 'What we do.',
        },
      },
      components: [
        { type: 'library', 'bom-ref': a, name: '@scope/a', version: '1.0.0', licenses: mit, purl: a, hashes },
        { type: 'library', 'bom-ref': b, name: 'b', version: '1.0.0', licenses: [{ expression: '(MIT OR CC0-1.0)' }], purl: b, hashes },
      ],
      dependencies: [
        { ref: own, dependsOn: [a] },
        { ref: a, dependsOn: [b] },
        { ref: b, dependsOn: [] },
      ],
    });
  });

  it('is the same for the same packages, and has another serial number for others', () => {
    expect(renderSbom(OWN, ['node_modules/@scope/a'], PACKAGES)).toBe(text);
    expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(renderSbom(OWN, ['node_modules/b'], PACKAGES)).not.toContain(serialNumber);
  });
});
