import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipNamed, tar, zip, type ZipMember } from '../support/archives.ts';
import { addHooks, installed } from '../support/installation.ts';
import { createPair } from '../support/push.ts';
import { BIN, createFolder, createRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { privateKey, stripeKey } from '../support/secrets.ts';

const KEY = stripeKey();
const LEAK = `# settings\nKEY=${KEY}\n`;
const CLEAN = { name: 'readme.txt', content: 'nothing to see here\n' };
const SECRET = { name: 'config/app.conf', content: LEAK };

function commit(repository: TestRepository, files: Readonly<Record<string, string | Buffer>>, env: NodeJS.ProcessEnv = {}): Ran {
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
  return repository.tryGit(['commit', '--message', 'change'], { env });
}

interface Report {
  readonly verdict: string;
  readonly findings: { path: string; line: number; column: number; rule: string; outcome: string; moved: boolean; commit?: string }[];
  readonly suppressed: { path: string; by: string }[];
  readonly skipped: { path: string; reason: string; detail: string }[];
  readonly coverage: { files: { expected: number; scanned: number } };
}

async function report(
  repository: TestRepository,
  args: readonly string[],
  more?: Parameters<TestRepository['guardian']>[1],
): Promise<Report> {
  return JSON.parse((await repository.guardian(['scan', '--format', 'json', ...args], more)).stdout) as Report;
}

function places({ findings }: Report): string[] {
  return findings.map(({ path, line, rule }) => `${path}:${line} ${rule}`);
}

/** A repository with a config and some files staged, looked at by hand. */
async function staged(
  files: Readonly<Record<string, string | Buffer>>,
  config = '',
): Promise<{ repository: TestRepository; report: Report }> {
  const repository = createRepository();
  repository.write('.code-guardianrc.yaml', config);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'start');
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
  return { repository, report: await report(repository, ['--staged']) };
}

describe('a commit with a secret in an archive is blocked, at the member and the line', () => {
  const utf16 = Buffer.from(`\ufeff${LEAK}`, 'utf16le');
  const binary = Buffer.concat([Buffer.alloc(9000), Buffer.from(`\n${LEAK}`)]);
  const docx = [
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'word/document.xml', content: `<w:t>\n${KEY}</w:t>` },
  ];
  it.each<[string, string, Buffer, string]>([
    ['zip', 'lib/app.zip', zip([CLEAN, SECRET]), 'lib/app.zip!/config/app.conf:2:5'],
    ['zip, stored', 'lib/app.zip', zip([CLEAN, { ...SECRET, isStored: true }]), 'lib/app.zip!/config/app.conf:2:5'],
    ['zip that was written to a pipe', 'app.zip', zip([{ ...SECRET, isStreamed: true }]), 'app.zip!/config/app.conf:2:5'],
    ['zip of another name', 'data.bin', zip([CLEAN, SECRET]), 'data.bin!/config/app.conf:2:5'],
    ['jar', 'app.jar', zip([{ name: 'META-INF/MANIFEST.MF', content: '' }, SECRET]), 'app.jar!/config/app.conf:2:5'],
    [
      'wheel',
      'a-1-py3-none-any.whl',
      zip([{ name: 'a/__init__.py', content: `\nKEY = '${KEY}'\n` }]),
      'a-1-py3-none-any.whl!/a/__init__.py:2:8',
    ],
    ['docx', 'letter.docx', zip(docx), 'letter.docx!/word/document.xml:2:1'],
    ['tar', 'a.tar', tar([CLEAN, SECRET]), 'a.tar!/config/app.conf:2:5'],
    ['tar.gz', 'a.tar.gz', gzipSync(tar([CLEAN, SECRET])), 'a.tar.gz!/config/app.conf:2:5'],
    ['gzip', 'dump.sql.gz', gzipSync(LEAK), 'dump.sql.gz!/dump.sql:2:5'],
    ['gzip with a name', 'dump.gz', gzipNamed('old.sql', LEAK), 'dump.gz!/old.sql:2:5'],
    [
      'tar.gz in a zip in a tar',
      'a.tar',
      tar([{ name: 'b.zip', content: zip([{ name: 'c.tgz', content: gzipSync(tar([SECRET])) }]) }]),
      'a.tar!/b.zip!/c.tgz!/config/app.conf:2:5',
    ],
    ['UTF-16 in a zip', 'a.zip', zip([{ name: 'a.reg', content: utf16 }]), 'a.zip!/a.reg:2:5'],
    ['binary file in a zip', 'a.zip', zip([{ name: 'a.bin', content: binary }]), 'a.zip!/a.bin:3:5'],
    ['zip whose member wants to get out', 'a.zip', zip([{ ...SECRET, name: '../../app.conf' }]), 'a.zip!/app.conf:2:5'],
    ['zip whose directory does not list it', 'a.zip', zip([CLEAN, { ...SECRET, isUnlisted: true }]), 'a.zip!/config/app.conf:2:5'],
    ['comment of a zip', 'a.zip', zip([CLEAN], { comment: KEY }), 'a.zip:3:50'],
    ['zip that is cut off', 'a.zip', zip([CLEAN, SECRET, CLEAN]).subarray(0, -60), 'a.zip!/config/app.conf:2:5'],
  ])('%s', (_, path, content, place) => {
    const { code, stdout, stderr } = commit(installed(), { [path]: content });
    expect({ code, text: stdout + stderr }).toEqual({ code: 1, text: expect.stringContaining(place) });
    expect(stdout + stderr).toContain('1 finding ');
    expect(stdout + stderr).not.toContain(KEY);
  });

  it('a key whose name says what it is', async () => {
    const { report } = await staged({
      'a.zip': zip([
        { name: 'home/.ssh/id_rsa', content: 'x', flags: 1 },
        { name: 'b/.env', content: '' },
        { name: '.DS_Store', content: '' },
      ]),
    });
    expect(places(report)).toEqual(['a.zip!/b/.env:0 forbidden-file', 'a.zip!/home/.ssh/id_rsa:0 forbidden-file']);
  });

  it('an archive whose name is not UTF-8', async () => {
    const repository = createRepository();
    const blob = repository.tryGit(['hash-object', '-w', '--stdin', '--no-filters'], { input: LEAK }).stdout.trim();
    expect(blob).toHaveLength(40);
    const name = Buffer.concat([Buffer.of(0xff), Buffer.from('.zip')]);
    spawnSync('sh', ['-c', `cat > "$(printf '\\377.zip')"`], { cwd: repository.top, input: zip([SECRET]) });
    repository.git('add', '--all');
    const [finding] = (await report(repository, ['--staged'])).findings as unknown as { path: string; pathBytes: string }[];
    expect(finding?.path).toBe('\ufffd.zip!/config/app.conf');
    expect(Buffer.from(finding!.pathBytes, 'base64')).toEqual(Buffer.concat([name, Buffer.from('!/config/app.conf')]));
  });
});

describe('a commit with an archive in which nothing is passes', () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(3000, 7)]);
  it.each<[string, Buffer]>([
    ['a.zip', zip([CLEAN, { name: 'folder/', content: '' }, { name: 'a.png', content: png }])],
    ['empty.zip', zip([])],
    ['a.tar', tar([CLEAN, { name: 'link', type: '2' }])],
    ['a.tgz', gzipSync(tar([CLEAN]))],
    ['a.txt.gz', gzipSync('text')],
    ['a.png', png],
    ['not-a.zip', Buffer.from('PK is what it begins with')],
    // Nobody can tell what of a packed file is new: what is told by new lines is not looked for.
    ['bundle.zip', zip([{ name: 'a.js', content: 'debugger;\nconsole.log(1);\n// TODO: later\n<<<<<<< HEAD\n' }])],
  ])('%s', (path, content) => {
    const { code, stdout, stderr } = commit(installed(), { [path]: content });
    expect({ code, text: stdout + stderr }).toEqual({ code: 0, text: expect.stringContaining('1 file clean') });
  });
});

describe('a commit with something in an archive that cannot be looked at is not clean', () => {
  const nested = (depth: number): Buffer => (depth === 0 ? zip([CLEAN]) : zip([{ name: `${depth}.zip`, content: nested(depth - 1) }]));
  const zeros = Buffer.alloc(11 * 1024 * 1024);
  const lies = (more: Partial<ZipMember>): Buffer => zip([CLEAN, { name: 'b.txt', content: 'text '.repeat(20), ...more }]);
  const SITUATIONS: Record<string, [content: Buffer, path: string, detail: string]> = {
    'an encrypted member': [lies({ flags: 1 }), 'a!/b.txt', 'encrypted'],
    'another way of packing': [lies({ method: 93 }), 'a!/b.txt', 'compressed with Zstandard, which is not supported'],
    'a wrong checksum': [lies({ checksum: 7 }), 'a!/b.txt', 'truncated, or its checksum is wrong'],
    'a size that is a lie': [lies({ size: 7 }), 'a!/b.txt', 'truncated, or its checksum is wrong'],
    'an offset that leads nowhere': [lies({ offset: 7e6 }), 'a!/b.txt', 'not at the offset in the directory'],
    'a zip that is cut off': [zip([CLEAN]).subarray(0, 40), 'a', 'missing or damaged directory: the archive may be truncated'],
    'a tar that is cut off': [tar([{ name: 'b.txt', content: 'x'.repeat(600) }]).subarray(0, 700), 'a!/b.txt', 'truncated'],
    'a gzip that is cut off': [gzipSync('text'.repeat(99)).subarray(0, -9), 'a!/a', 'truncated'],
    'a member that is too large': [
      zip([{ name: 'zeros', content: zeros }]),
      'a!/zeros',
      'more than 10485760 bytes; see performance.maxFileSize',
    ],
    'archives four deep': [nested(3), 'a!/3.zip!/2.zip!/1.zip', 'nested 4 archives deep; see performance.archiveDepth'],
    'a bomb': [
      zip(Array.from({ length: 12 }, (_, i) => ({ name: `${i}`, content: zeros.subarray(0, 9e6) }))),
      'a',
      'unpacks to more than the limit; see performance.maxArchiveSize',
    ],
  };

  it.each(Object.entries(SITUATIONS))('%s', async (_, [content, path, detail]) => {
    const repository = installed();
    const { code, stdout, stderr } = commit(repository, { a: content });
    expect({ code, text: stdout + stderr }).toEqual({
      code: 1,
      text: expect.stringMatching(/Not fully scanned \(0 of 1 file\)/),
    });
    expect(stdout + stderr).toContain(`${path}  ${detail}`);
    expect(await report(repository, ['--staged'])).toMatchObject({
      verdict: 'incomplete',
      findings: [],
      skipped: expect.arrayContaining([expect.objectContaining({ path, detail })]) as unknown,
      coverage: { files: { expected: 1, scanned: 0 } },
    });
    expect(commit(repository, {}, { CODE_GUARDIAN_ON_INCOMPLETE: 'warn' }).code).toBe(0);
  });

  it('and the limits are those of the config', async () => {
    const { repository } = await staged({ 'a.zip': SITUATIONS['archives four deep']![0], 'b.zip': SITUATIONS['a bomb']![0] });
    const env = { CODE_GUARDIAN_PERFORMANCE_ARCHIVE_DEPTH: '4', CODE_GUARDIAN_PERFORMANCE_MAX_ARCHIVE_SIZE: '200MB' };
    expect(await report(repository, ['--staged'], { env })).toMatchObject({ verdict: 'clean', skipped: [] });
    const less = { CODE_GUARDIAN_PERFORMANCE_MAX_TOTAL_BYTES: '1MB' };
    expect((await report(repository, ['--staged'], { env: less })).skipped).toContainEqual({
      path: 'b.zip',
      reason: 'too-large',
      detail: 'unpacks to more than the limit; see performance.maxTotalBytes',
    });
  });
});

describe('the policy counts in archives too', () => {
  it('paths can be left out, archives and members', async () => {
    const files = { 'a.zip': zip([{ ...SECRET, flags: 1 }, SECRET]), 'b.zip': zip([SECRET, { name: 'x.conf', content: LEAK }]) };
    const { report } = await staged(files, "ignore: { paths: ['/a.zip', 'b.zip!/config/**'] }\n");
    expect(places(report)).toEqual(['b.zip!/x.conf:2 stripe-key']);
    expect(report.skipped.map(({ path, reason }) => [path, reason])).toEqual([
      ['a.zip', 'excluded'],
      ['b.zip!/config/app.conf', 'excluded'],
    ]);
    expect(report.coverage.files).toEqual({ expected: 1, scanned: 1 });
  });

  it('overrides hold for the members', async () => {
    const { report } = await staged({ 'test/a.zip': zip([SECRET]) }, "overrides: [{ files: ['test/**'], rules: { stripe-key: warn } }]\n");
    expect(report).toMatchObject({ verdict: 'warned', findings: [{ path: 'test/a.zip!/config/app.conf', outcome: 'warn' }] });
  });

  it('comments in a member are heard', async () => {
    const content = `KEY=${KEY} # code-guardian:ignore stripe-key -- published\n`;
    const { report } = await staged({ 'a.zip': zip([{ name: 'a.conf', content }]) });
    expect(report).toMatchObject({ verdict: 'clean', suppressed: [{ path: 'a.zip!/a.conf', by: 'inline' }] });
  });

  it('a baseline knows them, wherever they move', async () => {
    const repository = installed();
    repository.write('a.zip', zip([SECRET]));
    repository.git('add', '--all');
    expect((await repository.guardian(['baseline', 'create'])).code).toBe(0);
    expect(commit(repository, { 'a.zip': zip([{ ...SECRET, name: 'moved.conf' }, CLEAN]) }).code).toBe(0);
  });
});

describe('an archive that changes', () => {
  const before = zip([SECRET]);
  const AFTER: Record<string, [Buffer, 'blocked' | 'warned' | 'clean']> = {
    'holds what it held': [zip([CLEAN, SECRET]), 'warned'],
    'holds it under another name, in another kind of archive': [gzipSync(tar([{ ...SECRET, name: 'b.conf' }])), 'warned'],
    'holds it no more': [zip([CLEAN]), 'clean'],
    'holds it twice': [zip([SECRET, { ...SECRET, name: 'b.conf' }]), 'blocked'],
    'holds another secret besides': [zip([SECRET, { name: 'b.conf', content: stripeKey('b') }]), 'blocked'],
  };

  it.each(Object.entries(AFTER))('and %s', async (_, [after, verdict]) => {
    const repository = installed();
    repository.write('a.zip', before);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'start');
    repository.write('a.zip', after);
    repository.git('add', '--all');
    const { findings, ...rest } = await report(repository, ['--staged']);
    expect(rest.verdict).toBe(verdict);
    if (verdict === 'warned') expect(findings).toMatchObject([{ moved: true, outcome: 'warn' }]);
    expect(repository.tryGit(['commit', '--message', 'change']).code).toBe(verdict === 'blocked' ? 1 : 0);
  });

  it('or is unpacked into files', () => {
    const repository = installed();
    repository.write('a.zip', before);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'start');
    repository.git('rm', '--quiet', 'a.zip');
    expect(commit(repository, { 'app.conf': LEAK }).code).toBe(0);
  });
});

describe('archives are looked into wherever files are looked at', () => {
  const FILES = { 'a.zip': zip([SECRET]), 'b.tgz': gzipSync(tar([{ name: 'b.pem', content: `${privateKey()}\n` }])) };
  const EXPECTED = ['a.zip!/config/app.conf:2 stripe-key', 'b.tgz!/b.pem:1 private-key'];

  it.each<[string, readonly string[]]>([
    ['tracked files', ['--all']],
    ['a range', ['--range', 'HEAD^..HEAD']],
    ['the history', ['--history']],
    ['a folder', ['.']],
    ['files', ['a.zip', 'b.tgz']],
  ])('%s', async (_, args) => {
    const repository = createRepository();
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    commit(repository, FILES);
    expect(places(await report(repository, args))).toEqual(EXPECTED);
  });

  it('what is piped in', async () => {
    const input = FILES['a.zip'];
    expect(places(await report(createRepository(), ['--stdin', '--stdin-filename', 'x.zip'], { input }))).toEqual([
      'x.zip!/config/app.conf:2 stripe-key',
    ]);
  });

  it('a push, of new and of changed archives', () => {
    const pair = createPair();
    pair.commit({ 'a.zip': zip([CLEAN]), 'b.zip': zip([CLEAN]) });
    expect(pair.push('-u', 'origin', 'main').code).toBe(0);
    addHooks(pair);
    pair.commit({ 'a.zip': zip([CLEAN, CLEAN]) });
    expect(pair.push()).toMatchObject({ code: 0 });
    pair.commit({ 'b.zip': zip([SECRET]) });
    const blocked = pair.push();
    expect({ code: blocked.code, text: blocked.stdout + blocked.stderr }).toEqual({
      code: 1,
      text: expect.stringContaining('b.zip!/config/app.conf:2:5') as unknown,
    });
    pair.git('reset', '--quiet', '--hard', 'HEAD^');
    pair.commit({ 'b.zip': zip([{ ...CLEAN, flags: 1 }]) });
    const incomplete = pair.push();
    expect({ code: incomplete.code, text: incomplete.stdout + incomplete.stderr }).toEqual({
      code: 1,
      text: expect.stringMatching(/encrypted.*Not fully scanned \(0 of 1 commit\)/s) as unknown,
    });
    // What has not been looked at is not remembered as clean.
    expect(pair.push().code).toBe(1);
  });
});

describe('a commit without archives', () => {
  it('does not load what reads them; without that an archive does not pass', async () => {
    const dist = join(createFolder(), 'dist');
    cpSync(dirname(BIN), dist, { recursive: true, filter: (source) => !source.endsWith('.cache') });
    rmSync(join(dist, 'chunks/scan-archive.cjs'));
    const scan = (repository: TestRepository): number | null =>
      spawnSync(process.execPath, [join(dist, 'bin.cjs'), 'scan', '--staged'], { cwd: repository.top, env: repository.env }).status;
    expect(scan((await staged({ 'a.js': 'one\n', 'a.png': Buffer.from('89504e47', 'hex') })).repository)).toBe(0);
    expect(scan((await staged({ 'a.zip': zip([CLEAN]) })).repository)).not.toBe(0);
  });
});
