import type { BundledPackage } from './third-party.ts';

type Licensed = Pick<BundledPackage, 'name' | 'version' | 'license' | 'texts'>;

const RULE = `\n${'-'.repeat(80)}\n\n`;

/** The packages whose code is in the bundle, each with the license and the notices that it asks to be handed on. */
export function renderLicenses(packages: readonly Licensed[]): string {
  const list = packages.map(({ name, version, license }) => `${name} ${version}: ${license}\n`).join('');
  const introduction = `Code-Guardian holds code of these packages. Their licenses follow.\n\n${list}`;
  return [introduction, ...packages.map(renderPackage)].join(RULE);
}

function renderPackage({ name, version, license, texts }: Licensed): string {
  const body = texts.length > 0 ? texts.join('\n\n') : `The package has no license file. Its package.json says: ${license}`;
  return `${name} ${version}\n\n${body}\n`;
}
