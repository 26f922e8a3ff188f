import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONFIG_KEYS, type ConfigKey } from '../../src/config/schema.ts';
import { CONFIG_PLACES } from '../../src/config/search.ts';
import { renderDuration, renderSize } from '../../src/config/units.ts';
import { RESERVED_VARIABLES } from '../../src/config/variable-names.ts';
import { PRESETS } from '../../src/policy/presets.ts';
import { situation } from './situation.ts';

const DOCS = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

/** Cells of the rows of the table of keys. */
const ROWS = DOCS.split('\n')
  .filter((line) => /^\| `[\w.]+` +\|.*\| `CODE_GUARDIAN_/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

function shownDefault({ default: value, part }: ConfigKey): string {
  if (value === undefined) return '';
  const shown =
    typeof value !== 'number' ? value : part.unit === 'size' ? renderSize(value) : part.unit === 'duration' ? renderDuration(value) : value;
  return `\`${typeof shown === 'string' ? shown : JSON.stringify(shown)}\``;
}

describe('docs/configuration.md', () => {
  it('has the keys, their defaults, variables and meaning, in the order of the code', () => {
    expect(ROWS).toEqual(CONFIG_KEYS.map((key) => [`\`${key.path.join('.')}\``, shownDefault(key), `\`${key.variable}\``, key.part.help]));
  });

  it('says in the order of the search where a config may be', () => {
    const bullet = (stem: string): string => {
      const names = CONFIG_PLACES.filter((place) => place.startsWith(stem));
      const shown = names.map((name) => (/ya?ml$/.test(name) ? name.slice(stem.length) : name));
      return `- ${shown.map((name) => `\`${name}\``).join(', ')}`;
    };
    const bullets = ['.code-guardianrc', '.config/code-guardianrc', 'code-guardian.config'].map(bullet);
    expect(DOCS).toContain(['- `package.json`, under the key `code-guardian`', ...bullets, ''].join('\n'));
  });

  it.each(Object.keys(PRESETS))('has the preset %s', (name) => {
    expect(DOCS).toMatch(new RegExp(`^\\| \`${name}\` `, 'm'));
  });

  it.each(RESERVED_VARIABLES.filter((name) => name !== 'CODE_GUARDIAN_NODE'))('has the variable %s', (name) => {
    expect(DOCS).toMatch(new RegExp(`\`${name}(?:=0)?\``));
  });

  it('has an example that is valid', async () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(DOCS)!;
    const here = situation({
      '.code-guardianrc.yaml': yaml,
      'team.yaml': '',
      'node_modules/@acme/code-guardian-config/package.json': '{}',
      'node_modules/@acme/code-guardian-config/code-guardian.yaml': '',
    });
    await expect(here.load()).resolves.toMatchObject({ warnings: [] });
  });
});
