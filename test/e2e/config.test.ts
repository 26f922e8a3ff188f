import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { createFolder, createRepository, preloaded, type Ran, type TestRepository } from '../support/repository.ts';

const FILE = '.code-guardianrc.yaml';

/** Every key that the contract promises, as it writes them. */
const EXAMPLE = `
extends: [recommended, web, ./team.yaml, "@acme/code-guardian-config"]
failFast: true
failOn: high
bail: 0
onIncomplete: block
rules: { debugger: warn, todo-comment: off, generic-secret: [error, { minEntropy: 3.5 }] }
customRules: [{ id: acme-key, keywords: [acme_], pattern: "acme_[a-z0-9]{32}", severity: high, message: "Acme key", samples: { ignored: [acme_x] } }]
ignore: { paths: ["**/fixtures/**"], values: ["^example"], words: ["dummy"] }
overrides: [{ files: ["test/**"], rules: { generic-secret: warn } }]
baseline: .code-guardian-baseline.json
stages: [{ use: npm-audit, timeout: 30s }]
errors: { continueOnError: true, maxRetries: 3, retryDelay: 100 }
environments: { ci: { failOn: medium }, production: { bail: 1 } }
logging: { level: info, format: text, file: null }
security: { required: [private-key], allowSkip: true }
performance: { maxFileSize: 10MiB, maxLineLength: 1MiB, maxTotalBytes: 2GiB, timeout: 60s, ruleTimeout: 1s, memoryLimit: null, concurrency: auto }
monitoring: { ledger: true, textfile: null, otlp: null }
`;
const EXTENDED = {
  'team.yaml': 'onIncomplete: warn\n',
  'node_modules/@acme/code-guardian-config/package.json': '{}',
  'node_modules/@acme/code-guardian-config/code-guardian.yaml': 'bail: 9\n',
};

function repositoryWith(files: Readonly<Record<string, string>> = {}): TestRepository {
  const repository = createRepository();
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  return repository;
}

/** A repository whose commits are looked at, with files staged. */
function hooked(files: Readonly<Record<string, string>>): TestRepository {
  const repository = repositoryWith(files);
  addHooks(repository);
  repository.git('add', '--all');
  return repository;
}

const commit = (repository: TestRepository, env: NodeJS.ProcessEnv = {}): Ran =>
  repository.tryGit(['commit', '--quiet', '--message', 'x'], { env });

describe('config show', () => {
  it('prints what holds to stdout, and reads back as the config it is', async () => {
    const repository = repositoryWith({ [FILE]: EXAMPLE, ...EXTENDED });
    const shown = await repository.guardian(['config', 'show']);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(join(repository.top, FILE), shown.stdout);
    expect(await repository.guardian(['config', 'show'])).toEqual(shown);
  });

  it('with --origins says who set each value', async () => {
    const repository = repositoryWith({ [FILE]: EXAMPLE.replace('bail: 0', '').replace('onIncomplete: block', ''), ...EXTENDED });
    const { code, stdout, stderr } = await repository.guardian(['config', 'show', '--origins'], {
      env: { CI: '1', CODE_GUARDIAN_PERFORMANCE_MAX_FILE_SIZE: '1MiB', CODE_GUARDIAN_FAIL_FAST: 'false' },
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        'failFast: false # env',
        `failOn: medium # environment:ci (${FILE})`,
        'bail: 9 # package:@acme/code-guardian-config/code-guardian.yaml',
        'onIncomplete: warn # repository:team.yaml',
        '  focused-test: error # preset:web',
        `  generic-secret: [ error, { minEntropy: 3.5 } ] # repository:${FILE}`,
        '  maxFileSize: 1MiB # env',
        `  timeout: 60s # repository:${FILE}`,
      ]),
    );
  });

  it('takes the overlay that CODE_GUARDIAN_ENV names', async () => {
    const repository = repositoryWith({ [FILE]: EXAMPLE, ...EXTENDED });
    const show = async (env: NodeJS.ProcessEnv): Promise<unknown> =>
      JSON.parse((await repository.guardian(['config', 'show', '--format', 'json'], { env })).stdout);
    expect(await show({})).toMatchObject({ failOn: 'high', bail: 0 });
    expect(await show({ CI: 'true' })).toMatchObject({ failOn: 'medium', bail: 0 });
    expect(await show({ CI: 'true', CODE_GUARDIAN_ENV: 'production' })).toMatchObject({ failOn: 'high', bail: 1 });
  });
});

describe('config check', () => {
  it('is content with all that the contract shows', async () => {
    const repository = repositoryWith({ [FILE]: EXAMPLE, ...EXTENDED });
    expect(await repository.guardian(['config', 'check'])).toEqual({
      code: 0,
      stdout: `config is valid: team.yaml, @acme/code-guardian-config/code-guardian.yaml, ${FILE}\n`,
      stderr: '',
    });
  });

  it('tells every mistake at once on stderr, with its place and what is nearest', async () => {
    const repository = repositoryWith({ [FILE]: 'failfast: true\nrules:\n  debuger: warn\nfailOn: hgh\n' });
    const { code, stdout, stderr } = await repository.guardian(['config', 'check']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      `code-guardian: ${FILE}:1:1: unknown key failfast; did you mean failFast?`,
      `${FILE}:3:3: unknown rule rules.debuger; did you mean debugger?`,
      `${FILE}:4:9: failOn: "hgh" is not one of critical, high, medium, low, info; did you mean high?`,
    ]);
  });

  it('runs nothing: a program is told of, and a program to extend is a mistake', async () => {
    const ran = 'require("fs").writeFileSync("ran", "")';
    const repository = repositoryWith({
      '.code-guardianrc.js': ran,
      '.config/config.js': ran,
      'node_modules/acme/package.json': '{"main": "index.js"}',
      'node_modules/acme/index.js': ran,
    });
    const { code, stdout, stderr } = await repository.guardian(['config', 'check']);
    expect([code, stdout]).toEqual([0, 'config is valid: no file; using the defaults\n']);
    expect(stderr).toContain('.code-guardianrc.js is ignored');
    repository.write(FILE, 'extends: acme\n');
    const refused = await repository.guardian(['config', 'check']);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`${FILE}:1:10: extends: acme/index.js is not .json`) });
    expect(existsSync(join(repository.top, 'ran'))).toBe(false);
  });

  it('warns of a variable that is none, and stops at a value that does not parse', async () => {
    const { code, stdout, stderr } = await repositoryWith().guardian(['config', 'check'], { env: { CODE_GUARDIAN_FALI_ON: 'low' } });
    expect([code, stdout]).toEqual([0, 'config is valid: no file; using the defaults\n']);
    expect(stderr).toContain('did you mean CODE_GUARDIAN_FAIL_ON?');
    expect(await repositoryWith().guardian(['config', 'check'], { env: { CODE_GUARDIAN_BAIL: 'some' } })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('CODE_GUARDIAN_BAIL: expected a whole number from 0, got "some"'),
    });
  });
});

describe('config schema', () => {
  it('is JSON on stdout, the same that the package holds, and strict', async () => {
    const repository = repositoryWith();
    const { code, stdout, stderr } = await repository.guardian(['config', 'schema']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(readFileSync(new URL('../../dist/schema.json', import.meta.url), 'utf8'));
    const { properties, additionalProperties } = JSON.parse(stdout) as {
      properties: Record<string, unknown>;
      additionalProperties: unknown;
    };
    expect(additionalProperties).toBe(false);
    const promised = [...EXAMPLE.matchAll(/^(\w+):/gm)].map(([, key]) => key!);
    expect(Object.keys(properties).toSorted()).toEqual([...promised, '$schema', 'enforce'].toSorted());
  });
});

describe('config init', () => {
  it('writes a config that is valid, once', async () => {
    const repository = repositoryWith({ 'a/b': '' });
    const cwd = join(repository.top, 'a');
    expect(await repository.guardian(['config', 'init'], { cwd })).toEqual({ code: 0, stdout: `Wrote ${FILE}\n`, stderr: '' });
    const text = readFileSync(join(repository.top, FILE), 'utf8');
    expect(await repository.guardian(['config', 'check'], { cwd })).toMatchObject({ code: 0, stdout: `config is valid: ${FILE}\n` });
    expect(await repository.guardian(['config', 'init'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(FILE) });
    expect(readFileSync(join(repository.top, FILE), 'utf8')).toBe(text);
  });

  it('minds no package.json that only names us', async () => {
    const repository = repositoryWith({ 'package.json': '{"peerDependenciesMeta": {"code-guardian": {"optional": true}}}' });
    expect(await repository.guardian(['config', 'init'])).toMatchObject({ code: 0 });
  });
});

describe('a commit', () => {
  const LEFTOVER = { 'a.js': 'debugger;\n' };

  it('is judged by the config that is staged, not by an edit that is not', () => {
    const repository = hooked({ [FILE]: 'rules: { debugger: error }\n', 'b.js': '' });
    expect(commit(repository).code).toBe(0);
    repository.write('a.js', '// TODO: more\n');
    repository.write(FILE, 'rules: { debugger: error, todo-comment: error }\n');
    repository.git('add', 'a.js');
    expect(commit(repository).code).toBe(0);
    repository.write('b.js', '// TODO: more\n');
    repository.git('add', '--all');
    repository.write(FILE, 'rules: { debugger: error }\n');
    expect(commit(repository)).toMatchObject({ code: 1, stderr: expect.stringContaining('todo-comment') });
  });

  it('by the config of the commit before, when it stages none', () => {
    const repository = hooked({ [FILE]: 'extends: ./team.yaml\n', 'team.yaml': 'rules: { debugger: off }\n' });
    expect(commit(repository).code).toBe(0);
    repository.write('a.js', LEFTOVER['a.js']);
    repository.write('team.yaml', 'broken\n');
    repository.git('add', 'a.js');
    expect(commit(repository).code).toBe(0);
  });

  it('by the config that a staged link leads to', () => {
    const repository = repositoryWith({ 'shared/guardian.yaml': 'rules: { debugger: off }\n' });
    addHooks(repository);
    symlinkSync('shared/guardian.yaml', join(repository.top, FILE));
    repository.git('add', '--all');
    expect(commit(repository).code).toBe(0);
    repository.write('a.js', LEFTOVER['a.js']);
    repository.git('add', '--all');
    expect(commit(repository).code).toBe(0);
  });

  it.each([
    ['.code-guardianrc.yaml', 'rules:\n  debuger: off\n', '.code-guardianrc.yaml:2:3: unknown rule rules.debuger; did you mean debugger?'],
    ['.code-guardianrc.json', '{\n  "failOn": "hgh"\n}', '.code-guardianrc.json:2:13: failOn: "hgh" is not one of'],
    ['package.json', '{\n  "code-guardian": { "failon": "low" }\n}', 'package.json:2:22: unknown key failon; did you mean failOn?'],
    ['.code-guardianrc.yml', 'extends: ./team.yaml\n', '.code-guardianrc.yml:1:10: extends: no file team.yaml in the index'],
  ])('with a broken %s staged does not pass, and the mistake is pointed at', (name, text, said) => {
    const repository = hooked({ 'a.txt': 'fine\n', [name]: text });
    const { code, stderr } = commit(repository);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
    expect(repository.spawnGuardian(['hook', 'pre-commit']).code).toBe(2);
    expect(repository.tryGit(['rev-parse', '--verify', '--quiet', 'HEAD']).code).not.toBe(0);
  });

  it('hears variables', () => {
    const repository = hooked(LEFTOVER);
    expect(commit(repository, { CODE_GUARDIAN_FAIL_ON: 'hgh' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('CODE_GUARDIAN_FAIL_ON: "hgh"'),
    });
    expect(commit(repository, { CODE_GUARDIAN_FAIL_FAST: 'false' }).code).toBe(0);
  });
});

describe('without a config', () => {
  /** Names of the built files that a hook loads. */
  async function loadedBy(repository: TestRepository): Promise<string[]> {
    const folder = createFolder();
    const [probe, answer] = [join(folder, 'probe.cjs'), join(folder, 'answer.json')];
    writeFileSync(
      probe,
      `const vm = require('vm');
       const names = [];
       vm.Script = class extends vm.Script {
         constructor(source, options) {
           super(source, options);
           names.push(options.filename);
         }
       };
       process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(answer)}, JSON.stringify(names)));`,
    );
    const { code } = repository.spawnGuardian(['hook', 'pre-commit'], { env: preloaded(probe) });
    expect(code).toBe(0);
    return (JSON.parse(readFileSync(answer, 'utf8')) as string[]).map((file) => basename(file));
  }

  it('a hook loads nothing that reads or checks one', async () => {
    const repository = repositoryWith({ 'package.json': '{"devDependencies": {"code-guardian": "^0.1.0"}}' });
    repository.git('add', '--all');
    const without = await loadedBy(repository);
    expect(without).toContain('start.cjs');
    expect(without.filter((name) => ['layers.cjs', 'yaml.cjs'].includes(name))).toEqual([]);

    repository.write(FILE, 'failOn: low\n');
    repository.git('add', '--all');
    const withOne = await loadedBy(repository);
    expect(withOne).toContain('layers.cjs');
    expect(withOne).toContain('yaml.cjs');
    expect(withOne.length).toBeLessThanOrEqual(without.length + 2);
  });
});
