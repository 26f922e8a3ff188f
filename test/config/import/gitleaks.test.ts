import { describe, expect, it } from 'vitest';
import { checkLayer } from '../../../src/config/check-document.ts';
import { parseImport } from '../../../src/config/import/parse-import.ts';
import type { ConfigLayer } from '../../../src/policy/config.ts';

const BUILT_IN = ['generic-secret', 'private-key', 'jwt'];

/** A config of gitleaks → ours, which is a valid one. */
async function translate(toml: string, file = 'gitleaks.toml'): Promise<{ layer: ConfigLayer; notes: readonly string[] }> {
  const { layer, notes } = await parseImport(toml, file, BUILT_IN);
  const custom = new Set((layer.customRules ?? []).map(({ id }) => id));
  expect(checkLayer(layer, { builtIn: new Set(BUILT_IN), custom }, 'repository')).not.toHaveProperty('problems');
  return { layer, notes: notes.filter((note) => !note.startsWith('extend: that config does not use built-in rules')) };
}

const RULE = `[[rules]]
id = "acme-key"
description = "Acme key"
regex = '''acme_([a-z0-9]{32})'''
keywords = ["acme_"]
`;
const ACME = { id: 'acme-key', keywords: ['acme_'], pattern: 'acme_(?<secret>[0-9a-z]{32})', message: 'Acme key' };

describe('rules', () => {
  it('become custom rules', async () => {
    expect(await translate(`title = "Acme"\nminVersion = "8.25.0"\n${RULE}`)).toEqual({ layer: { customRules: [ACME] }, notes: [] });
  });

  it('keep the entropy, the group of the value and the paths', async () => {
    const { layer, notes } = await translate(`${RULE}secretGroup = 1\nentropy = 3.5\npath = '''^src/.*\\.ts$'''\n`);
    expect(layer.customRules).toEqual([{ ...ACME, minEntropy: 3.5, paths: ['src/**/*.ts'] }]);
    expect(notes).toEqual([]);
  });

  it('have the value that is found there: the first group, else the whole match', async () => {
    const patternOf = async (regex: string): Promise<unknown> =>
      (await translate(`[[rules]]\nid = "a"\nregex = '''${regex}'''\n`)).layer.customRules?.[0]?.pattern;
    expect(await patternOf('(?:acme)key-([a-z]+)(x)')).toBe('acmekey-(?<secret>[a-z]+)x');
    expect(await patternOf('acmekey-[a-z]+')).toBe('acmekey-[a-z]+');
    expect(await patternOf('acmekey-(a)?([b-z]+)')).toBe('acmekey-a?[b-z]+');
  });

  it('are left out where the value is not sure and more depends on it', async () => {
    const { layer, notes } = await translate(`[[rules]]\nid = "a"\nregex = '''acmekey-(a)?([b-z]+)'''\nentropy = 3\n`);
    expect(layer).toEqual({});
    expect(notes).toEqual([expect.stringContaining('secretGroup')]);
  });

  it('get a name in kebab-case that nobody has', async () => {
    const rules = ['Acme_API.Key', '2nd', 'acme api key', 'private-key', 'generic-api-key'].map((id) => RULE.replace('acme-key', id));
    const { layer, notes } = await translate(rules.join('\n'));
    expect(layer.customRules?.map(({ id }) => id)).toEqual([
      'acme-api-key',
      'rule-2nd',
      'acme-api-key-2',
      'private-key-2',
      'generic-api-key',
    ]);
    expect(notes).toContain('rule private-key: renamed to private-key-2');
  });

  it.each([
    ['a regex that cannot be said here', "regex = '''acme(?=x)'''", 'ahead or behind'],
    ['no keywords, and none to derive', "regex = '''[0-9a-f]{32}'''", 'add `keywords`'],
    ['a match of the empty text', "regex = '''(?:acme)?'''\nkeywords = ['acme']", 'matches an empty text'],
    ['no such group', "regex = '''acme_[a-z]{9}'''\nsecretGroup = 2", 'no group 2'],
    ['paths alone', "path = '''\\.pem$'''", 'checks only paths'],
    ['nothing to go by', 'description = "x"', 'no regex'],
    ['conditions on other rules', "regex = '''acme_[a-z]{9}'''\n[[rules.required]]\nid = 'other'", 'next to findings of other rules'],
    ['a word that it reports nothing', "regex = '''acme_[a-z]{9}'''\nskipReport = true", 'reports nothing'],
    ['an impossible entropy', "regex = '''acme_[a-z]{9}'''\nentropy = 9", 'entropy of 9'],
    ['paths that globs cannot say', "regex = '''acme_[a-z]{9}'''\npath = '''a\\b'''", 'line or word boundary'],
  ])('are left out with %s', async (_, fields, reason) => {
    const { layer, notes } = await translate(`[[rules]]\nid = "odd"\n${fields}\n`);
    expect(layer).toEqual({});
    expect(notes).toEqual([expect.stringMatching(/^rule odd: skipped: /)]);
    expect(notes[0]).toContain(reason);
  });

  it.each([
    ['tags = ["a"]', 'tags are not converted'],
    ['tokenEfficiency = true', 'tokenEfficiency is not converted'],
    ['validate = "x"', 'validate is not converted'],
    ['filter = "true"', '`filter` is not converted'],
    ['colour = "red"', 'unknown key colour'],
    ['entropy = "high"', 'entropy is not a number'],
  ])('are carried over without %s, which is told', async (field, note) => {
    const { layer, notes } = await translate(`${RULE}${field}\n`);
    expect(layer.customRules).toEqual([ACME]);
    expect(notes).toEqual([expect.stringContaining(note)]);
  });

  it('read the entropy out of a filter that says nothing else', async () => {
    for (const filter of ['entropy(finding.secret) <= 3.5', 'filter.entropy(finding["secret"]) <= 3.5']) {
      expect(await translate(`${RULE}filter = '${filter}'\n`)).toEqual({
        layer: { customRules: [{ ...ACME, minEntropy: 3.5 }] },
        notes: [],
      });
    }
  });

  it('that run away here are told of', async () => {
    const { layer, notes } = await translate(`[[rules]]\nid = "a"\nregex = '''acmeid-(?:\\w+-?)+;'''\n`);
    expect(layer.customRules).toHaveLength(1);
    expect(notes).toEqual([expect.stringMatching(/^rule a: its converted pattern may take very long/)]);
  });
});

describe('allowlists of a rule', () => {
  const withAllowlist = (fields: string): string => `${RULE}[[rules.allowlists]]\n${fields}\n`;

  it('say where the rule is off, and which values pass', async () => {
    const { layer, notes } = await translate(
      withAllowlist(`description = "x"\npaths = ['''^test/''']\nregexes = ['''(?i)^dummy''']\nstopwords = ["Fake.1"]`),
    );
    expect(layer).toEqual({
      customRules: [ACME],
      rules: { 'acme-key': ['error', { allow: ['^[Dd][Uu][Mm][Mm][Yy]', '[Ff][Aa][Kk][Ee]\\.1'] }] },
      overrides: [{ files: ['test/**'], rules: { 'acme-key': 'off' } }],
    });
    expect(notes).toEqual([]);
  });

  it('may be the older single one', async () => {
    const { layer } = await translate(`${RULE}[rules.allowlist]\npaths = ['''^test/''']\n`);
    expect(layer.overrides).toEqual([{ files: ['test/**'], rules: { 'acme-key': 'off' } }]);
  });

  it('that must all be met become what passes in some files', async () => {
    const both = `condition = "AND"\npaths = ['''^test/''']\nregexes = ['''^dummy''']`;
    const { layer, notes } = await translate(`${withAllowlist(both)}[[rules.allowlists]]\nstopwords = ["x"]\n`);
    expect(layer.overrides).toEqual([{ files: ['test/**'], rules: { 'acme-key': ['error', { allow: ['[Xx]', '^dummy'] }] } }]);
    expect(notes).toEqual([]);
  });

  it.each([
    ['commits = ["abc"]', 'commits are not converted'],
    [`regexTarget = "line"\nregexes = ['''x''']`, 'regexes of a line'],
    [`regexTarget = "match"\nregexes = ['''x''']`, 'regexes of a match'],
    [`regexes = ['''.*''']`, 'regexes[0]: it matches an empty text'],
    [`regexes = ['''(x+)+$''']`, 'regexes[0]: it may take very long'],
    [`paths = ['''.*''']`, 'paths[0]: a path pattern that matches every path'],
    [`condition = "AND"\npaths = ['''^a/''']\ncommits = ["abc"]`, 'commits are not converted'],
    [`condition = "AND"\nstopwords = ["a"]\nregexes = ['''x''']`, 'two conditions on the same value'],
    [`colour = "red"`, 'unknown key colour'],
  ])('leave out %s', async (fields, note) => {
    const { layer, notes } = await translate(withAllowlist(fields));
    expect(layer).toEqual({ customRules: [ACME] });
    expect(notes).toEqual([expect.stringMatching(/^rule acme-key, allowlists\[0\]: /)]);
    expect(notes[0]).toContain(note);
  });

  it('take a match for the value where it is one', async () => {
    const whole = withAllowlist(`regexTarget = "match"\nregexes = ['''x''']`).replace('([a-z0-9]{32})', '[a-z0-9]{32}');
    expect((await translate(whole)).layer.rules).toEqual({ 'acme-key': ['error', { allow: ['x'] }] });
  });

  it('may add to a built-in rule', async () => {
    const { layer, notes } = await translate(`[[rules]]\nid = "generic-api-key"\n[[rules.allowlists]]\nregexes = ['''^x''']\n`);
    expect({ layer, notes }).toEqual({ layer: { rules: { 'generic-secret': ['error', { allow: ['^x'] }] } }, notes: [] });
  });
});

describe('allowlists of all rules', () => {
  it.each(['[allowlist]', '[[allowlists]]'])('%s say what is ignored', async (head) => {
    const { layer, notes } = await translate(`${head}\npaths = ['''\\.lock$''']\nregexes = ['''^x''']\nstopwords = ["dummy"]\n`);
    expect({ layer, notes }).toEqual({ layer: { ignore: { paths: ['*.lock'], values: ['^x'], words: ['dummy'] } }, notes: [] });
  });

  it('may be for some rules', async () => {
    const { layer, notes } = await translate(`${RULE}[[allowlists]]\ntargetRules = ["acme-key", "other"]\npaths = ['''^test/''']\n`);
    expect(layer.overrides).toEqual([{ files: ['test/**'], rules: { 'acme-key': 'off' } }]);
    expect(notes).toEqual(['allowlists: no rule for other']);
  });

  it('that must all be met are left out', async () => {
    const { layer, notes } = await translate(`[[allowlists]]\ncondition = "AND"\npaths = ['''\\.lock$''']\nstopwords = ["x"]\n`);
    expect({ layer, notes }).toEqual({ layer: {}, notes: [expect.stringContaining('must all be met')] });
  });
});

describe('what a config builds on', () => {
  it('says which rules are off', async () => {
    const { layer, notes } = await translate('[extend]\nuseDefault = true\ndisabledRules = ["generic-api-key", "jwt", "acme-token"]\n');
    expect(layer).toEqual({ rules: { 'generic-secret': 'off', jwt: 'off' } });
    expect(notes).toEqual([expect.stringContaining('no rule corresponds to acme-token')]);
  });

  it('tells of another file, and of rules that are not in use there', async () => {
    const { notes } = await parseImport('[extend]\npath = "../base.toml"\n', 'x.toml', BUILT_IN);
    expect(notes).toEqual([expect.stringContaining('import that too'), expect.stringContaining('here they stay on')]);
  });

  it('tells of expressions for all rules', async () => {
    expect((await translate(`prefilter = "true"\n${RULE}`)).notes).toEqual([expect.stringContaining('prefilter is not converted')]);
  });
});

describe('a broken file', () => {
  it.each([
    ['x.toml', '[[rules]\n', /^x\.toml:1:\d+: /],
    ['x.toml', 'a = 1\n', /^x\.toml: no rules and no allowlists$/],
    ['x.toml', '', /no rules/],
    ['x.txt', 'hello world\n', /^x\.txt: unknown file type$/],
    ['x.json', '{"a": }', /^x\.json: invalid JSON$/],
    ['x.json', '{"a": 1}', /^x\.json: JSON, but not a baseline$/],
    ['x.json', '[1]', /./],
  ])('%s: %s is told in one line', async (file, text, message) => {
    await expect(parseImport(text, file, [])).rejects.toMatchObject({ code: 'INPUT_INVALID', message: expect.stringMatching(message) });
  });

  it('says nothing of what stands in it', async () => {
    const error = await parseImport(`[[rules]]\nregex = "qwertz\n`, 'x.toml', []).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error) + String(error)).not.toContain('qwertz');
  });
});
