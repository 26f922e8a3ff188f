import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { FORMATS } from '../../src/report/formats/formats.ts';
import { runInProcess } from '../support/host.ts';
import { movedPackage } from '../support/installation.ts';
import { startReceiver } from '../support/otlp-receiver.ts';
import { BIN, createFolder, createRepository, preloaded, type Ran, type TestRepository } from '../support/repository.ts';
import { letters, privateKey, stripeKey } from '../support/secrets.ts';
import { ask, openSocket, startService } from '../support/service.ts';

/** A secret as a provider makes them. */
const CANARY = stripeKey('canary');
/** A password that looks like nothing, in a URL. */
const PASSWORD = letters(11, 'canary');
const CREDENTIALS = `https://ada:${PASSWORD}@forge.example/team/app.git`;

/** All ways in which a value may be written. A part of it is one too. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  // Base64 of a longer text, wherever the value begins in it.
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  return [
    value,
    value.slice(8),
    value.slice(0, -3),
    bytes.toString('hex'),
    ...base64,
    encodeURIComponent(value),
    value.split('').toReversed().join(''),
  ];
}

const TELLING = [...spellings(CANARY), PASSWORD, ...spellings(PASSWORD).filter((spelling) => spelling.length > 9)];

/** Everything that was written anywhere, by who wrote it. */
interface Writings {
  readonly add: (name: string, text: string) => void;
  readonly addRan: (name: string, ran: Ran) => Ran;
  readonly addFiles: (name: string, folder: string) => void;
  /** Names of the writings that give the secret away. */
  readonly leaks: () => string[];
  readonly count: () => number;
}

function collect(): Writings {
  const all: [name: string, text: string][] = [];
  const writings: Writings = {
    add: (name, text) => void all.push([name, text]),
    addRan(name, ran) {
      all.push([`${name}: stdout`, ran.stdout], [`${name}: stderr`, ran.stderr]);
      return ran;
    },
    addFiles(name, folder) {
      for (const file of existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []) {
        if (lstatSync(join(folder, file)).isFile())
          all.push([`${name}: ${file}`, `${file}\n${readFileSync(join(folder, file), 'latin1')}`]);
      }
    },
    leaks: () =>
      all.flatMap(([name, text]) => {
        const found = TELLING.find((spelling) => text.includes(spelling));
        return found === undefined ? [] : [`${name} … ${text.slice(Math.max(0, text.indexOf(found) - 80), text.indexOf(found) + 60)}`];
      }),
    count: () => all.length,
  };
  return writings;
}

/** One more report of every format, into this folder. */
const reportsIn = (folder: string): string[] => FORMATS.flatMap(({ name }) => ['--report', `${name}=${join(folder, name)}`]);

/** Every way to run a scan that says something of its own, besides reports: what a log says, and how an error is told. */
const WAYS: readonly (readonly string[])[] = [
  [],
  ['--verbose'],
  ['--quiet'],
  ['--log-format', 'json', '--log-level', 'trace'],
  ['--rule', 'debugger', '--verbose'],
];

/** The same where little but an error is told. */
const FEW: typeof WAYS = [['--format', 'json', '--log-format', 'json'], ['--verbose'], ['--rule', 'debugger']];

interface More {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** A repository, and a package of its own, so that all caches are ours. */
function situation(top = join(createFolder(), 'repository')) {
  const repository = createRepository({ top });
  const tool = movedPackage();
  // Without it doctor stops before it reads the config.
  cpSync(join(dirname(BIN), '../package.json'), join(tool.path, 'package.json'));
  const written = collect();
  const log = join(createFolder(), 'guardian.log');
  const base: NodeJS.ProcessEnv = { CODE_GUARDIAN_LOGGING_FILE: log, CODE_GUARDIAN_LOGGING_LEVEL: 'trace' };
  const surroundings = ({ env = {}, input = '' }: More) => ({
    cwd: repository.top,
    env: { ...repository.env, ...base, ...env },
    input,
  });
  const add = (name: string, args: readonly string[], ran: Ran): Ran =>
    written.addRan(`${name}: ${args.join(' ').replaceAll(CANARY, 'CANARY').replaceAll(PASSWORD, 'PASSWORD')}`, ran);
  const run = async (name: string, args: readonly string[], more: More = {}): Promise<Ran> =>
    add(name, args, await runInProcess((host) => main(args, host), surroundings(more)));
  const spawn = (name: string, args: readonly string[], more: More = {}): Ran => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(tool.path, 'dist/bin.cjs'), ...args], {
      ...surroundings(more),
      encoding: 'utf8',
    });
    return add(name, args, { code: status, stdout, stderr });
  };
  const report = async (name: string, args: readonly string[], more: More = {}): Promise<void> => {
    const folder = createFolder();
    const { code } = await run(name, [...args, '--verbose', '--format', 'json', ...reportsIn(folder)], more);
    if (code !== 2) expect(readdirSync(folder)).toHaveLength(FORMATS.length);
    written.addFiles(`${name}: report`, folder);
  };
  return {
    repository,
    written,
    bin: join(tool.path, 'dist/bin.cjs'),
    /** In this process. */
    run,
    /** The built command. */
    spawn,
    /** The first way by the built command, the others and the reports of all formats in this process. */
    async everyWay(name: string, args: readonly string[], more: More = {}, ways = WAYS): Promise<void> {
      const [first = [], ...others] = ways;
      spawn(name, [...args, ...first], more);
      for (const way of others) await run(name, [...args, ...way], more);
      if (ways === WAYS) await report(name, args, more);
    },
    report,
    /** What is left behind: in the git directory, in the log, beside the program. */
    async expectNoLeak(): Promise<void> {
      await run('afterwards', ['stats']);
      await run('afterwards', ['stats', '--format', 'json']);
      await run('afterwards', ['metrics']);
      await run('afterwards', ['metrics', '--textfile', 'metrics.prom']);
      written.add('metrics.prom', readFileSync(join(repository.top, 'metrics.prom'), 'utf8'));
      written.add('log', readFileSync(log, 'utf8'));
      written.addFiles('git directory', join(repository.top, '.git/code-guardian'));
      written.addFiles('package', join(tool.path, 'dist'));
      // What V8 has compiled is kept beside the program.
      expect(readdirSync(join(tool.path, 'dist/chunks/.cache'))).not.toEqual([]);
      expect(written.leaks()).toEqual([]);
      expect(written.count()).toBeGreaterThan(20);
    },
  };
}

function stage({ write, git }: TestRepository, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) write(path, content);
  git('add', '--all');
}

it('in a file: on a line of its own, beside something else that is found, in a key, encoded', async () => {
  const here = situation();
  stage(here.repository, {
    'a.js': `const key = "${CANARY}";\n`,
    'b.js': `debugger; const key = "${CANARY}"; // TODO: ${CANARY}\nconsole.log("${CANARY}");\n`,
    'c.txt': `<<<<<<< ${CANARY}\n=======\n>>>>>>> ${CANARY}\n`,
    'd.txt': `data: ${Buffer.from(`key = ${CANARY}`).toString('base64')}\nurl: ${CREDENTIALS}\n${privateKey()}\n`,
    'e.js': `// code-guardian:ignore stripe-key -- ${CANARY}\nx("${CANARY}"); // code-guardian:ignore -- see ${CANARY}\n`,
  });
  await here.everyWay('file', ['scan']);
  await here.everyWay('file', ['hook', 'pre-commit']);
  await here.everyWay('file', ['scan', '.']);
  await here.everyWay('file', ['scan', '--stdin'], { input: `key: ${CANARY}\n` });
  await here.run('file', ['baseline', 'create', '--reason', 'known']);
  here.written.add('baseline', readFileSync(join(here.repository.top, '.code-guardian-baseline.json'), 'utf8'));
  await here.expectNoLeak();
});

it('in a message', async () => {
  const here = situation();
  here.repository.write('message', `Use ${CANARY}\n\nCo-authored-by: ${CREDENTIALS}\n`);
  await here.everyWay('message', ['hook', 'commit-msg', 'message']);
  stage(here.repository, { 'a.js': 'x\n' });
  here.repository.git('commit', '--quiet', '--message', `Use ${CANARY}`);
  await here.everyWay('message', ['scan', '--history']);
  await here.everyWay('message', ['hook', 'pre-push', 'origin', CREDENTIALS], { input: pushLine(here.repository, 'main') });
  await here.expectNoLeak();
});

it('in a config: a value, a key, a name that it extends, a pattern, a reason, and one that cannot be parsed', async () => {
  const here = situation();
  const configs: readonly (readonly [name: string, text: string])[] = [
    ['value', `failOn: ${CANARY}\n`],
    ['key', `${CANARY}: 1\n`],
    ['rule', `rules: { ${CANARY}: off }\n`],
    ['extends', `extends: ./${CANARY}.yaml\n`],
    ['package', `extends: '@acme/${CANARY}'\n`],
    ['words', `ignore: { words: ['${CANARY}'], values: ['${CANARY}'], paths: ['${CANARY}'] }\n`],
    ['pattern', `customRules: [{ id: acme-key, keywords: [sk_live], pattern: '(${CANARY})+', message: 'see ${CANARY}' }]\n`],
    ['broken pattern', `customRules: [{ id: acme-key, keywords: [sk_live], pattern: '(${CANARY}', message: m }]\n`],
    ['syntax', `failOn: [${CANARY}\n`],
    ['otlp', `monitoring: { otlp: '${CREDENTIALS}' }\n`],
    ['baseline', `baseline: ${CANARY}.json\n`],
    ['log file', `logging: { file: 'nowhere/${CANARY}.log' }\n`],
  ];
  for (const [name, text] of configs) {
    stage(here.repository, { '.code-guardianrc.yaml': text, 'a.js': `debugger; x = "${CANARY}"\n` });
    await here.everyWay(`config, ${name}`, ['scan'], {}, FEW);
    await here.run(`config, ${name}`, ['config', 'check']);
    await here.run(`config, ${name}`, ['config', 'show', '--origins']);
    await here.run(`config, ${name}`, ['config', 'show', '--format', 'json']);
    await here.run(`config, ${name}`, ['doctor']);
    await here.run(`config, ${name}`, ['doctor', '--format', 'json']);
    await here.run(`config, ${name}`, ['scan', '--config', '.code-guardianrc.yaml']);
  }
  here.repository.git('rm', '--quiet', '--cached', '.code-guardianrc.yaml');
  await here.run('config, name', ['scan', '--config', `${CANARY}.yaml`]);
  await here.expectNoLeak();
});

it('in the environment', async () => {
  const here = situation();
  stage(here.repository, { 'a.js': `debugger; x = "${CANARY}"\n` });
  const variables: readonly NodeJS.ProcessEnv[] = [
    { SECRET: CANARY, NPM_TOKEN: CANARY },
    { CODE_GUARDIAN_FAIL_ON: CANARY },
    { CODE_GUARDIAN_SKIP: CANARY },
    { CODE_GUARDIAN_ENV: CANARY },
    { [`CODE_GUARDIAN_${CANARY.toUpperCase()}`]: '1' },
    { CODE_GUARDIAN_RULES: `{"${CANARY}":"off"}` },
    { CODE_GUARDIAN_ORG_CONFIG: `/nowhere/${CANARY}.yaml` },
    { CODE_GUARDIAN_LOGGING_FILE: `/nowhere/${CANARY}.log` },
    { CODE_GUARDIAN_MONITORING_OTLP: CREDENTIALS },
    { TRACEPARENT: CANARY },
    { GIT_DIR: `/nowhere/${CANARY}` },
    { OTEL_EXPORTER_OTLP_HEADERS: `authorization=${CANARY}` },
  ];
  for (const [i, env] of variables.entries()) await here.everyWay(`environment ${i}`, ['scan'], { env }, FEW);
  await here.run('environment', ['config', 'show'], {
    env: { CODE_GUARDIAN_IGNORE_WORDS: CANARY, CODE_GUARDIAN_MONITORING_OTLP: CREDENTIALS },
  });
  await here.run('environment', ['doctor', '--format', 'json'], { env: { SECRET: CANARY, CODE_GUARDIAN_FAIL_ON: CANARY } });
  await here.expectNoLeak();
});

function pushLine({ git }: TestRepository, branch: string): string {
  return `refs/heads/${branch} ${git('rev-parse', 'HEAD').trim()} refs/heads/${branch} ${'0'.repeat(40)}\n`;
}

it('in the URL of a remote, and in the name of a branch, a tag and a remote', async () => {
  const here = situation();
  const { repository } = here;
  const branch = `fix/${CANARY}`;
  stage(repository, { 'a.js': `debugger; x = "${CANARY}"\n` });
  repository.git('commit', '--quiet', '--message', 'one');
  repository.git('checkout', '--quiet', '-b', branch);
  repository.git('tag', '--annotate', '--message', `See ${CANARY}`, `v-${CANARY}`);
  repository.git('remote', 'add', 'origin', CREDENTIALS);
  repository.git('remote', 'add', CANARY, CREDENTIALS);
  const input = pushLine(repository, branch) + pushLine(repository, 'main').replaceAll('heads', 'tags');
  for (const remote of ['origin', CANARY, CREDENTIALS]) await here.everyWay('push', ['hook', 'pre-push', remote, CREDENTIALS], { input });
  await here.everyWay('push of nothing that is', ['hook', 'pre-push', 'origin', CREDENTIALS], {
    input: `${branch} ${'1'.repeat(40)} ${branch} ${'2'.repeat(40)}\n`,
  });
  await here.everyWay('push of no line', ['hook', 'pre-push', 'origin', CREDENTIALS], { input: `${CANARY}\n` });
  await here.everyWay('range', ['scan', '--range', `main..${branch}`]);
  await here.everyWay('range of nothing', ['scan', '--range', `main..${CANARY}`]);
  await here.run('doctor', ['doctor']);
  await here.expectNoLeak();
});

it('in the name of a file and of a folder: found, too large, ignored, not there', async () => {
  const here = situation();
  const { repository } = here;
  stage(repository, {
    [`keys/${CANARY}.js`]: 'debugger;\n',
    [`${CANARY}/a.js`]: `const key = "${CANARY}";\n`,
    [`${CANARY}.env`]: 'A=1\n',
    [`big-${CANARY}.js`]: 'x\n'.repeat(2000),
    [`old-${CANARY}/b.js`]: 'x // code-guardian:ignore -- nothing here\n',
  });
  const odd = Buffer.concat([Buffer.from(`${repository.top}/${CANARY}`), Buffer.of(0xff)]);
  writeFileSync(odd, 'debugger;\n');
  repository.git('add', '--all');
  const env = { CODE_GUARDIAN_PERFORMANCE_MAX_FILE_SIZE: '1KiB', CODE_GUARDIAN_IGNORE_PATHS: 'old-*' };
  await here.everyWay('file name', ['scan'], { env });
  await here.everyWay('file name', ['hook', 'pre-commit'], { env });
  await here.everyWay('file name', ['scan', '.'], { env });
  await here.everyWay('file name', ['scan', '--all'], { env });
  await here.everyWay('file name', ['scan', `${CANARY}/a.js`], {}, FEW);
  await here.everyWay('file name', ['scan', `nowhere/${CANARY}`], {}, FEW);
  await here.everyWay('file name', ['scan', '--baseline', `${CANARY}.json`], {}, FEW);
  await here.everyWay('file name', ['scan', '--output', `nowhere/${CANARY}`], {}, FEW);
  await here.everyWay('file name', ['scan', '--stdin', '--stdin-filename', `${CANARY}.js`], { input: 'debugger;\n' });
  await here.everyWay('file name', ['scan', `--${CANARY}`], {}, FEW);
  await here.run('file name', [CANARY]);
  await here.run('file name', ['rules', 'explain', CANARY]);
  await here.run('file name', ['baseline', 'create', '--reason', 'known']);
  await here.run('file name', ['baseline', 'audit']);
  here.written.add('baseline', readFileSync(join(repository.top, '.code-guardian-baseline.json'), 'utf8'));
  const { stdout } = await here.run('file name', ['scan', '--format', 'json', '--baseline', 'none.json']);
  expect(stdout).not.toContain(CANARY);
  await here.expectNoLeak();
});

it('a secret in the name of a file is a finding of its own', async () => {
  const { repository, run } = situation();
  stage(repository, { [`keys/${CANARY}.txt`]: 'nothing\n' });
  const { code, stdout } = await run('name', ['scan', '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'blocked',
    findings: [
      { rule: 'stripe-key', path: 'keys/sk_live_…[32].txt', line: 0, message: expect.stringContaining('in the name of the file') },
    ],
  });
  expect(code).toBe(1);
  repository.git('commit', '--quiet', '--message', 'x');
  stage(repository, { [`keys/${CANARY}.txt`]: 'other\n' });
  // The change does not bring the name.
  expect((await run('name', ['scan', '--format', 'json'])).code).toBe(0);
});

it('in a crash', async () => {
  const here = situation();
  stage(here.repository, { 'a.js': 'x\n' });
  const message = `${CANARY} ${CREDENTIALS}`;
  for (const env of [{}, { CODE_GUARDIAN_LOGGING_LEVEL: 'info' }]) {
    const broken = vi.spyOn(Buffer.prototype, 'indexOf').mockImplementation(() => {
      throw new Error(message);
    });
    for (const way of WAYS) expect((await here.run('crash', ['scan', ...way], { env })).code).toBe(2);
    await here.report('crash', ['scan'], { env });
    broken.mockRestore();
  }
  // What nobody catches ends the process, whatever a run was asked for.
  const probe = join(createFolder(), 'broken.cjs');
  for (const script of [
    `Buffer.prototype.indexOf = () => { throw new Error('${message}'); };`,
    `setTimeout(() => { throw new Error('${message}'); }, 20);`,
    `setTimeout(() => { Promise.reject(new Error('${message}')); }, 20);`,
  ]) {
    writeFileSync(probe, script);
    for (const env of [{}, { CODE_GUARDIAN_LOGGING_LEVEL: 'info' }])
      for (const way of FEW) here.spawn('crash', ['scan', ...way], { env: { ...env, ...preloaded(probe) } });
  }
  await here.expectNoLeak();
});

it('in what a receiver of OTLP gets, and what is left for it', async () => {
  const here = situation();
  const { repository } = here;
  const receiver = await startReceiver();
  repository.write('../home/.config/code-guardian/config.json', JSON.stringify({ monitoring: { otlpHeaders: { 'x-token': 'env:SENT' } } }));
  expect(here.spawn('install', ['install']).code).toBe(0);
  repository.git('symbolic-ref', 'HEAD', `refs/heads/fix/${CANARY}`);
  repository.git('remote', 'add', 'origin', CREDENTIALS);
  const log = join(createFolder(), 'guardian.log');
  const env = { ...repository.env, SENT: CANARY, CODE_GUARDIAN_MONITORING_OTLP: receiver.url, CODE_GUARDIAN_LOGGING_FILE: log };
  const commit = (name: string, message: string, more: NodeJS.ProcessEnv = {}): number | null =>
    here.written.addRan(name, repository.tryGit(['commit', '--quiet', '--message', message], { env: { ...env, ...more } })).code;

  stage(repository, { [`${CANARY}.js`]: `debugger; const key = "${CANARY}";\n` });
  expect(commit('blocked by its text', `Use ${CANARY}`)).toBe(1);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3), { timeout: 15_000 });
  expect(receiver.received.every(({ headers }) => headers['x-token'] === CANARY)).toBe(true);
  repository.git('rm', '--quiet', '--force', `${CANARY}.js`);
  stage(repository, { 'a.js': 'fine\n' });
  expect(commit('blocked by its message', `Use ${CANARY}`)).toBe(1);
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(6), { timeout: 15_000 });
  here.written.add('what was sent', JSON.stringify(receiver.received.map(({ path, body }) => [path, body])));

  // A receiver that is not there: runs stay in the outbox, and why is told.
  const [nowhere, impatient] = ['http://127.0.0.1:9', { OTEL_EXPORTER_OTLP_TIMEOUT: '500' }];
  expect(commit('not sent', 'fine', { ...impatient, CODE_GUARDIAN_MONITORING_OTLP: nowhere })).toBe(0);
  const folder = join(repository.top, '.git/code-guardian');
  const outboxes = await vi.waitFor(
    () => {
      const texts = readdirSync(folder).flatMap((name) => (/^outbox\.\d/.test(name) ? readFileSync(join(folder, name), 'utf8') : []));
      expect(texts).not.toEqual([]);
      expect(texts.filter((text) => !text.includes(nowhere))).toEqual([]);
      return texts;
    },
    { timeout: 15_000 },
  );
  here.written.add('outbox', outboxes.join(''));
  // In a git directory of its own: hooks may still be publishing from theirs.
  const other = createRepository();
  for (const level of ['info', 'trace']) {
    other.write('.git/code-guardian/outbox.jsonl', outboxes[0]!);
    const env = { ...impatient, SENT: CANARY, CODE_GUARDIAN_LOGGING_LEVEL: level };
    const failed = here.spawn('publish', ['publish', join(other.top, '.git')], { env });
    expect([failed.code, failed.stderr]).toEqual([2, expect.stringContaining('cannot publish runs')]);
  }
  here.written.addFiles('outbox', join(other.top, '.git/code-guardian'));
  await here.run('headers', ['config', 'check'], { env: { SENT: CANARY } });
  await here.run('headers', ['config', 'show', '--origins'], { env: { SENT: CANARY } });
  for (const headers of [`{"x-token":"${CANARY}"}`, `x-token=${CANARY}`, `{"${CANARY}":"env:SENT"}`]) {
    await here.run('headers', ['config', 'check'], { env: { CODE_GUARDIAN_MONITORING_OTLP_HEADERS: headers } });
    await here.everyWay('headers', ['scan'], { env: { CODE_GUARDIAN_MONITORING_OTLP_HEADERS: headers } }, FEW);
  }
  here.written.add('its log', readFileSync(log, 'utf8'));
  await here.expectNoLeak();
});

it('in what a service answers and logs', async () => {
  const here = situation(join(createFolder(), CANARY, 'repository'));
  const { repository, bin } = here;
  stage(repository, { [`${CANARY}.js`]: `debugger; const key = "${CANARY}";\n` });
  repository.git('remote', 'add', 'origin', CREDENTIALS);
  for (const format of ['pretty', 'json']) await here.run('recorded', ['scan', '--format', format]);
  const folder = join(createFolder(), CANARY);
  mkdirSync(folder);
  const args = ['--log-level', 'trace', '--log-format', 'json', '--log-file', join(folder, 'serve.log')];
  const service = await startService(repository, args, { bin, env: { CODE_GUARDIAN_SERVE_TOKEN: CANARY } });
  const headers = { authorization: `Bearer ${CANARY}`, traceparent: CANARY, 'user-agent': CANARY };
  const askFor = async (name: string, path: string, more: Readonly<Record<string, string>> = {}): Promise<void> => {
    const answer = await ask(service, path, { headers: { ...headers, accept: 'application/openmetrics-text', ...more } });
    // After a burst of 50, ten a second are answered.
    expect(answer.status).not.toBe(429);
    here.written.add(`${name}: ${path.replaceAll(CANARY, 'CANARY')}`, JSON.stringify(answer));
  };
  const paths = ['/', '/livez', '/readyz', '/metrics', `/${CANARY}`, `/metrics?${CANARY}`];
  const refused = [{ authorization: `Bearer ${CANARY}_` }, { host: `${CANARY}.example` }];
  const askAll = async (name: string, refusedPaths = ['/metrics']): Promise<void> => {
    for (const path of paths) await askFor(name, path);
    for (const path of refusedPaths) for (const more of refused) await askFor(name, path, more);
  };

  await askAll('as it should be', paths);
  here.written.add('no HTTP', await openSocket(service.port, `${CANARY}\r\n\r\n`).answer);
  repository.write('.code-guardianrc.yaml', `failOn: ${CANARY}\n`);
  await askAll('a broken config');
  repository.write('.code-guardianrc.yaml', `baseline: ${CANARY}\n`);
  renameSync(join(repository.top, '.git/code-guardian'), join(repository.top, '.git/away'));
  repository.write('.git/code-guardian', '');
  await askAll('a ledger that cannot be written');
  renameSync(join(repository.top, '.git/HEAD'), join(repository.top, '.git/HEAD.away'));
  await askAll('a git that does not answer');
  here.written.add('log file', readFileSync(join(folder, 'serve.log'), 'utf8'));
  renameSync(folder, `${folder}-away`);
  await askAll('a log that cannot be written');
  service.process.kill('SIGTERM');
  await service.ended;
  expect(service.stderr()).toMatch(/"check":"ledger","detail":"ENOTDIR[^]*ENOENT/);
  here.written.add('its stderr', service.stderr());
  here.written.add('its stdout', service.stdout());
  renameSync(join(repository.top, '.git/HEAD.away'), join(repository.top, '.git/HEAD'));
  repository.git('rm', '--quiet', '--force', '--cached', `${CANARY}.js`);
  expect(here.written.leaks()).toEqual([]);
});

it('this test would see it', () => {
  const folder = createFolder();
  for (const [i, spelling] of TELLING.entries()) {
    const written = collect();
    mkdirSync(join(folder, String(i)));
    writeFileSync(join(folder, String(i), 'file'), `.. ${spelling} ..`);
    written.addFiles('files', join(folder, String(i)));
    expect(written.leaks()).toHaveLength(1);
  }
  const written = collect();
  written.addRan('run', { code: 0, stdout: '', stderr: `${dirname('/a/b')} sk_live_…[32] https://…@forge.example` });
  expect(written.leaks()).toEqual([]);
  for (let before = 0; before < 6; before++) {
    const encoded = collect();
    encoded.add('base64', Buffer.from(`${'x'.repeat(before)}${CANARY} and more`).toString('base64'));
    expect(encoded.leaks()).toHaveLength(1);
  }
});
