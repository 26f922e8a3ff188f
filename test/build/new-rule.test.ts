import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planRule } from '../../build/new-rule.js';

const SETS = readFileSync('src/rules/providers/provider-sets.ts', 'utf8');

/** Reads the real list of sets, and a provider's file if one is given. */
function read(file: string | null) {
  return (path: string): string | null => (path.endsWith('provider-sets.ts') ? SETS : file);
}

describe('a new rule', () => {
  it('of a new provider has a file of its own, in alphabetical order among the imports and last among the providers', () => {
    const [file, sets] = planRule('acme-token', read(null));
    expect(file).toMatchObject({ path: 'src/rules/providers/acme.ts', text: expect.stringContaining("id: 'acme-token'") as string });
    expect(sets!.text).toContain("import { acme } from './acme.ts';\nimport { ai } from './ai.ts';");
    expect(sets!.text).toMatch(/ {2}acme,\n {2}\/\/ Identifiers/);
    expect(sets!.text.length).toBe(SETS.length + "import { acme } from './acme.ts';\n".length + '  acme,\n'.length);
  });

  it('of a known provider is added to its file, which imports what it needs once', () => {
    const [first] = planRule('acme-token', read(null));
    const [second, ...rest] = planRule('acme-webhook', read(first!.text));
    expect(rest).toEqual([]);
    expect(second!.text.match(/id: '[\w-]+'/g)).toEqual(["id: 'acme-token'", "id: 'acme-webhook'"]);
    expect(second!.text.match(/import \{ markedToken \}/g)).toHaveLength(1);
  });

  it.each(['acme', 'Acme-token', 'acme_token', '../acme-x', ''])('%j is no id', (id) => {
    expect(() => planRule(id, read(null))).toThrow('PROVIDER-KIND');
  });

  it('that exists is refused', () => {
    const [file] = planRule('acme-token', read(null));
    expect(() => planRule('acme-token', read(file!.text))).toThrow('exists already');
  });
});
