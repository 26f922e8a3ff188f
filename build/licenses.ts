import type { BundledPackage } from './third-party.ts';

type Licensed = Pick<BundledPackage, 'name' | 'version' | 'license' | 'texts'>;

const RULE = `\n${'-'.repeat(80)}\n\n`;

/** The packages whose code is in the bundle, then their licenses and notices word for word: a text that several share is there once. */
export function renderLicenses(packages: readonly Licensed[]): string {
  const list = packages.map(({ name, version, license }) => `${name} ${version}: ${license}\n`).join('');
  const introduction = `Code-Guardian holds code of these packages. Their licenses follow.\n\n${list}`;
  const sharers = new Map<string, string[]>();
  for (const one of packages) sharers.set(textOf(one), [...(sharers.get(textOf(one)) ?? []), `${one.name} ${one.version}\n`]);
  return [introduction, ...[...sharers].map(([text, names]) => `${names.join('')}\n${text}\n`)].join(RULE);
}

function textOf({ license, texts }: Licensed): string {
  return texts.length > 0 ? texts.join('\n\n') : `The package has no license file. Its package.json says: ${license}`;
}
