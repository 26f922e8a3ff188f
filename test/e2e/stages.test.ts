import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { startAdvisoryRegistry } from '../support/advisory-registry.ts';
import { linkEslint, SARIF_FORMATTER } from '../support/eslint.ts';
import { startReceiver } from '../support/otlp-receiver.ts';
import { createPair, type PushPair, writeHook } from '../support/push.ts';
import { BIN, createFolder, createRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { SARIF_OF_NOTHING, writeScanner } from '../support/scanner.ts';
import { stripeKey } from '../support/secrets.ts';

const CONFIG = '.code-guardianrc.yaml';
const LEFTOVER = 'debugger;\n';

type Files = Readonly<Record<string, string>>;

/** A hooked repository with files of its first commit, whose stages are allowed. */
async function started(config: string, files: Files = {}, { allows = true } = {}): Promise<TestRepository> {
  const repository = addHooks(createRepository());
  write(repository, { [CONFIG]: config, '.gitignore': 'node_modules\n', ...files });
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--no-verify', '--message', 'start');
  if (allows) expect(await repository.guardian(['stages', 'allow'])).toMatchObject({ code: 0 });
  return repository;
}

function write(repository: TestRepository, files: Files): void {
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
}

function stage(repository: TestRepository, files: Files): void {
  write(repository, files);
  repository.git('add', '--', ...Object.keys(files));
}

interface Said {
  readonly code: number | null;
  /** On one line: the report is set for people. */
  readonly said: string;
}

function flat({ code, stdout, stderr }: Ran): Said {
  return { code, said: (stdout + stderr).replace(/\s+/g, ' ') };
}

/** A real `git commit` of what is staged. */
function commit(repository: TestRepository, env: NodeJS.ProcessEnv = {}): Said {
  return flat(repository.tryGit(['commit', '--quiet', '--message', 'x'], { env }));
}

interface Report {
  readonly verdict: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly path: string;
    readonly line: number;
    readonly severity: string;
    readonly commit?: string;
    readonly excerpt: string;
  }[];
  readonly suppressed: readonly { readonly rule: string; readonly by: string }[];
  readonly errors: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
  readonly stages?: readonly {
    readonly id: string;
    readonly status: string;
    readonly files: { readonly expected: number; readonly scanned: number };
  }[];
  readonly notices: readonly string[];
}

async function reported(
  repository: TestRepository,
  args: readonly string[] = ['--staged'],
  env: NodeJS.ProcessEnv = {},
): Promise<Report & { readonly code: number | null }> {
  const { code, stdout } = await repository.guardian(['scan', ...args, '--format', 'json'], { env });
  return { code, ...(JSON.parse(stdout) as Report) };
}

const places = ({ findings }: Report): string[] => findings.map(({ rule, path, line }) => `${rule} ${path}:${line}`);

describe('real ESLint, at a real commit', () => {
  const CONFIG_OF_ESLINT = 'export default [{ rules: { "no-eval": "error" } }];\n';
  const STAGES = `stages:
  - id: eslint
    command: [eslint, --no-warn-ignored, --format, '${SARIF_FORMATTER}', '{files}']
    paths: ['*.js']
    support: ['eslint.config.*', package.json, shared/**]
`;
  const BEFORE = 'eval("old");\nexport const one = 1;\n';

  async function project(files: Files = {}): Promise<TestRepository> {
    const repository = await started(STAGES, { 'eslint.config.mjs': CONFIG_OF_ESLINT, 'a.js': BEFORE, ...files });
    linkEslint(repository.top);
    return repository;
  }

  it.each<[what: string, staged: string, onDisk: string, blocks: boolean]>([
    ['finds what the index has and the work tree has not', `${BEFORE}eval("new");\n`, BEFORE, true],
    ['does not find what the work tree has and the index has not', `${BEFORE}export const two = 2;\n`, `${BEFORE}eval("new");\n`, false],
    ['does not report an unchanged line', `${BEFORE}export const two = 2;\n`, `${BEFORE}export const two = 2;\n`, false],
    ['finds what both have', `${BEFORE}eval("new");\n`, `${BEFORE}eval("new");\n`, true],
  ])('%s', async (_, staged, onDisk, blocks) => {
    const repository = await project();
    stage(repository, { 'a.js': staged });
    write(repository, { 'a.js': onDisk, 'untracked.js': 'eval("x");\n' });
    const { code, said } = commit(repository);
    if (blocks) expect(said).toMatch(/eslint\/no-eval · high a\.js:3:1 3 │ eval\("new"\);/);
    else expect(said).not.toContain('no-eval');
    expect(code).toBe(blocks ? 1 : 0);
    expect(readFileSync(join(repository.top, 'a.js'), 'utf8')).toBe(onDisk);
  });

  it('is configured by what is staged, with what that imports, and with packages of the work tree', async () => {
    const repository = await project({
      'eslint.config.mjs':
        'import rules from "./shared/rules.mjs";\nimport plugin from "eslint-plugin-local";\nexport default [{ plugins: { local: plugin }, rules }];\n',
      'shared/rules.mjs': 'export default { "local/no-two": "error" };\n',
    });
    mkdirSync(join(repository.top, 'node_modules/eslint-plugin-local'));
    write(repository, {
      'node_modules/eslint-plugin-local/index.js':
        'module.exports = { rules: { "no-two": { meta: {}, create: (context) => ({ Literal(node) { if (node.value === 2) context.report({ node, message: "two" }); } }) } } };\n',
      'shared/rules.mjs': 'export default {};\n',
    });
    stage(repository, { 'a.js': `${BEFORE}export const two = 2;\n` });
    expect(commit(repository)).toMatchObject({ code: 1, said: expect.stringMatching(/eslint\/local\/no-two · high a\.js:3:20/) });
  });

  it('that cannot parse a file has not looked at it', async () => {
    const repository = await project();
    stage(repository, { 'a.js': `${BEFORE}export const = ;\n` });
    expect(commit(repository)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/DETECTOR_FAILED What: stage eslint failed: it reports a failure/),
    });
  });
});

describe('results share', () => {
  /** What becomes of a staged line, by the config and the line. */
  const judge = async (config: string, line = 'BAD', path = 'a.txt', args: readonly string[] = []) => {
    const repository = await started(writeScanner().stage() + config, { [path]: 'BAD old\n' });
    stage(repository, { [path]: `BAD old\n${line}\n` });
    return { repository, report: await reported(repository, ['--staged', ...args]) };
  };

  it.each<[what: string, config: string, line: string, outcome: string]>([
    ['the severity that they have', '', 'BAD', 'block'],
    ['failOn', 'failOn: critical\n', 'BAD', 'warn'],
    ['the level of a rule', 'rules: { mine/bad: warn }\n', 'BAD', 'warn'],
    ['the level of the stage', 'rules: { mine: warn }\n', 'BAD', 'warn'],
    ['a rule that is off', 'rules: { mine/bad: off }\n', 'BAD', 'none'],
    ['overrides', 'overrides: [{ files: ["*.txt"], rules: { mine: off } }]\n', 'BAD', 'none'],
    ['ignored paths', 'ignore: { paths: ["*.txt"] }\n', 'BAD', 'none'],
    ['our comments', '', 'BAD # code-guardian:ignore mine/bad -- why', 'suppressed'],
    ['markers of scanners', '', 'BAD # nosemgrep', 'suppressed'],
  ])('%s', async (_, config, line, outcome) => {
    const { report } = await judge(config, line);
    const found = report.findings.map((finding) => (finding as unknown as { outcome: string }).outcome);
    expect({ found, suppressed: report.suppressed.length, errors: report.errors }).toEqual({
      found: outcome === 'none' || outcome === 'suppressed' ? [] : [outcome],
      suppressed: outcome === 'suppressed' ? 1 : 0,
      errors: [],
    });
  });

  it('the baseline', async () => {
    const { repository } = await judge('');
    const { findings } = (await reported(repository)) as unknown as { findings: { fingerprint: string }[] };
    repository.write(
      '.code-guardian-baseline.json',
      JSON.stringify({
        version: 1,
        key: readKey(repository),
        entries: [{ fingerprint: findings[0]!.fingerprint, rule: 'mine/bad', path: 'a.txt' }],
      }),
    );
    repository.git('add', '--all');
    expect(await reported(repository)).toMatchObject({ code: 0, findings: [], suppressed: [{ rule: 'mine/bad', by: 'baseline' }] });
  });

  it('the commands of the baseline, which ask all stages, and forget none that could not be asked', async () => {
    const { repository } = await judge('');
    const runs = async (...args: readonly string[]): Promise<string> => flat(await repository.guardian(['baseline', ...args])).said;
    expect(await runs('create', '--reason', 'known')).toContain('2 entries added');
    repository.git('add', '--all');
    expect(await reported(repository)).toMatchObject({ code: 0, findings: [], suppressed: [{ by: 'baseline' }] });
    expect(await runs('prune')).toContain('0 entries removed, 2 kept');
    expect(await repository.guardian(['stages', 'forbid'])).toMatchObject({ code: 0 });
    expect(await runs('prune')).toContain('0 entries removed, 2 kept');
    expect(await repository.guardian(['stages', 'allow'])).toMatchObject({ code: 0 });
    stage(repository, { 'a.txt': 'BAD old\n' });
    expect(await runs('prune')).toContain('1 entry removed, 1 kept');
  });

  it('no health check: doctor starts no scanner', async () => {
    const scanner = writeScanner(`echo ran >> "$notes"; echo '${SARIF_OF_NOTHING}'`);
    const entry = { fingerprint: 'a'.repeat(32), rule: 'mine/bad', path: 'a.txt' };
    const repository = await started(scanner.stage(), {
      '.code-guardian-baseline.json': JSON.stringify({ version: 1, key: 'k', entries: [entry] }),
    });
    expect(flat(await repository.guardian(['doctor'])).said).toContain('1 entry, 0 expired, 0 unused');
    expect(scanner.notes()).toEqual([]);
  });

  it('comments: one that only a result needs has its effect', async () => {
    const { repository } = await judge('', 'BAD # code-guardian:ignore');
    stage(repository, { 'b.txt': 'fine # code-guardian:ignore mine/bad\nfine # code-guardian:ignore\n' });
    expect(await reported(repository, ['--staged', '--verbose'])).toMatchObject({
      findings: [],
      notices: ['b.txt:2: this suppression has no effect'],
    });
  });

  it('the merge of reports', async () => {
    const { repository } = await judge('');
    const file = join(createFolder(), 'report.json');
    await repository.guardian(['scan', '--staged', '--format', 'json', '--output', file]);
    expect(flat(await repository.guardian(['merge', file]))).toMatchObject({ code: 1, said: expect.stringContaining('mine/bad') });
  });

  it('--rule and CODE_GUARDIAN_SKIP', async () => {
    const { repository } = await judge('');
    expect(places(await reported(repository, ['--staged', '--rule', 'mine']))).toEqual(['mine/bad a.txt:2']);
    expect(places(await reported(repository, ['--staged', '--rule', 'mine/bad']))).toEqual(['mine/bad a.txt:2']);
    expect(await reported(repository, ['--staged', '--rule', 'jwt'])).not.toHaveProperty('stages');
    expect(await reported(repository, ['--staged'], { CODE_GUARDIAN_SKIP: 'mine' })).toMatchObject({
      code: 0,
      findings: [],
      notices: ['skipped by CODE_GUARDIAN_SKIP: mine'],
    });
  });

  it('bail: whoever has seen enough waits for nobody', async () => {
    const slow = writeScanner(`sleep 600; echo '${SARIF_OF_NOTHING}'`);
    const repository = await started(`${slow.stage()}bail: 1\nrules: { debugger: error }\n`);
    stage(repository, { 'a.js': LEFTOVER });
    expect(await reported(repository)).toMatchObject({ code: 1, findings: [{ rule: 'debugger' }] });
  });

  it('the ledger, metrics and logs, in which a rule is only a stage', async () => {
    const { repository } = await judge('');
    const log = join(createFolder(), 'log.jsonl');
    expect(await repository.guardian(['scan', '--staged', '--log-file', log])).toMatchObject({ code: 1 });
    const lines = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(lines[0]).toMatchObject({
      msg: 'stage finished',
      stage: 'mine',
      status: 'done',
      files: 1,
      missed: 0,
      results: 2,
      duration_ms: expect.any(Number),
    });
    const metrics = (await repository.guardian(['metrics', '--format', 'prometheus'])).stdout;
    expect(metrics).toMatch(/code_guardian_findings_total\{rule="mine",severity="high",outcome="block"\} \d/);
    expect(metrics + JSON.stringify(lines)).not.toContain('mine/bad');
  });

  it('the trace, with a span of its own', async () => {
    const receiver = await startReceiver();
    const { repository } = await judge('');
    const child = spawn('git', ['commit', '--quiet', '--message', 'x'], {
      cwd: repository.top,
      env: { ...repository.env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
      stdio: 'ignore',
    });
    await new Promise((resolve) => child.once('exit', resolve));
    await vi.waitFor(() => expect(JSON.stringify(receiver.received)).toContain('"stage mine"'), { timeout: 15_000, interval: 50 });
  });
});

function readKey({ top }: TestRepository): string {
  return readFileSync(join(top, '.git/code-guardian/key'), 'utf8').trim();
}

describe('no output shows a secret', () => {
  it('that stands on the line of a result, or in its words', async () => {
    const key = stripeKey('stage');
    const scanner = writeScanner();
    const repository = await started(`${scanner.stage()}baseline: known.json\n`);
    stage(repository, { 'a.js': `const BAD = "${key}";\n` });
    const [log, temporary] = [join(createFolder(), 'log.jsonl'), createFolder()];
    const run = (format: string): Promise<Ran> =>
      repository.guardian(['scan', '--staged', '--verbose', '--format', format, '--log-file', log, '--log-level', 'trace'], {
        env: { MESSAGE: `found ${key} here`, TMPDIR: temporary },
      });
    const runs = [await run('pretty'), await run('json')];
    const ledger = readdirSync(join(repository.top, '.git/code-guardian'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(repository.top, '.git/code-guardian', name))
      .filter((file) => file.endsWith('.jsonl') || file.endsWith('.json'))
      .map((file) => readFileSync(file, 'utf8'));
    const all = [...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]), readFileSync(log, 'utf8'), ...ledger].join('\n');
    expect(all).toContain('mine/bad');
    expect(all).not.toContain(key.slice(8));
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('that a scanner says when it fails', async () => {
    const key = stripeKey('stage');
    const scanner = writeScanner(`echo "cannot read ${key}" >&2; exit 2`);
    const repository = await started(scanner.stage());
    stage(repository, { 'a.js': 'x\n' });
    const { code, said } = flat(await repository.guardian(['scan', '--staged']));
    expect(code).toBe(2);
    expect(said).toContain('it exited with 2: cannot read');
    expect(said).not.toContain(key.slice(8));
  });
});

describe('a stage that fails', () => {
  it('leaves the run incomplete, and neither our own rules nor other stages suffer', async () => {
    const [bad, good] = [writeScanner('echo oops >&2; exit 2'), writeScanner()];
    const config = `stages:\n  - { id: broken, command: ['${bad.program}'] }\n  - { id: mine, command: ['${good.program}', '{files}'] }\nrules: { debugger: error }\n`;
    const repository = await started(config);
    stage(repository, { 'a.js': `${LEFTOVER}// BAD\n` });
    const report = await reported(repository);
    expect(places(report)).toEqual(['debugger a.js:1', 'mine/bad a.js:2']);
    expect(report.errors).toMatchObject([
      { code: 'DETECTOR_FAILED', message: expect.stringMatching(/^stage broken failed: .*; 1 of 1 file was not scanned by it$/) },
    ]);
    expect(report.stages).toMatchObject([
      { id: 'broken', status: 'failed', files: { expected: 1, scanned: 0 } },
      { id: 'mine', status: 'done', files: { expected: 1, scanned: 1 } },
    ]);
  });

  it.each<[what: string, script: string, config: string, code: number, words: RegExp]>([
    ['that crashes', 'kill -SEGV $$', '', 2, /DETECTOR_FAILED.*killed by SIGSEGV/],
    ['that hangs', 'sleep 60', '', 2, /TIMEOUT.*was stopped after 0\.5 s/],
    ['that writes no SARIF', 'echo no', '', 2, /DETECTOR_FAILED.*the output is not valid JSON/],
    ['that hangs, where what is incomplete only warns', 'sleep 60', 'onIncomplete: warn\n', 0, /TIMEOUT/],
    [
      'that crashes, where the first error ends the run',
      'exit 3',
      'errors: { continueOnError: false }\n',
      2,
      /stage mine failed.*exited with 3/,
    ],
    [
      'whose results are absolute',
      `printf '{"version":"2.1.0","runs":[{"results":[{"ruleId":"abs","level":"error","locations":[{"physicalLocation":{"artifactLocation":{"uri":"file://%s/a.js"},"region":{"startLine":1}}}]}]}]}' "$PWD"`,
      '',
      1,
      /mine\/abs · high a\.js:1/,
    ],
    [
      'whose results lead out of the tree',
      `printf '{"version":"2.1.0","runs":[{"results":[{"ruleId":"out","level":"error","locations":[{"physicalLocation":{"artifactLocation":{"uri":"../../../etc/passwd"},"region":{"startLine":1}}}]}]}]}'`,
      '',
      0,
      /clean/,
    ],
    ['whose child holds its output open', `(sleep 600) & echo '${SARIF_OF_NOTHING}'`, '', 0, /clean/],
  ])('%s', async (_, script, config, code, words) => {
    const repository = await started(writeScanner(script).stage('timeout: 500ms') + config);
    stage(repository, { 'a.js': 'one\n' });
    const ran = flat(await repository.guardian(['scan', '--staged']));
    expect(ran.said).toMatch(words);
    expect(ran.code).toBe(code);
  });

  it('is stopped where the time of the run is over', async () => {
    const repository = await started(`${writeScanner('sleep 60').stage()}performance: { timeout: 2s }\n`);
    stage(repository, { 'a.js': 'one\n' });
    expect(flat(await repository.guardian(['scan', '--staged']))).toMatchObject({
      code: 2,
      said: expect.stringMatching(/TIMEOUT What: stage mine was stopped after/),
    });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves nothing behind after %s', async (signal, code) => {
    const scanner = writeScanner('echo $$ > "$notes"; pwd >> "$notes"; sleep 60');
    const repository = await started(scanner.stage());
    stage(repository, { 'a.js': 'one\n' });
    const child = spawn(process.execPath, [BIN, 'scan', '--staged'], { cwd: repository.top, env: repository.env, stdio: 'ignore' });
    await vi.waitFor(() => expect(scanner.notes()).toHaveLength(2), { timeout: 20_000, interval: 50 });
    const [pid, tree] = scanner.notes();
    expect(existsSync(tree!)).toBe(true);
    child.kill(signal);
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(code);
    await sleep(200);
    expect({
      tree: existsSync(dirname(tree!)),
      isRunning: existsSync(`/proc/${pid}`) && !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')),
    }).toEqual({ tree: false, isRunning: false });
  });
});

describe('a stage is given', () => {
  it('the staged files that match, with their bits, and what it needs besides; no link, no file of the work tree, no git', async () => {
    const scanner = writeScanner(
      `{ for f in "$@"; do echo "given $f"; done; find . -type f -o -type l | sort; ls -l run.sh | cut -c1-4; cat sub/-b.txt; env | grep -E '^(GIT_|CODE_GUARDIAN|OTEL_EXPORTER)' | sort; } > "$notes"; echo '${SARIF_OF_NOTHING}'`,
    );
    const repository = await started(scanner.stage(`paths: ['*.txt', '*.sh'], support: ['need/**']`), {
      'old.txt': 'old\n',
      'need/x.cfg': 'x\n',
      'need/y.cfg': 'y\n',
    });
    stage(repository, { 'run.sh': '#!/bin/sh\n', 'sub/-b.txt': 'staged\n', '-a.txt': 'x\n', 'other.md': 'x\n' });
    repository.git('update-index', '--chmod=+x', 'run.sh');
    const id = repository.tryGit(['hash-object', '-w', '--stdin'], { input: '/etc/passwd' }).stdout.trim();
    repository.git('update-index', '--add', '--cacheinfo', `120000,${id},link.txt`);
    write(repository, { 'sub/-b.txt': 'on the disk\n', 'need/x.cfg': 'on the disk\n', 'untracked.txt': 'x\n' });
    const { code, said } = commit(repository, { CODE_GUARDIAN_SERVE_TOKEN: 'x', OTEL_EXPORTER_OTLP_HEADERS: 'a=b' });
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(scanner.notes()).toEqual([
      'given ./-a.txt',
      'given run.sh',
      'given sub/-b.txt',
      './-a.txt',
      './need/x.cfg',
      './need/y.cfg',
      './run.sh',
      './sub/-b.txt',
      '-rwx',
      'staged',
      expect.stringMatching(/^GIT_CEILING_DIRECTORIES=/),
      'GIT_TERMINAL_PROMPT=0',
    ]);
  });

  it('no name that leads out of its tree: git is not the only one who writes trees', async () => {
    const scanner = writeScanner();
    const repository = await started(scanner.stage('hooks: [range]'));
    const blob = repository.tryGit(['hash-object', '-w', '--stdin'], { input: 'BAD\n' }).stdout.trim();
    const inner = repository.tryGit(['mktree'], { input: `100644 blob ${blob}\tx\n` }).stdout.trim();
    const tree = repository.tryGit(['mktree'], { input: `040000 tree ${inner}\t..\n100644 blob ${blob}\ta.txt\n` }).stdout.trim();
    const id = repository.git('commit-tree', tree, '-p', 'HEAD', '-m', 'x').trim();
    const report = await reported(repository, ['--range', `HEAD..${id}`]);
    expect(places(report)).toEqual(['mine/bad a.txt:1']);
    expect(report.errors).toMatchObject([
      { code: 'DETECTOR_FAILED', message: 'stage mine did not get all files: ../x (its name points outside the tree)' },
    ]);
  });

  it('nothing where nothing of it is staged', async () => {
    const scanner = writeScanner('echo ran > "$notes"; exit 1');
    const repository = await started(scanner.stage("paths: ['*.py']"), {}, { allows: false });
    stage(repository, { 'a.js': 'one\n' });
    expect(commit(repository)).toMatchObject({ code: 0 });
    expect(scanner.notes()).toEqual([]);
  });

  it('no more company than performance.concurrency says', async () => {
    const script = `echo "in $(date +%s%N)" >> "$notes"; sleep 0.4; echo "out $(date +%s%N)" >> "$notes"; echo '${SARIF_OF_NOTHING}'`;
    const overlaps = async (concurrency: number): Promise<boolean> => {
      const scanner = writeScanner(script);
      const stages = ['a', 'b', 'c'].map((id) => `{ id: s-${id}, command: ['${scanner.program}'] }`);
      const repository = await started(`stages: [${stages.join(', ')}]\nperformance: { concurrency: ${concurrency} }\n`);
      stage(repository, { 'a.js': 'one\n' });
      expect(await reported(repository)).toMatchObject({ code: 0, stages: [{ id: 's-a' }, { id: 's-b' }, { id: 's-c' }] });
      return (
        scanner
          .notes()
          .map((line) => line.split(' ')[0])
          .join(' ') !== 'in out in out in out'
      );
    };
    expect([await overlaps(1), await overlaps(3)]).toEqual([false, true]);
  });
});

describe('a command of a repository', () => {
  const MARK = `echo ran >> "$notes"; echo '${SARIF_OF_NOTHING}'`;

  it('does not run on the machine of whoever clones it, until that one has allowed it', async () => {
    const scanner = writeScanner(MARK);
    const repository = await started(scanner.stage(), {}, { allows: false });
    stage(repository, { 'a.js': 'one\n' });
    const { code, said } = commit(repository);
    // Git ends with 1 whatever the hook ended with.
    expect(code).toBe(1);
    expect(said).toMatch(
      /stage mine did not run: the repository's config names its command, and it is not allowed on this machine; 1 file was not scanned by it Fix: .*code-guardian stages allow/,
    );
    expect(scanner.notes()).toEqual([]);
    expect(flat(await repository.guardian(['stages'])).said).toMatch(
      /^mine does not run: it comes from the repository's config.* command: \/\S+ \{files\} at: pre-commit, pre-merge-commit, staged To allow it/,
    );
    expect(flat(await repository.guardian(['stages', 'allow']))).toMatchObject({
      code: 0,
      said: expect.stringContaining('runs: you allowed it'),
    });
    expect(commit(repository)).toMatchObject({ code: 0 });
    expect(scanner.notes()).toEqual(['ran']);
  });

  it('that is another asks again, and what was allowed can be forbidden', async () => {
    const scanner = writeScanner(MARK);
    const repository = await started(scanner.stage());
    write(repository, { [CONFIG]: scanner.stage().replace("'{files}'", "'--fast', '{files}'") });
    expect(flat(await repository.guardian(['stages', '--format', 'json']))).toMatchObject({
      said: expect.stringContaining('"state": "asks"'),
    });
    write(repository, { [CONFIG]: scanner.stage() });
    expect(flat(await repository.guardian(['stages']))).toMatchObject({ said: expect.stringContaining('you allowed it') });
    expect(flat(await repository.guardian(['stages', 'forbid', 'mine']))).toMatchObject({
      code: 0,
      said: expect.stringContaining('does not run'),
    });
    expect(flat(await repository.guardian(['stages', 'allow', 'mime']))).toMatchObject({
      code: 2,
      said: expect.stringContaining('did you mean mine?'),
    });
    expect(flat(await repository.guardian(['stages', 'alow']))).toMatchObject({
      code: 2,
      said: expect.stringContaining('did you mean allow?'),
    });
  });

  it.each<[what: string, env: NodeJS.ProcessEnv, config: string, runs: boolean, code: number, words: string]>([
    ['runs where a variable allows it', { CODE_GUARDIAN_SECURITY_STAGES: 'allow' }, '', true, 0, ''],
    [
      'does not run where the repository allows itself',
      {},
      'security: { stages: allow }\n',
      false,
      1,
      "security.stages in the repository's config has no effect",
    ],
    [
      'does not run where all are off',
      { CODE_GUARDIAN_SECURITY_STAGES: 'off' },
      '',
      false,
      0,
      'stages that did not run, by security.stages: mine',
    ],
    [
      'runs where all are off, and nothing may be skipped',
      { CODE_GUARDIAN_SECURITY_STAGES: 'off', CODE_GUARDIAN_STAGES: 'OWN' },
      'security: { allowSkip: false }\n',
      true,
      0,
      '',
    ],
  ])('%s', async (_, env, config, runs, code, words) => {
    const scanner = writeScanner(MARK);
    const repository = await started(scanner.stage() + config, {}, { allows: false });
    stage(repository, { 'a.js': 'one\n' });
    // The same stage, named by this machine: so it needs no leave.
    const own = `[{ "id": "mine", "command": ["${scanner.program}", "{files}"] }]`;
    const ran = commit(repository, env['CODE_GUARDIAN_STAGES'] === 'OWN' ? { ...env, CODE_GUARDIAN_STAGES: own } : env);
    expect(ran.code).toBe(code);
    expect(ran.said).toContain(words);
    expect(scanner.notes()).toEqual(runs ? ['ran'] : []);
  });

  it.each<[what: string, place: (config: string, repository: TestRepository) => readonly string[]]>([
    [
      "of the user's config",
      (config, { env }) => {
        mkdirSync(join(env['XDG_CONFIG_HOME']!, 'code-guardian'), { recursive: true });
        writeFileSync(join(env['XDG_CONFIG_HOME']!, 'code-guardian/config.yaml'), config);
        return [];
      },
    ],
    [
      'of a file that is named by hand',
      (config) => {
        const file = join(createFolder(), 'config.yaml');
        writeFileSync(file, config);
        return ['--config', file];
      },
    ],
  ])('is no matter %s', async (_, place) => {
    const scanner = writeScanner(MARK);
    const repository = await started('failFast: true\n', {}, { allows: false });
    const args = place(scanner.stage(), repository);
    stage(repository, { 'a.js': 'one\n' });
    expect(flat(await repository.guardian(['scan', '--staged', ...args]))).toMatchObject({ code: 0 });
    expect(scanner.notes()).toEqual(['ran']);
  });

  it('that a commit takes out still judges that commit', async () => {
    const scanner = writeScanner();
    const repository = await started(scanner.stage());
    stage(repository, { 'a.txt': 'BAD\n', [CONFIG]: 'failFast: true\n' });
    const { code, said } = commit(repository);
    expect(code).toBe(1);
    expect(said).toContain('stages: - mine');
    expect(said).toContain('mine/bad');
  });
});

describe('at a push and for a range', () => {
  async function pushing(config: string, env: NodeJS.ProcessEnv = {}): Promise<PushPair & { readonly said: (ran: Ran) => Said }> {
    const pair = createPair();
    pair.commit({ [CONFIG]: config, 'a.txt': 'BAD old\n' }, 'start');
    pair.git('push', '--quiet', 'origin', 'main');
    writeHook(join(pair.top, '.git/hooks'), 'pre-push');
    expect(await pair.guardian(['stages', 'allow'])).toMatchObject({ code: 0 });
    Object.assign(pair.env, env);
    return { ...pair, said: flat };
  }

  it('a stage looks at what the last commit of each ref holds that was not there', async () => {
    const scanner = writeScanner();
    const pair = await pushing(scanner.stage('hooks: [pre-push, range]'));
    pair.commit({ 'a.txt': 'BAD old\nBAD gone\n' });
    const tip = pair.commit({ 'a.txt': 'BAD old\nBAD new\n', 'b.txt': 'fine\n' });
    const { code, said } = pair.said(pair.push('origin', 'main'));
    expect(code).not.toBe(0);
    expect(said).toMatch(/mine\/bad · high a\.txt:2:1 in commit/);
    expect(said).not.toContain('gone');
    const report = await reported(pair, ['--range', 'origin/main..HEAD']);
    expect(report.findings).toMatchObject([{ rule: 'mine/bad', path: 'a.txt', line: 2, commit: tip }]);
    // It is no stage of other hooks.
    pair.write('a.txt', 'BAD old\nBAD staged\n');
    pair.git('add', '--all');
    expect(await reported(pair)).toMatchObject({ code: 0 });
    expect(await reported(pair)).not.toHaveProperty('stages');
  });

  it.each<[what: string, push: (pair: PushPair) => Ran, passes: boolean]>([
    [
      'a new branch',
      (pair) => {
        pair.git('checkout', '--quiet', '-b', 'new');
        pair.commit({ 'b.txt': 'BAD\n' });
        return pair.push('origin', 'new');
      },
      false,
    ],
    [
      'two branches, of which one is clean',
      (pair) => {
        pair.commit({ 'b.txt': 'fine\n' });
        pair.git('checkout', '--quiet', '-b', 'new');
        pair.commit({ 'c.txt': 'BAD\n' });
        return pair.push('origin', 'main', 'new');
      },
      false,
    ],
    ['a tag', (pair) => (pair.commit({ 'b.txt': 'BAD\n' }), pair.git('tag', '-a', '-m', 'x', 'v1'), pair.push('origin', 'v1')), false],
    ['commits that are there already', (pair) => (pair.git('branch', 'same'), pair.push('origin', 'same')), true],
    ['a deletion', (pair) => (pair.git('push', '--quiet', '--no-verify', 'origin', 'main:gone'), pair.push('origin', ':gone')), true],
    ['a change in another line of a file', (pair) => (pair.commit({ 'a.txt': 'BAD old\nfine\n' }), pair.push('origin', 'main')), true],
  ])('%s', async (_, push, passes) => {
    const pair = await pushing(writeScanner().stage('hooks: [pre-push]'));
    const { code, said } = flat(push(pair));
    expect(said.includes('mine/bad')).toBe(!passes);
    expect(code === 0).toBe(passes);
  });

  it('a range that ends with a tag, and one without a beginning', async () => {
    const pair = await pushing(writeScanner().stage('hooks: [range]'));
    pair.commit({ 'b.txt': 'BAD\n' });
    pair.git('tag', '-a', '-m', 'x', 'v1');
    expect(places(await reported(pair, ['--range', 'origin/main..v1']))).toEqual(['mine/bad b.txt:1']);
    expect(places(await reported(pair, ['--range', 'v1']))).toEqual(['mine/bad a.txt:1', 'mine/bad b.txt:1']);
  });

  it('a server runs nothing that was pushed, nor anything of its own', async () => {
    const scanner = writeScanner('echo ran >> "$notes"; exit 1');
    const pair = await pushing(scanner.stage('hooks: [pre-push, range, pre-commit, staged]'));
    rmSync(join(pair.top, '.git/hooks/pre-push'));
    writeHook(join(pair.server.top, 'hooks'), 'pre-receive');
    pair.commit({ 'b.txt': 'BAD\n' });
    expect(
      flat(
        pair.tryGit(['push', 'origin', 'main'], {
          env: { CODE_GUARDIAN_STAGES: `[{ "id": "mine", "command": ["${scanner.program}"], "hooks": ["pre-push"] }]` },
        }),
      ),
    ).toMatchObject({ code: 0 });
    expect(scanner.notes()).toEqual([]);
  });
});

describe('a program that lies in the project too', () => {
  const WRITES = (who: string) => `echo ${who} >> "$notes"; printf '%s' '${SARIF_OF_NOTHING}'`;

  it.each<[who: string, config: string, runs: 'machine' | 'project']>([
    ['the owner of the machine', '../home/.config/code-guardian/config.yaml', 'machine'],
    ['the project', CONFIG, 'project'],
  ])('is that of whom the stage is of: %s', async (_who, place, runs) => {
    const own = writeScanner(WRITES('machine'), 'some-linter');
    const shadow = writeScanner(WRITES('project'), 'some-linter');
    const repository = await started('failOn: high\n', { 'node_modules/.bin/some-linter': readFileSync(shadow.program, 'utf8') });
    chmodSync(join(repository.top, 'node_modules/.bin/some-linter'), 0o755);
    write(repository, { [place]: "stages: [{ id: mine, command: ['some-linter', '{files}'] }]\n" });
    if (place === CONFIG) {
      repository.git('commit', '--quiet', '--no-verify', '--message', 'stages', '--', CONFIG);
      expect((await repository.guardian(['stages', 'allow'])).code).toBe(0);
    }
    stage(repository, { 'a.js': 'fine\n' });
    expect(commit(repository, { PATH: `${dirname(own.program)}:${process.env['PATH']}` })).toMatchObject({ code: 0 });
    expect([own.notes(), shadow.notes()]).toEqual(runs === 'machine' ? [['machine'], []] : [[], ['project']]);
  });
});

describe('vulnerable packages', () => {
  const entry = (name: string, version: string): string => `    "node_modules/${name}": {\n      "version": "${version}"\n    }`;
  const lock = (...entries: readonly string[]): string =>
    `{\n  "name": "x",\n  "version": "1.0.0",\n  "lockfileVersion": 3,\n  "requires": true,\n  "packages": {\n${[`    "": {\n      "name": "x",\n      "version": "1.0.0",\n      "dependencies": { "old-bad": "*", "new-bad": "*", "fine": "*" }\n    }`, ...entries].join(',\n')}\n  }\n}\n`;
  const PACKAGE = '{ "name": "x", "version": "1.0.0", "dependencies": { "old-bad": "*", "new-bad": "*", "fine": "*" } }\n';
  const advisory = (id: number, severity: string) => [
    {
      id,
      url: `https://github.com/advisories/GHSA-aaaa-bbbb-ccc${id}`,
      title: 'Prototype pollution',
      severity,
      vulnerable_versions: '<2.0.0',
      cwe: [],
      cvss: { score: 0, vectorString: null },
    },
  ];

  async function auditing(use: string, folder = ''): Promise<PushPair> {
    const pair = createPair();
    pair.commit(
      {
        [CONFIG]: `stages: [{ use: ${use} }]\n`,
        [`${folder}package.json`]: PACKAGE,
        [`${folder}package-lock.json`]: lock(entry('old-bad', '1.0.0'), entry('fine', '1.0.0'), entry('new-bad', '3.0.0')),
      },
      'start',
    );
    pair.git('push', '--quiet', 'origin', 'main');
    writeHook(join(pair.top, '.git/hooks'), 'pre-push');
    expect(await pair.guardian(['stages', 'allow'])).toMatchObject({ code: 0 });
    return pair;
  }

  /** Takes one package back to a version that is affected. */
  const worsen = (pair: PushPair, folder = '') =>
    pair.commit({ [`${folder}package-lock.json`]: lock(entry('old-bad', '1.0.0'), entry('fine', '1.0.0'), entry('new-bad', '1.5.0')) });

  it.each(['', 'sub/folder/'])('the real npm audit finds those on added lines of the lock file in %j', async (folder) => {
    const registry = await startAdvisoryRegistry({ 'old-bad': advisory(1, 'critical'), 'new-bad': advisory(2, 'high') });
    const pair = await auditing('npm-audit', folder);
    worsen(pair, folder);
    const env = { npm_config_registry: registry.url };
    const report = await reported(pair, ['--range', 'origin/main..HEAD'], env);
    expect(report.findings).toMatchObject([
      {
        rule: 'npm-audit/GHSA-aaaa-bbbb-ccc2',
        severity: 'high',
        path: `${folder}package-lock.json`,
        line: 18,
        excerpt: '"node_modules/new-bad": {',
        message: 'new-bad 1.5.0: Prototype pollution',
      },
    ]);
    expect(await registry.asked()).toEqual([{ 'old-bad': ['1.0.0'], 'new-bad': ['1.5.0'], fine: ['1.0.0'] }]);
    const { code, said } = flat(pair.tryGit(['push', 'origin', 'main'], { env }));
    expect(code).not.toBe(0);
    expect(said).toMatch(/new-bad 1\.5\.0: Prototype pollution · npm-audit\/GHSA-aaaa-bbbb-ccc2 · high/);
  });

  it('a registry that cannot be asked leaves the push incomplete, and it is never clean', async () => {
    const pair = await auditing('npm-audit');
    worsen(pair);
    const { code, said } = flat(
      pair.tryGit(['push', 'origin', 'main'], { env: { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' } }),
    );
    expect(said).toMatch(/DETECTOR_FAILED What: stage npm-audit failed: npm audit failed:/);
    expect(code).not.toBe(0);
  });

  it('a push without a lock file asks nobody', async () => {
    const registry = await startAdvisoryRegistry({});
    const pair = await auditing('npm-audit');
    pair.commit({ 'a.js': 'one\n' });
    expect(flat(pair.tryGit(['push', 'origin', 'main'], { env: { npm_config_registry: registry.url } }))).toMatchObject({ code: 0 });
    expect(await registry.asked()).toEqual([]);
  });

  it('osv-scanner, which names no line, is placed by name and version', async () => {
    const said = (name: string): string =>
      `{"ruleId":"CVE-2026-1","level":"warning","message":{"text":"Package ${name} is vulnerable to 'CVE-2026-1' (also known as 'GHSA-x')."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"file://$PWD/$6"}}}]}`.replaceAll(
        '"',
        '\\"',
      );
    const scanner = writeScanner(
      `echo "$*" > "$notes"\necho "{\\"version\\":\\"2.1.0\\",\\"runs\\":[{\\"tool\\":{\\"driver\\":{\\"name\\":\\"osv-scanner\\"}},\\"results\\":[${said("'old-bad@1.0.0'")},${said("'new-bad@1.5.0'")}]}]}"; exit 1`,
      'osv-scanner',
    );
    const pair = await auditing('osv-scanner');
    worsen(pair);
    const report = await reported(pair, ['--range', 'origin/main..HEAD'], { PATH: `${dirname(scanner.program)}:${process.env['PATH']}` });
    expect(scanner.notes()).toEqual(['scan source --format sarif --lockfile package-lock.json']);
    expect(report).toMatchObject({
      errors: [],
      findings: [{ rule: 'osv-scanner/CVE-2026-1', severity: 'medium', path: 'package-lock.json', line: 18 }],
    });
    expect(report.findings).toHaveLength(1);
  });
});
