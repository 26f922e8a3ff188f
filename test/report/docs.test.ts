import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { CONFIG_KEYS } from '../../src/config/schema.ts';
import { RECOVERY } from '../../src/errors/guardian-error.ts';
import { PRESETS } from '../../src/policy/presets.ts';
import { FORMATS } from '../../src/report/formats/formats.ts';
import { renderRulesMarkdown } from '../../src/report/pages/rules-markdown.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGES = ['README.md', 'CHANGELOG.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);

describe('the README', () => {
  it('is short, and has the two commands of a fresh clone word for word', () => {
    const readme = read('README.md');
    expect(readme.split('\n').length).toBeLessThan(200);
    for (const command of ['npm ci && npm run demo', 'npm ci && npm test']) expect(readme).toContain(`    ${command}\n`);
  });

  it('links every page', () => {
    const readme = read('README.md');
    for (const page of PAGES.filter((path) => path !== 'README.md')) expect(readme).toContain(`(${page})`);
  });
});

it.each(PAGES)('%s links to what is there', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!).filter((link) => !/^https?:/.test(link));
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
});

it.each(PAGES)('%s names commands that are there', (page) => {
  // The walkthrough of docs/contributing.md adds a command.
  const known = new Set([...COMMANDS.map(({ name }) => name.split(' ')[0]!), 'whereami']);
  const named = [...read(page).matchAll(/(?:npx|`|^ {4}|^)\s?code-guardian ([a-z]+)/gm)].map(([, name]) => name!);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

describe('pages of what can be set', () => {
  it('name every key with its variable, and every preset', () => {
    const page = read('docs/configuration.md');
    for (const { path, variable } of CONFIG_KEYS) {
      expect(page).toContain(`\`${path.join('.')}\``);
      expect(page).toContain(`\`${variable}\``);
    }
    for (const preset of Object.keys(PRESETS)) expect(page).toContain(`| \`${preset}\``);
  });

  it('name every error code and every format', () => {
    for (const code of Object.keys(RECOVERY)) expect(read('docs/exit-codes.md')).toContain(`| \`${code}\``);
    const page = read('docs/report.md').replaceAll(/ +/g, ' ');
    for (const { name, summary } of FORMATS) expect(page).toContain(`\n| \`${name}\` | ${summary} |\n`);
  });

  it('hold every rule: `npm run docs` writes them', () => {
    expect(read('docs/rules.md')).toBe(renderRulesMarkdown(CATALOGUE));
  });
});
