import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { createFolder, createRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { letters, privateKey, stripeKey } from '../support/secrets.ts';

const FILE = '.code-guardianrc.yaml';
const LEFTOVER = 'debugger;\n';
const ANNOUNCED = 'this commit changes the policy';
const DISTRUSTED = 'so the previous policy judges this commit';

type Files = Readonly<Record<string, string | null>>;

/** Writes files, or takes them away, and stages all. */
function stage(repository: TestRepository, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) rmSync(join(repository.top, path));
    else repository.write(path, content);
  }
  repository.git('add', '--all');
}

/** A hooked repository whose HEAD has some files; without any there is no HEAD. */
function hooked(files: Files = {}): TestRepository {
  const repository = addHooks(createRepository());
  if (Object.keys(files).length === 0) return repository;
  stage(repository, files);
  repository.git('commit', '--quiet', '--no-verify', '--message', 'start');
  return repository;
}

/** What a commit says, on one line: the report is set for people. */
function commit(
  repository: TestRepository,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): { code: number | null; said: string } {
  const { code, stdout, stderr } = repository.tryGit(['commit', '--quiet', '--message', 'x', ...args], { env });
  return { code, said: (stdout + stderr).replace(/\s+/g, ' ') };
}

const acme = (pattern: string): string => `customRules: [{ id: acme-key, keywords: [acme_], pattern: '${pattern}', message: Acme key }]\n`;
const ACME = ['acme', 'q1w8e7r2'].join('_');

describe('a commit that weakens the policy is judged by the one before it', () => {
  it.each<[what: string, head: Files, staged: Files, ...words: string[]]>([
    ['by a first config, on an unborn branch', {}, { [FILE]: 'rules: { debugger: off }' }, 'rules.debugger: default → off'],
    ['by a first config', { 'b.js': '' }, { [FILE]: 'ignore: { paths: ["a.js"] }' }, 'ignore.paths: + a.js'],
    ['by another level', { [FILE]: 'rules: { debugger: error }' }, { [FILE]: 'rules: { debugger: warn }' }, 'rules.debugger: error → warn'],
    ['by what blocks', { [FILE]: 'failOn: medium' }, { [FILE]: 'failOn: critical' }, 'failOn: medium → critical'],
    [
      'by an override',
      { [FILE]: 'bail: 1' },
      { [FILE]: 'overrides: [{ files: ["*.js"], rules: { debugger: off } }]' },
      'overrides: + *.js (debugger: off)',
    ],
    ['by a mode that only warns', { [FILE]: '' }, { [FILE]: 'extends: canary' }, 'failFast: true → false', 'onIncomplete: block → warn'],
    [
      'by a config that is deleted',
      { [FILE]: 'failOn: high\nrules: { debugger: error }' },
      { [FILE]: null },
      'rules.debugger: error → default',
    ],
    [
      'by a config that moves and changes',
      { [FILE]: 'rules: { debugger: error }' },
      { [FILE]: null, '.config/code-guardianrc.yaml': 'rules: { debugger: off }' },
      'rules.debugger: error → off',
    ],
    [
      'by a config that takes the place of another',
      { [FILE]: 'rules: { debugger: error }' },
      { '.code-guardianrc.json': '{"rules": {"debugger": "off"}}' },
      'rules.debugger: error → off',
    ],
    [
      'by package.json',
      { 'package.json': '{"code-guardian": {"rules": {"debugger": "error"}}}' },
      { 'package.json': '{"code-guardian": {"rules": {"debugger": "off"}}}' },
      'rules.debugger: error → off',
    ],
    [
      'by a package.json that loses its key',
      { 'package.json': '{"code-guardian": {"rules": {"debugger": "error"}}}' },
      { 'package.json': '{"name": "x"}' },
      'rules.debugger: error → default',
    ],
    [
      'by a file that the config extends',
      { [FILE]: 'extends: ./team/base.yaml', 'team/base.yaml': 'rules: { debugger: error }' },
      { 'team/base.yaml': 'rules: { debugger: off }' },
      'rules.debugger: error → off',
    ],
    [
      'by a file that an extended file extends',
      { [FILE]: 'extends: ./a.yaml', 'a.yaml': 'extends: ./b.yaml', 'b.yaml': 'rules: { debugger: error }' },
      { 'b.yaml': 'rules: { debugger: off }' },
      'rules.debugger: error → off',
    ],
    [
      'by a file that is no longer extended',
      { [FILE]: 'extends: ./team.yaml', 'team.yaml': 'rules: { debugger: error }' },
      { [FILE]: '', 'team.yaml': null },
      'rules.debugger: error → default',
    ],
  ])('%s', (_, head, staged, ...words) => {
    const repository = hooked(head);
    stage(repository, { ...staged, 'a.js': LEFTOVER });
    const { code, said } = commit(repository);
    expect(said).toContain(ANNOUNCED);
    expect(said).toContain(DISTRUSTED);
    for (const word of words) expect(said).toContain(word);
    expect(said).toContain('commit the config on its own');
    expect(code).toBe(1);
  });

  it('by what a link leads to', () => {
    const repository = hooked({ 'shared/guardian.yaml': 'rules: { debugger: error }' });
    symlinkSync('shared/guardian.yaml', join(repository.top, FILE));
    stage(repository, {});
    repository.git('commit', '--quiet', '--no-verify', '--message', 'link');
    stage(repository, { 'shared/guardian.yaml': 'rules: { debugger: off }', 'a.js': LEFTOVER });
    expect(commit(repository)).toMatchObject({ code: 1, said: expect.stringContaining('rules.debugger: error → off') });
  });

  it('by a custom rule that goes, or that finds less', () => {
    const repository = hooked({ [FILE]: acme('acme_[a-z0-9]{8}') });
    stage(repository, { [FILE]: '', 'a.js': `const key = '${ACME}';\n` });
    expect(commit(repository)).toMatchObject({ code: 1, said: expect.stringContaining('customRules: acme-key taken out') });
    stage(repository, { [FILE]: acme('acme_[0-9]{8}') });
    expect(commit(repository)).toMatchObject({ code: 1, said: expect.stringContaining('customRules: acme-key has another pattern') });
  });

  it('by patterns and words, and none of them is shown', () => {
    const repository = hooked({ 'b.js': '' });
    const key = stripeKey();
    stage(repository, { [FILE]: `ignore: { values: ['${key}'], words: ['${key}'] }`, 'a.js': `const key = '${key}';\n` });
    const { code, said } = commit(repository);
    expect(code).toBe(1);
    expect(said).toContain('ignore.values: + 1 pattern; ignore.words: + 1 word');
    expect(said).not.toContain(key);
  });

  it('amended as well: HEAD is what is amended', () => {
    const repository = hooked({ [FILE]: 'rules: { debugger: error }' });
    stage(repository, { [FILE]: 'rules: { debugger: off }', 'a.js': LEFTOVER });
    expect(commit(repository, ['--amend'])).toMatchObject({ code: 1, said: expect.stringContaining('rules.debugger: error → off') });
  });

  it('in `commit -a`, and through another hook manager', () => {
    const repository = hooked({ [FILE]: 'rules: { debugger: error }', 'a.js': '' });
    repository.write(FILE, 'rules: { debugger: off }');
    repository.write('a.js', LEFTOVER);
    expect(commit(repository, ['--all'])).toMatchObject({ code: 1, said: expect.stringContaining(DISTRUSTED) });
    repository.git('add', '--all');
    const guest = repository.spawnGuardian(['hook', 'pre-commit']);
    expect([guest.code, guest.stdout.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining(DISTRUSTED)]);
  });

  it('in a linked worktree', () => {
    const repository = hooked({ [FILE]: 'rules: { debugger: error }' });
    const linked = join(dirname(repository.top), 'linked');
    repository.git('worktree', 'add', '--quiet', linked, '-b', 'linked');
    writeFileSync(join(linked, FILE), 'rules: { debugger: off }');
    writeFileSync(join(linked, 'a.js'), LEFTOVER);
    repository.tryGit(['add', '--all'], { cwd: linked });
    const { code, stderr } = repository.tryGit(['commit', '--message', 'x'], { cwd: linked });
    expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining('rules.debugger: error → off')]);
  });

  it('in `scan`, from a folder below with its own config', async () => {
    const repository = hooked({ 'pkg/.code-guardianrc.yaml': 'rules: { debugger: error }' });
    stage(repository, { 'pkg/.code-guardianrc.yaml': 'rules: { debugger: off }', 'pkg/a.js': LEFTOVER });
    const { code, stdout } = await repository.guardian(['scan'], { cwd: join(repository.top, 'pkg') });
    expect([code, stdout.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining('rules.debugger: error → off')]);
  });

  it('in SHA-256 repositories', () => {
    const repository = createRepository({ initArgs: ['--object-format=sha256'] });
    addHooks(repository);
    stage(repository, { [FILE]: 'rules: { debugger: off }', 'a.js': LEFTOVER });
    expect(commit(repository)).toMatchObject({ code: 1, said: expect.stringContaining(DISTRUSTED) });
  });

  it('that others made and a merge brings', () => {
    const repository = hooked({ [FILE]: 'rules: { debugger: error }', 'b.txt': 'one\n' });
    repository.git('checkout', '--quiet', '-b', 'theirs');
    stage(repository, { [FILE]: 'rules: { debugger: off }', 'b.txt': 'theirs\n' });
    repository.git('commit', '--quiet', '--no-verify', '--message', 'theirs');
    repository.git('checkout', '--quiet', 'main');
    stage(repository, { 'b.txt': 'ours\n' });
    repository.git('commit', '--quiet', '--no-verify', '--message', 'ours');
    expect(repository.tryGit(['merge', '--quiet', 'theirs']).code).not.toBe(0);
    stage(repository, { 'b.txt': 'both\n', 'a.js': LEFTOVER });
    expect(commit(repository)).toMatchObject({ code: 1, said: expect.stringContaining('rules.debugger: error → off') });
  });
});

describe('a commit that changes the policy', () => {
  it('and makes it stricter is judged by the new one', () => {
    const repository = hooked({ [FILE]: 'rules: { todo-comment: off }' });
    stage(repository, { [FILE]: 'rules: { todo-comment: error }', 'a.js': '// TODO: more\n' });
    const { code, said } = commit(repository);
    expect([code, said]).toEqual([1, expect.stringContaining(`${ANNOUNCED}: ${FILE}`)]);
    expect(said).toContain('todo-comment');
    expect(said).not.toContain(DISTRUSTED);
  });

  it('by itself passes, and the next one is judged by it', () => {
    const repository = hooked({ 'b.js': '' });
    stage(repository, { [FILE]: 'ignore: { paths: [fixtures/**] }' });
    expect(commit(repository)).toMatchObject({ code: 0, said: expect.stringContaining('ignore.paths: + fixtures/**') });
    stage(repository, { 'fixtures/a.js': LEFTOVER });
    const { code, said } = commit(repository);
    expect([code, said.includes(ANNOUNCED)]).toEqual([0, false]);
  });

  it('only in its words, or by moving it, is as any other', () => {
    const repository = hooked({ [FILE]: 'rules: { debugger: warn }' });
    stage(repository, { [FILE]: '# why\nrules:\n  debugger: warn\n' });
    expect(commit(repository).said).not.toContain(ANNOUNCED);
    stage(repository, { [FILE]: null, '.config/code-guardianrc.json': '{"rules": {"debugger": "warn"}}' });
    const { code, said } = commit(repository);
    expect([code, said.includes(ANNOUNCED)]).toEqual([0, false]);
  });

  it('in a file that is not committed is as any other', () => {
    const repository = hooked({ [FILE]: 'rules: { debugger: error }', 'a.js': '' });
    repository.write('a.js', LEFTOVER);
    stage(repository, { [FILE]: 'rules: { debugger: off }' });
    const { code, said } = commit(repository, ['--only', 'a.js']);
    expect([code, said.includes(ANNOUNCED)]).toEqual([1, false]);
  });

  it('away from one that is broken is compared with none', () => {
    const repository = hooked({ [FILE]: 'rules: { debuger: off }' });
    stage(repository, { [FILE]: 'rules: { debugger: off }', 'a.js': LEFTOVER });
    const { code, said } = commit(repository);
    expect(said).toContain('the config before this commit is invalid');
    expect([code, said]).toEqual([1, expect.stringContaining('rules.debugger: default → off')]);
  });

  it('is not asked about where other things are scanned', async () => {
    const repository = hooked({ [FILE]: 'rules: { debugger: error }' });
    stage(repository, { [FILE]: 'rules: { debugger: off }', 'a.js': LEFTOVER });
    for (const target of [['--all'], ['a.js'], ['--history']]) {
      const { code, stdout } = await repository.guardian(['scan', ...target]);
      expect([target, code, stdout.includes(ANNOUNCED)]).toEqual([target, 0, false]);
    }
  });
});

describe('a commit that does not change the policy', () => {
  /** A git that counts how often it is called. */
  function countingGit(): { env: { PATH: string }; count: () => number } {
    const folder = createFolder();
    const [log, real] = [join(folder, 'log'), '/usr/bin/git'];
    writeFileSync(join(folder, 'git'), `#!/bin/sh\necho x >> '${log}'\nexec ${existsSync(real) ? real : 'git'} "$@"\n`);
    chmodSync(join(folder, 'git'), 0o755);
    return {
      env: { PATH: `${folder}:${process.env['PATH']}` },
      count: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0),
    };
  }

  function callsOf(head: Files, staged: Files): number {
    const repository = hooked(head);
    stage(repository, staged);
    const { env, count } = countingGit();
    expect(repository.spawnGuardian(['hook', 'pre-commit'], { env }).code).toBe(0);
    return count();
  }

  it('asks git nothing more', () => {
    const [config, clean] = [{ [FILE]: 'failOn: low\n' }, { 'a.txt': 'fine\n' }];
    const usual = callsOf({ 'b.txt': '' }, clean);
    expect(callsOf(config, clean)).toBe(usual);
    expect(callsOf({ ...config, 'b.txt': '' }, { 'package-lock.json': '{}' })).toBe(usual);
    expect(callsOf(config, { ...clean, [FILE]: 'failOn: info\n' })).toBe(usual + 1);
  });
});

/** A repository, and the config of an organisation that holds in it. */
function governed(
  organisation: string,
  files: Files = { 'b.txt': '' },
): { repository: TestRepository; env: { CODE_GUARDIAN_ORG_CONFIG: string } } {
  const repository = hooked(files);
  const file = join(createFolder(), 'organisation.yaml');
  writeFileSync(file, organisation);
  return { repository, env: { CODE_GUARDIAN_ORG_CONFIG: file } };
}

const reportOf = ({ stdout }: Ran) =>
  JSON.parse(stdout) as {
    verdict: string;
    findings: { rule: string; path: string; outcome: string }[];
    suppressed: { rule: string; by: string; reason?: string }[];
    config: { layers: string[] };
  };

describe('what the organisation enforces', () => {
  it.each<[what: string, repository: string, env: NodeJS.ProcessEnv, args: readonly string[]]>([
    ['the repository', 'rules: { debugger: off }', {}, []],
    ['an override of the repository', 'overrides: [{ files: ["**"], rules: { debugger: off } }]', {}, []],
    ['what the repository ignores', 'ignore: { paths: ["**"] }', {}, []],
    ['a mode that only warns', 'failFast: false', {}, []],
    ['an overlay', 'environments: { ci: { rules: { debugger: off }, failFast: false } }', { CI: '1' }, []],
    ['variables', '', { CODE_GUARDIAN_RULES_DEBUGGER: 'off', CODE_GUARDIAN_FAIL_FAST: 'false', CODE_GUARDIAN_FAIL_ON: 'critical' }, []],
    ['flags', '', {}, ['--no-fail-fast', '--fail-on', 'critical']],
    ['what is skipped', '', { CODE_GUARDIAN_SKIP: 'debugger' }, []],
  ])('holds against %s', async (_, config, env, args) => {
    const { repository, env: governing } = governed(
      'enforce: { failFast: true, failOn: high, rules: { debugger: error }, ignore: { paths: [] }, security: { allowSkip: false } }',
      { [FILE]: config },
    );
    stage(repository, { 'a.js': LEFTOVER });
    const ran = await repository.guardian(['scan', '--format', 'json', ...args], { env: { ...governing, ...env } });
    const { verdict, config: used } = reportOf(ran);
    expect([ran.code, verdict]).toEqual([1, 'blocked']);
    expect(used.layers[1]).toBe(`organisation:${governing.CODE_GUARDIAN_ORG_CONFIG}`);
    expect(used.layers.at(-1)).toBe('organisation (enforced)');
    if (args.length === 0) expect(commit(repository, [], { ...governing, ...env }).code).toBe(1);
  });

  it('is shown as such', async () => {
    const { repository, env } = governed('enforce: { failOn: medium }', { [FILE]: 'failOn: critical' });
    expect(await repository.guardian(['config', 'show', '--origins'], { env })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('failOn: medium # organisation (enforced)\n'),
    });
  });

  it.each([
    ['is broken', 'enforce: { failon: low }', ':1:12: unknown key enforce.failon; did you mean failOn?'],
    ['is not YAML', 'a: [', ':1:5: '],
    ['is gone', null, 'no such config file'],
  ])('stops every commit where its file %s', async (_, text, said) => {
    const { repository, env } = governed(text ?? '');
    if (text === null) rmSync(env.CODE_GUARDIAN_ORG_CONFIG);
    stage(repository, { 'a.txt': 'fine\n' });
    expect(await repository.guardian(['scan'], { env })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(said) });
    expect(commit(repository, [], env).code).not.toBe(0);
  });

  it('is not for the repository to say', async () => {
    const { repository, env } = governed('', { [FILE]: 'enforce: { failFast: false }' });
    stage(repository, { 'a.txt': 'fine\n' });
    expect(await repository.guardian(['scan'], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${FILE}:1:1: enforce is allowed only in the organisation's config`),
    });
  });
});

describe('a rule that the organisation requires', () => {
  const REQUIRED = 'security: { required: [private-key] }';

  it.each([
    ['switches it off', 'rules: { private-key: off }'],
    ['only warns of it', 'rules: { private-key: warn }'],
    ['makes it weightless', 'rules: { private-key: [warn, { severity: info }] }'],
    ['lets all values pass', 'rules: { private-key: [error, { allow: ["."] }] }'],
    ['asks for more entropy', 'rules: { private-key: [error, { minEntropy: 8 }] }'],
    ['excepts the file', 'overrides: [{ files: ["keys/**"], rules: { private-key: off } }]'],
    ['ignores the path', 'ignore: { paths: ["keys/**"] }'],
    ['ignores the value', 'ignore: { values: ["BEGIN"] }'],
    ['ignores a word', 'ignore: { words: ["begin"] }'],
    ['only warns of everything', 'failFast: false'],
  ])('blocks also where the repository %s', (_, config) => {
    const { repository, env } = governed(REQUIRED, { [FILE]: config });
    stage(repository, { 'keys/a.pem': `${privateKey()}\n` });
    expect(commit(repository, [], env)).toMatchObject({ code: 1, said: expect.stringContaining('private-key') });
    expect(commit(repository).code, 'it was required in vain').toBe(0);
  });

  it('is not hidden behind a rule of the repository', () => {
    const config = "customRules: [{ id: any-key, keywords: [secret], pattern: 'secret[^$]+', message: Key }]\nrules: { any-key: warn }";
    const { repository, env } = governed('security: { required: [generic-secret] }', { [FILE]: config });
    stage(repository, { 'a.js': `const client_secret = '${letters(40, 'hidden')}';\n` });
    expect(commit(repository, [], env)).toMatchObject({ code: 1, said: expect.stringContaining('generic-secret') });
    expect(commit(repository).code, 'it was required in vain').toBe(0);
  });

  it('alone looks at files that the repository ignores', async () => {
    const { repository, env } = governed(REQUIRED, { [FILE]: 'ignore: { paths: ["keys/**"] }' });
    stage(repository, { 'keys/a.js': `debugger;\nconst key = '${stripeKey()}';\nconst pem = \`${privateKey()}\`;\n` });
    const { findings } = reportOf(await repository.guardian(['scan', '--format', 'json'], { env }));
    expect(findings.map(({ rule }) => rule)).toEqual(['private-key']);
  });

  it('cannot be skipped, which is said', () => {
    const { repository, env } = governed(REQUIRED);
    stage(repository, { 'a.pem': `${privateKey()}\n`, 'a.js': LEFTOVER });
    const { code, said } = commit(repository, [], { ...env, CODE_GUARDIAN_SKIP: 'private-key,debugger' });
    expect(code).toBe(1);
    expect(said).toContain('skipped by CODE_GUARDIAN_SKIP: debugger');
    expect(said).toContain('CODE_GUARDIAN_SKIP cannot skip required rules: private-key');
  });

  it('takes no comment, and a baseline only in sight of all', async () => {
    const { repository, env } = governed(REQUIRED);
    stage(repository, { 'a.js': `/* code-guardian:ignore-start private-key -- a test key */\nconst pem = \`${privateKey()}\`;\n` });
    expect(commit(repository, [], env).code).toBe(1);
    expect((await repository.guardian(['baseline', 'create', '--reason', 'a test key'], { env })).code).toBe(0);
    stage(repository, {});
    const { suppressed } = reportOf(await repository.guardian(['scan', '--format', 'json'], { env }));
    expect(suppressed).toMatchObject([{ rule: 'private-key', by: 'baseline', reason: 'a test key' }]);
    expect(commit(repository, [], env).code).toBe(0);
  });
});

describe('the switches', () => {
  it('CODE_GUARDIAN=0 is heard and printed', () => {
    const repository = hooked();
    stage(repository, { 'a.js': LEFTOVER });
    expect(commit(repository, [], { CODE_GUARDIAN: '0' })).toEqual({
      code: 0,
      said: expect.stringContaining('switched off by CODE_GUARDIAN=0'),
    });
  });

  it('CODE_GUARDIAN_SKIP is heard and printed, and knows what rules there are', () => {
    const repository = hooked();
    stage(repository, { 'a.js': LEFTOVER });
    expect(commit(repository, [], { CODE_GUARDIAN_SKIP: 'debuger' })).toMatchObject({
      code: 1,
      said: expect.stringContaining('did you mean debugger?'),
    });
    expect(commit(repository, [], { CODE_GUARDIAN_SKIP: 'debugger' })).toMatchObject({
      code: 0,
      said: expect.stringContaining('skipped by CODE_GUARDIAN_SKIP: debugger'),
    });
  });
});

describe('no layer runs anything', () => {
  const RUN = (mark: string): string => `require('fs').writeFileSync(${JSON.stringify(mark)}, '')\n`;

  /** Programs wherever a config may be looked for, or lead to. */
  function booby(): { repository: TestRepository; home: string; etc: string; mark: string } {
    const repository = hooked();
    const [home, etc, mark] = [repository.env['HOME']!, createFolder(), join(createFolder(), 'ran')];
    const put = (path: string, text = RUN(mark)): void => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };
    for (const folder of [repository.top, join(home, '.config/code-guardian'), etc]) {
      for (const ending of ['js', 'cjs', 'mjs', 'ts']) {
        put(join(folder, `.code-guardianrc.${ending}`));
        put(join(folder, `code-guardian.config.${ending}`));
        put(join(folder, `.config/config.${ending}`));
        put(join(folder, `config.${ending}`));
      }
      put(
        join(folder, 'node_modules/acme/package.json'),
        '{"main": "index.js", "exports": "./index.js", "scripts": {"postinstall": "node index.js"}}',
      );
      put(join(folder, 'node_modules/acme/index.js'));
      put(join(folder, 'node_modules/acme/code-guardian.json'), '{"rules": {"debugger": "error"}}');
      put(join(folder, 'node_modules/bad/package.json'), '{"main": "index.js"}');
      put(join(folder, 'node_modules/bad/index.js'));
    }
    return { repository, home, etc, mark };
  }

  it.each([
    ['a package with a program beside its data', 'extends: acme', 0],
    ['a package that is a program', 'extends: bad', 2],
    ['a program', 'extends: ./config.js', 2],
    ['a YAML tag that makes a function', "bail: !!js/function 'function () { process.exit(9) }'", 2],
    ['a YAML tag that makes an object', "bail: !!js/undefined ''", 2],
    ['a key that is a prototype', '{"__proto__": {"failFast": false}, "constructor": 1}', 2],
  ])('%s, in any of them', async (_, text, code) => {
    const { repository, home, etc, mark } = booby();
    stage(repository, { 'a.txt': 'fine\n' });
    const scan = async (env: NodeJS.ProcessEnv = {}): Promise<number | null> => (await repository.guardian(['scan'], { env })).code;

    writeFileSync(join(etc, 'config.yaml'), text);
    expect(await scan({ CODE_GUARDIAN_ORG_CONFIG: join(etc, 'config.yaml') }), 'organisation').toBe(code);
    writeFileSync(join(home, '.config/code-guardian/config.yaml'), text);
    expect(await scan(), 'user').toBe(code);
    rmSync(join(home, '.config/code-guardian/config.yaml'));
    stage(repository, { [FILE]: text });
    expect(await scan(), 'repository').toBe(code);
    expect(commit(repository).code, 'commit').toBe(code === 0 ? 0 : 1);
    expect(existsSync(mark)).toBe(false);
  });

  it('a program that is named as a config', async () => {
    const { repository, etc, mark } = booby();
    stage(repository, { 'a.txt': 'fine\n' });
    expect((await repository.guardian(['scan'], { env: { CODE_GUARDIAN_ORG_CONFIG: join(etc, 'config.js') } })).code).toBe(2);
    expect((await repository.guardian(['scan', '--config', 'code-guardian.config.js'])).code).toBe(2);
    expect(existsSync(mark)).toBe(false);
  });
});
