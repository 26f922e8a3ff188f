import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { letters, privateKey, stripeKey } from '../support/secrets.ts';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const CONFIG = '.code-guardianrc.yaml';
const BASELINE = '.code-guardian-baseline.json';

function repositoryWith(files: Readonly<Record<string, string>>): TestRepository {
  const repository = createRepository();
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  return repository;
}

/** What is found in the files as they lie there: `path:line rule`. */
async function findingsOf({ guardian }: TestRepository, ...paths: string[]): Promise<string[]> {
  const { stdout } = await guardian(['scan', '--format', 'json', ...paths]);
  const { findings } = JSON.parse(stdout) as { findings: { path: string; line: number; rule: string }[] };
  return findings.map(({ path, line, rule }) => `${path}:${line} ${rule}`);
}

const importing = ({ guardian }: TestRepository, ...args: string[]): Promise<Ran> => guardian(['config', 'import', ...args]);

const GITLEAKS = `
title = "Acme"
[extend]
useDefault = true
disabledRules = ["generic-api-key"]

[[rules]]
id = "acme_key"
description = "Acme key"
regex = '''(?i)acme[_-]?key\\s*[:=]\\s*["']?([a-z0-9]{24})\\b'''
entropy = 3
keywords = ["acme"]
[[rules.allowlists]]
paths = ['''(^|/)testdata/''']
stopwords = ["sample"]

[[rules]]
id = "odd"
regex = '''acme(?=x)'''

[[allowlists]]
paths = ['''\\.lock$''']
regexes = ['''^zz''']
`;

describe('config import of a gitleaks config', () => {
  it('gives a config that finds, and lets pass, what that did', async () => {
    const value = letters(24, 'acme').toLowerCase();
    const line = (text: string): string => `Acme_Key = "${text}"\n`;
    const files = {
      'src/a.ts': line(value),
      'testdata/a.ts': line(value),
      'a.lock': line(value),
      'src/b.ts': line(`sample${value.slice(6)}`),
      'src/c.ts': line(`zz${value.slice(2)}`),
      'src/d.ts': line('aaaaaaaabbbbbbbbaaaaaaaa'),
    };
    const repository = repositoryWith({ 'gitleaks.toml': GITLEAKS, ...files });
    const imported = await importing(repository, 'gitleaks.toml');
    expect(imported.code).toBe(0);
    repository.write(CONFIG, imported.stdout);
    expect(await repository.guardian(['config', 'check'])).toMatchObject({ code: 0, stderr: '' });
    expect(await findingsOf(repository, ...Object.keys(files))).toEqual(['src/a.ts:1 acme-key']);
  });

  it('tells what is missing on stderr, a line each, and at the head of the config', async () => {
    const { stdout, stderr } = await importing(repositoryWith({ 'gitleaks.toml': GITLEAKS }), 'gitleaks.toml');
    const notes = ['rule acme_key: renamed to acme-key', 'rule odd: skipped: it looks ahead or behind, which Go does not do either'];
    expect(stderr.split('\n')).toEqual([
      ...notes,
      expect.stringMatching(/^gitleaks\.toml: 1 rule, .* 2 items not, or only partly, converted/),
      '',
    ]);
    for (const note of notes) expect(stdout).toContain(`\n# - ${note}\n`);
  });

  it('writes to a file that is not there yet, and to no other', async () => {
    const repository = repositoryWith({ 'gitleaks.toml': GITLEAKS });
    expect(await importing(repository, 'gitleaks.toml', '--output', CONFIG)).toMatchObject({ code: 0, stdout: '' });
    const written = readFileSync(join(repository.top, CONFIG), 'utf8');
    expect(written).toBe((await importing(repository, 'gitleaks.toml')).stdout);
    const again = await importing(repository, 'gitleaks.toml', '--output', CONFIG);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('already exists');
    expect(readFileSync(join(repository.top, CONFIG), 'utf8')).toBe(written);
  });

  it('works outside of a repository', async () => {
    const repository = repositoryWith({ 'gitleaks.toml': GITLEAKS });
    const cwd = join(repository.top, '..');
    expect((await repository.guardian(['config', 'import', 'repository/gitleaks.toml'], { cwd })).code).toBe(0);
  });
});

describe('config import of a .gitleaksignore', () => {
  const [first, second, third] = ['a', 'b', 'c'].map(stripeKey) as [string, string, string];

  /** Keys on lines 1, 2 and 2; and one that only an earlier commit has. */
  function history(): { repository: TestRepository; commit: string } {
    const repository = repositoryWith({ 'src/a.ts': `const old = '${first}';\n` });
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'x');
    const commit = repository.git('rev-parse', 'HEAD').trim();
    repository.write('src/a.ts', `const a = '${second}';\nconst b = ['${third}', '${first}'];\nconsole.log(1);\n`);
    return { repository, commit };
  }

  it('accepts what is found on the lines that it names, as they are or as a commit had them', async () => {
    const { repository, commit } = history();
    repository.write('.gitleaksignore', `src/a.ts:stripe-access-token:1\n${commit}:src/a.ts:stripe-access-token:1\n`);
    const { code, stdout, stderr } = await importing(repository, '.gitleaksignore', '--baseline', BASELINE);
    expect([code, stderr]).toEqual([0, `.gitleaksignore: 0 rules, 2 known findings accepted in ${BASELINE}, everything converted\n`]);
    expect(stdout).toMatch(/^# Converted from \.gitleaksignore .*\n#.*\n\{\}\n$/);
    expect((await findingsOf(repository, 'src/a.ts')).filter((finding) => finding.includes('stripe'))).toEqual(['src/a.ts:2 stripe-key']);
    const { entries } = JSON.parse(readFileSync(join(repository.top, BASELINE), 'utf8')) as { entries: ({ reason: string } | null)[] };
    expect(entries.map((entry) => entry?.reason)).toEqual(['from .gitleaksignore', 'from .gitleaksignore', undefined]);
  });

  it('only counts them where nobody says which file to write', async () => {
    const { repository } = history();
    repository.write('.gitleaksignore', 'src/a.ts:stripe-access-token:1\n');
    const { code, stderr } = await importing(repository, '.gitleaksignore');
    expect(code).toBe(0);
    expect(stderr).toContain(`1 known finding (\`--baseline ${BASELINE}\` accepts them)`);
    expect(existsSync(join(repository.top, BASELINE))).toBe(false);
  });

  it.each([
    ['a line without a secret', () => 'src/a.ts:x:3', 'src/a.ts:3: no secret found on that line'],
    ['a file that is gone', () => 'src/gone.ts:x:1', 'src/gone.ts:1: no such file'],
    ['a folder', () => 'src:x:1', 'src:1: no such file'],
    ['a file outside', () => '../home/x:x:1', '../home/x:1: it is outside the repository'],
    ['a commit that is not there', () => `${'0'.repeat(39)}1:src/a.ts:x:1`, '000000000000:src/a.ts:1: that commit has no such file'],
    ['a file that the commit had not', (commit: string) => `${commit}:src/b.ts:x:1`, 'src/b.ts:1: that commit has no such file'],
    ['one of two secrets on a line', () => 'src/a.ts:x:2', 'src/a.ts:2: 2 secrets on that line: the entry does not say which one'],
  ])('tells of %s', async (_, entry, note) => {
    const { repository, commit } = history();
    repository.write('.gitleaksignore', `${entry(commit)}\n`);
    const { code, stderr } = await importing(repository, '.gitleaksignore', '--baseline', BASELINE);
    expect(code).toBe(0);
    expect(stderr).toContain(note);
    expect(existsSync(join(repository.top, BASELINE))).toBe(false);
  });

  it('accepts both secrets of a line that is named twice', async () => {
    const { repository } = history();
    repository.write('.gitleaksignore', 'src/a.ts:x:2\nsrc/a.ts:y:2\n');
    expect((await importing(repository, '.gitleaksignore', '--baseline', BASELINE)).stderr).toContain('2 known findings accepted');
  });

  it('adds to the entries that are there, and leaves those as they are', async () => {
    const { repository } = history();
    repository.git('add', '--all');
    await repository.guardian(['baseline', 'create', '--reason', 'before']);
    const reasons = (): string[] =>
      [...readFileSync(join(repository.top, BASELINE), 'utf8').matchAll(/"reason":"([^"]*)"/g)].map(([, reason]) => reason!);
    const before = reasons();
    repository.write('src/b.ts', `const c = '${stripeKey('d')}';\n`);
    repository.write('.gitleaksignore', 'src/a.ts:x:1\nsrc/b.ts:x:1\n');
    expect((await importing(repository, '.gitleaksignore', '--baseline', BASELINE)).code).toBe(0);
    expect(reasons().toSorted()).toEqual([...before, 'from .gitleaksignore']);
  });

  it('touches nothing where the baseline is broken', async () => {
    const { repository } = history();
    repository.write('.gitleaksignore', 'src/a.ts:x:1\n');
    repository.write(BASELINE, 'x');
    const { code, stdout } = await importing(repository, '.gitleaksignore', '--baseline', BASELINE, '--output', CONFIG);
    expect([code, stdout, existsSync(join(repository.top, CONFIG))]).toEqual([2, '', false]);
  });

  it('asks git once for all the versions of files', async () => {
    const { repository, commit } = history();
    for (const name of ['b', 'c']) repository.write(`src/${name}.ts`, `const key = '${stripeKey(name)}';\n`);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'y');
    const later = repository.git('rev-parse', '--short', 'HEAD').trim();
    const entries = [`${commit}:src/a.ts`, `${later}:src/b.ts`, `${later}:src/c.ts`].map((version) => `${version}:x:1\n`);
    repository.write('.gitleaksignore', entries.join(''));
    expect((await importing(repository, '.gitleaksignore')).stderr).toContain('3 known findings');
  });

  it('says nothing of the values', async () => {
    const { repository, commit } = history();
    repository.write('.gitleaksignore', `src/a.ts:x:1\nsrc/a.ts:x:2\n${commit}:src/a.ts:x:1\n`);
    const { stdout, stderr } = await importing(repository, '.gitleaksignore', '--baseline', BASELINE);
    const written = readFileSync(join(repository.top, BASELINE), 'utf8');
    for (const value of [first, second, third]) expect(stdout + stderr + written).not.toContain(value.slice(10));
  });
});

describe('config import of a detect-secrets baseline', () => {
  function baselineOf(results: Readonly<Record<string, readonly object[]>>): string {
    const filters = [{ path: 'detect_secrets.filters.regex.should_exclude_file', pattern: ['^vendor/'] }];
    return JSON.stringify({ version: '1.5.0', plugins_used: [{ name: 'KeywordDetector' }], filters_used: filters, results });
  }
  const [known, other] = [stripeKey('known'), stripeKey('other')];
  const entry = (value: string, line: number, more: object = {}): object => ({
    type: 'Secret Keyword',
    hashed_secret: sha1(value),
    line_number: line,
    ...more,
  });

  it('accepts the values that it knows by their hash, wherever in the file they stand now', async () => {
    const repository = repositoryWith({
      'src/a.py': `# moved\nkey = "${known}"\nkey2 = "${other}"\n`,
      'src/b.py': privateKey(),
      'vendor/c.py': `key = "${other}"\n`,
      '.secrets.baseline': baselineOf({
        'src/a.py': [entry(known, 1, { is_secret: false }), entry('gone', 9)],
        'src/b.py': [entry(['BEGIN', 'RSA', 'PRIVATE', 'KEY'].join(' '), 1, { type: 'Private Key' })],
      }),
    });
    const { code, stdout, stderr } = await importing(repository, '.secrets.baseline', '--output', CONFIG, '--baseline', BASELINE);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('src/a.py:9: no secret with that hash in the file\n');
    expect(stderr).toContain(`2 known findings accepted in ${BASELINE}`);
    expect(await findingsOf(repository, 'src/a.py', 'src/b.py', 'vendor/c.py')).toEqual(['src/a.py:3 stripe-key']);
    expect(readFileSync(join(repository.top, BASELINE), 'utf8')).toContain('audited as not a secret');
  });

  it('leaves everything as it is where the output is refused', async () => {
    const repository = repositoryWith({
      'src/a.py': `key = "${known}"\n`,
      '.secrets.baseline': baselineOf({ 'src/a.py': [entry(known, 1)] }),
    });
    writeFileSync(join(repository.top, CONFIG), '');
    expect((await importing(repository, '.secrets.baseline', '--output', CONFIG, '--baseline', BASELINE)).code).toBe(2);
    expect(existsSync(join(repository.top, BASELINE))).toBe(false);
  });
});

describe('config import of anything else', () => {
  it.each([
    ['is not there', null],
    ['is no such file', 'hello\n'],
    ['is broken TOML', '[[rules]\n'],
    ['is empty', ''],
  ])('ends with 2 and one error where the file %s', async (_, text) => {
    const repository = repositoryWith(text === null ? {} : { 'x.toml': text });
    const { code, stdout, stderr } = await importing(repository, 'x.toml');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^code-guardian: .*x\.toml.*\n {2}\S.*\n$/);
  });
});

describe('patterns that may run away', () => {
  const config = (pattern: string, more = ''): string =>
    `customRules:\n  - id: acme-key\n    keywords: [acme]\n    pattern: '${pattern}'\n    message: Acme key\n    samples: { found: ['acme-a;'] }\n${more}`;
  const WARNING =
    'warning: the pattern of rule acme-key may take very long, for its part (\\w+-?)+ (character 6) repeats what repeats already';

  it.each([
    ['config', 'check'],
    ['rules', 'test', CONFIG],
  ])('are told by %s %s', async (...args) => {
    const repository = repositoryWith({ [CONFIG]: config('acme-(\\w+-?)+;') });
    const { code, stderr } = await repository.guardian(args);
    expect(code).toBe(0);
    expect(stderr).toContain(WARNING);
  });

  it('are told in each run, and stopped when their time is over', async () => {
    const repository = repositoryWith({ [CONFIG]: config('acme-(\\w+-?)+;'), 'a.txt': `acme-${'a'.repeat(60)}\n` });
    const { code, stdout } = await repository.guardian(['scan', 'a.txt']);
    expect(code).toBe(2);
    expect(stdout).toContain('may take very long');
    expect(stdout).toContain('rule acme-key was stopped after 1000 ms');
  });

  it('are told of patterns of values too', async () => {
    const repository = repositoryWith({
      [CONFIG]: `ignore: { values: ['^(a+)+$'] }\nrules: { generic-secret: [error, { allow: ['(b+)+$'] }] }\n`,
    });
    const { stderr } = await repository.guardian(['config', 'check']);
    expect(stderr).toContain('warning: ignore.values[0] may take very long');
    expect(stderr).toContain('warning: a pattern that rule generic-secret allows may take very long');
  });

  it('are none where a pattern is fine', async () => {
    expect(await repositoryWith({ [CONFIG]: config('acme-[a-z]{1,40};') }).guardian(['config', 'check'])).toMatchObject({
      code: 0,
      stderr: '',
    });
  });
});

describe('rules test', () => {
  const rule = (fields: string): string => `customRules:\n  - id: acme-key\n    message: Acme key\n${fields}\n`;

  it.each([
    ['no keyword', "keywords: ['acme_']\n    pattern: 'acme-[a-z]+'", 'acme-x', 'the sample has none of its keywords'],
    ['a keyword in another case', "keywords: ['ACME']\n    pattern: 'acme-[a-z]+'", 'acme-x', 'the sample has none of its keywords'],
    ['no match', "keywords: ['acme']\n    pattern: 'acme_[a-z]{9}'", 'acme-x', 'its pattern does not match'],
    [
      'too little entropy',
      "keywords: ['acme']\n    pattern: 'acme-(?<secret>[a-z]+)'\n    minEntropy: 3",
      'acme-aabb',
      '1.00 bits per character; minEntropy is 3',
    ],
    ['an example', "keywords: ['acme']\n    pattern: 'acme-[a-z]+'", 'acme-example', 'the value says that it is an example'],
  ])('says why a sample is not found: %s', async (_, fields, sample, why) => {
    const repository = repositoryWith({ 'team.yaml': rule(`    ${fields}\n    samples: { found: ['${sample}'] }`) });
    const { code, stdout } = await repository.guardian(['rules', 'test', 'team.yaml']);
    expect(code).toBe(1);
    expect(stdout).toContain(`acme-key: samples.found[0]: expected 1, got 0 findings: `);
    expect(stdout).toContain(why);
  });

  it.each([
    ['keywords that are missing', "    pattern: 'acme'", 'team.yaml:2:5: customRules[0].keywords is missing'],
    ['a keyword that is too short', "    keywords: [ac]\n    pattern: 'acme'", 'a keyword is at least three ASCII characters'],
    ['a broken pattern', "    keywords: [acme]\n    pattern: 'acme('", 'team.yaml:5:14: customRules[0].pattern: not a regular expression'],
    ['a pattern that matches everywhere', "    keywords: [acme]\n    pattern: '(acme)?'", 'matches the empty text'],
  ])('says where the file has %s', async (_, fields, message) => {
    const { code, stdout, stderr } = await repositoryWith({ 'team.yaml': rule(fields) }).guardian(['rules', 'test', 'team.yaml']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('says that a rule has no samples', async () => {
    const repository = repositoryWith({ 'team.yaml': rule("    keywords: [acme]\n    pattern: 'acme'") });
    expect((await repository.guardian(['rules', 'test', 'team.yaml'])).stdout).toContain('acme-key: no samples');
  });
});
