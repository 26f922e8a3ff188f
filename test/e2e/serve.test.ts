import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { appendRecord } from '../../src/telemetry/ledger.ts';
import { addHooks } from '../support/installation.ts';
import { exampleRecord } from '../support/ledger.ts';
import { createFolder, createRepository, type TestRepository } from '../support/repository.ts';
import { letters } from '../support/secrets.ts';
import { ask, openSocket, type Service, startService } from '../support/service.ts';

const TOKEN = letters(40, 'serve');

interface Checks {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly status: string }[];
}

async function readChecks(service: Service, path = '/readyz'): Promise<{ readonly code: number } & Checks> {
  const { status, body } = await ask(service, path);
  return { code: status, ...(JSON.parse(body) as Checks) };
}

const failed = ({ checks }: Checks): string[] => checks.filter(({ status }) => status === 'fail').map(({ name }) => name);

/** A git that does what a script says before it is git. */
function slowGit(script: string): { readonly PATH: string; readonly flag: string } {
  const folder = createFolder();
  const flag = join(folder, 'slow');
  const path = process.env['PATH']!;
  const git = path
    .split(':')
    .map((one) => join(one, 'git'))
    .find((one) => existsSync(one))!;
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n[ -e '${flag}' ] && { ${script}; }\nexec '${git}' "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return { PATH: `${folder}:${path}`, flag };
}

describe('answers', () => {
  it('probes, Prometheus and people', async () => {
    const repository = createRepository();
    appendRecord(
      join(repository.top, '.git'),
      exampleRecord('a', { time: Date.now(), findings: { 'stripe-key|critical|block': 1 }, verdict: 'blocked' }),
    );
    const service = await startService(repository);

    expect(await readChecks(service, '/livez')).toEqual({ code: 200, status: 'healthy', checks: [{ name: 'process', status: 'ok' }] });
    expect(await readChecks(service)).toEqual({
      code: 200,
      status: 'healthy',
      checks: ['config', 'rules', 'git', 'ledger'].map((name) => ({ name, status: 'ok' })),
    });

    const metrics = await ask(service, '/metrics');
    expect(metrics.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(metrics.body).toContain('code_guardian_runs_total{hook="pre-commit",verdict="blocked"} 1\n');
    expect(metrics.body).toContain('code_guardian_ready{check="ledger"} 1\n');
    const open = await ask(service, '/metrics', { headers: { accept: 'application/openmetrics-text;version=1.0.0' } });
    expect(open.headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(open.body).toMatch(/# TYPE code_guardian_runs counter\n[^]*# EOF\n$/);

    const page = await ask(service, '/');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('<code>stripe-key</code>');
    expect((await fetch(`${service.url}/livez?probe=1`)).status).toBe(200);
  });

  it('what was recorded since it began', async () => {
    const repository = createRepository();
    const service = await startService(repository);
    expect((await ask(service, '/metrics')).body).not.toContain('verdict="blocked"');
    addHooks(repository);
    repository.write('a.js', 'debugger;\n');
    repository.git('add', 'a.js');
    expect(repository.tryGit(['commit', '--message', 'x']).code).toBe(1);
    expect((await ask(service, '/metrics')).body).toContain('code_guardian_runs_total{hook="pre-commit",verdict="blocked"} 1\n');
  });

  it('with headers that let a browser do nothing, and say nothing of us', async () => {
    const service = await startService(createRepository());
    for (const path of ['/livez', '/readyz', '/metrics', '/', '/none']) {
      const { headers } = await ask(service, path);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'$/),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect([headers['server'], headers['x-powered-by']]).toEqual([undefined, undefined]);
      expect(headers['content-security-policy']).not.toContain('unsafe');
    }
  });

  it('HEAD as GET, without the body', async () => {
    const service = await startService(createRepository());
    const [get, head] = [await ask(service, '/readyz'), await ask(service, '/readyz', { method: 'HEAD' })];
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': String(get.body.length) } });
  });

  it('for a bare repository too', async () => {
    const service = await startService(createRepository({ initArgs: ['--bare'] }));
    expect(await readChecks(service)).toMatchObject({ code: 200, status: 'healthy' });
    expect((await ask(service, '/')).status).toBe(200);
  });

  it('on IPv6 where there is one', async () => {
    const service = await startService(createRepository(), ['--host', '::1']).catch((thrown: Error) => thrown);
    if (service instanceof Error) expect(service.message).toContain('::1 is not an address of this machine');
    else expect([service.url.startsWith('http://[::1]:'), (await ask(service, '/livez', { host: '::1' })).status]).toEqual([true, 200]);
  });
});

describe('readiness', () => {
  it('goes with the config, and comes back', async () => {
    const repository = createRepository();
    const service = await startService(repository);
    repository.write('.code-guardianrc.yaml', 'failOn: hig\n');
    const broken = await readChecks(service);
    expect([broken.code, broken.status, failed(broken)]).toEqual([503, 'unhealthy', ['config']]);
    expect((await ask(service, '/')).body).toContain('Not ready');
    expect((await ask(service, '/metrics')).body).toContain('code_guardian_ready{check="config"} 0\n');
    expect(await readChecks(service, '/livez')).toMatchObject({ code: 200 });
    repository.write('.code-guardianrc.yaml', 'failOn: high\n');
    expect(await readChecks(service)).toMatchObject({ code: 200 });
    // Each change once, and no value of the config.
    expect(service.stderr().match(/not ready check=config|ready again check=config/g)).toEqual([
      'not ready check=config',
      'ready again check=config',
    ]);
    expect(service.stderr()).not.toContain('"hig"');
  });

  it('is missing from the start where the config is broken, and the service runs', async () => {
    const repository = createRepository();
    repository.write('.code-guardianrc.yaml', 'customRules: 7\n');
    const service = await startService(repository);
    const checks = await readChecks(service);
    expect([checks.code, failed(checks)]).toEqual([503, ['config']]);
  });

  it('goes with git', async () => {
    const repository = createRepository();
    const service = await startService(repository);
    renameSync(join(repository.top, '.git/HEAD'), join(repository.top, '.git/HEAD.away'));
    const checks = await readChecks(service);
    expect([checks.code, failed(checks)]).toEqual([503, ['git']]);
  });

  it('goes with a git that hangs, in a time that probes wait for', async () => {
    const { PATH, flag } = slowGit('exec sleep 600');
    const service = await startService(createRepository(), [], { env: { PATH } });
    writeFileSync(flag, '');
    const [checks, others] = [await readChecks(service), await Promise.all([1, 2, 3].map(() => readChecks(service)))];
    expect([checks.code, failed(checks), others.map(({ code }) => code)]).toEqual([503, ['git'], [503, 503, 503]]);
    expect((await ask(service, '/livez')).status).toBe(200);
  });

  it('goes with a ledger that cannot be written, and leaves nothing where it can', async () => {
    const repository = createRepository();
    const git = join(repository.top, '.git');
    const service = await startService(repository);
    expect(await readChecks(service)).toMatchObject({ code: 200 });
    expect(readdirSync(git).filter((name) => name.includes('guardian'))).toEqual([]);
    // Where its folder should be: root could write into any that others cannot.
    writeFileSync(join(git, 'code-guardian'), '');
    const checks = await readChecks(service);
    expect([checks.code, failed(checks)]).toEqual([503, ['ledger']]);
  });

  it('does not ask for a ledger that the config does not want', async () => {
    const repository = createRepository();
    writeFileSync(join(repository.top, '.git/code-guardian'), '');
    repository.write('.code-guardianrc.yaml', 'monitoring: { ledger: false }\n');
    const { code, checks } = await readChecks(await startService(repository));
    expect([code, checks.at(-1)]).toEqual([200, { name: 'ledger', status: 'skipped' }]);
  });
});

describe('refuses', () => {
  it.each([
    ['a path that is not there', 404, '/metrics/', {}],
    ['a path of the machine', 404, '/../../etc/passwd', {}],
    ['another method', 405, '/metrics', { method: 'POST' }],
    ['a method that changes things', 405, '/', { method: 'DELETE' }],
    ['a question about methods', 405, '/', { method: 'OPTIONS' }],
    ['a body', 413, '/', { headers: { 'content-length': '5' } }],
    ['a body of unknown length', 413, '/', { headers: { 'transfer-encoding': 'chunked' } }],
    ['another name for this host', 421, '/', { headers: { host: 'rebound.example:9477' } }],
    ['headers of more than 8 KiB', 431, '/', { headers: { 'x-long': 'x'.repeat(9000) } }],
  ] as const)('%s with %i', async (_, status, path, request) => {
    const service = await startService(createRepository());
    expect(await ask(service, path, request)).toMatchObject({ status });
    expect((await ask(service, '/livez')).status).toBe(200);
  });

  it.each([
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', '405'],
    ['what is no HTTP', '\x16\x03\x01\x02\0\x01', '400'],
    ['a body, without inviting it', 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n', '413'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', '400'],
    ['two lengths', 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', '400'],
    ['an address in place of a path', 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n', '404'],
  ])('%s', async (_, text, status) => {
    const service = await startService(createRepository());
    expect(await openSocket(service.port, text).answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await ask(service, '/livez')).status).toBe(200);
  });

  it('those who ask too often, and nobody for long', async () => {
    const service = await startService(createRepository());
    const answers = await Promise.all(Array.from({ length: 120 }, () => ask(service, '/livez')));
    const late = answers.filter(({ status }) => status === 429);
    expect(answers.length - late.length).toBeGreaterThanOrEqual(50);
    expect(late.length).toBeGreaterThan(20);
    expect(late[0]!.headers['retry-after']).toBe('1');
    await sleep(1000);
    expect((await ask(service, '/livez')).status).toBe(200);
  });

  it('those who send their headers too slowly, and answers others meanwhile', async () => {
    const service = await startService(createRepository());
    const slow = Array.from({ length: 20 }, () => openSocket(service.port, 'GET / HTTP/1.1\r\nHost: localhost\r\n'));
    let drips = 0;
    const drip = setInterval(() => {
      drips++;
      for (const { socket } of slow) if (socket.writable) socket.write('X-A: a\r\n');
    }, 500);
    onTestFinished(() => clearInterval(drip));
    expect((await ask(service, '/livez')).status).toBe(200);
    for (const { answer } of slow) expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
    // Who is only slow gets some time. The drips never end the headers, so a service without a limit never answers.
    expect(drips).toBeGreaterThan(2);
  });

  it('those who open connections and say nothing', async () => {
    const service = await startService(createRepository());
    const answers = await Promise.all(Array.from({ length: 20 }, () => openSocket(service.port).answer));
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('more connections of one client than others leave room for', async () => {
    const service = await startService(createRepository());
    const sockets = Array.from({ length: 300 }, () => openSocket(service.port, 'GET /livez HTTP/1.1\r\n'));
    let closed = 0;
    for (const { socket } of sockets) socket.once('close', () => closed++);
    await sleep(1500);
    expect(closed).toBe(300 - 256);
  });
});

describe('a token', () => {
  function withToken(repository: TestRepository): string {
    const file = join(repository.top, '../token');
    writeFileSync(file, `${TOKEN}\n`, { mode: 0o600 });
    return file;
  }
  const bearer = (token: string): { headers: Record<string, string> } => ({ headers: { authorization: `Bearer ${token}` } });

  it('is asked for everywhere, on loopback too', async () => {
    const repository = createRepository();
    const service = await startService(repository, ['--token-file', withToken(repository), '--log-level', 'trace']);
    for (const path of ['/livez', '/readyz', '/metrics', '/', '/none']) {
      expect(await ask(service, path)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
      expect((await ask(service, path, bearer(`${TOKEN.slice(0, -1)}_`))).status).toBe(401);
      expect((await ask(service, path, bearer(TOKEN))).status).toBe(path === '/none' ? 404 : 200);
    }
    expect((await ask(service, '/', { ...bearer(TOKEN), method: 'POST' })).status).toBe(405);
    expect(service.stderr()).not.toContain(TOKEN);
  });

  it('lets it listen where others reach it, by any name', async () => {
    const repository = createRepository();
    const service = await startService(repository, ['--host', '0.0.0.0', '--token-file', withToken(repository)]);
    expect(service.url).toBe(`http://0.0.0.0:${service.port}`);
    const { headers } = bearer(TOKEN);
    expect((await ask(service, '/readyz', { headers: { ...headers, host: 'guardian.example' } })).status).toBe(200);
    expect((await ask(service, '/readyz', { headers: { host: 'guardian.example' } })).status).toBe(401);
  });

  it('of a variable is not handed on to git', async () => {
    const repository = createRepository();
    const seen = join(repository.top, '../seen');
    const { PATH, flag } = slowGit(`env > '${seen}'`);
    writeFileSync(flag, '');
    const service = await startService(repository, [], { env: { PATH, CODE_GUARDIAN_SERVE_TOKEN: TOKEN } });
    expect((await ask(service, '/readyz', bearer(TOKEN))).status).toBe(200);
    expect((await ask(service, '/readyz')).status).toBe(401);
    const env = readFileSync(seen, 'utf8');
    expect(env).toContain('PATH=');
    expect(env).not.toContain(TOKEN);
  });

  it.each([
    ['none', [], {}, /0\.0\.0\.0 is reachable from other machines, so a token is required\n.*--token-file/],
    ['a file that is not there', ['--token-file', 'none'], {}, /ENOENT.*\n.*--token-file/],
    ['an empty file', ['--token-file', 'empty'], {}, /empty has no valid bearer token/],
  ] as const)('is needed there: %s', (_, args, env, message) => {
    const repository = createRepository();
    repository.write('empty', '\n');
    const { code, stdout, stderr } = repository.spawnGuardian(['serve', '--host', '0.0.0.0', '--port', '0', ...args], { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

describe('does not start', () => {
  it.each([
    ['with a port that is none', ['--port', '99999'], /--port takes a number up to 65535, not "99999"/],
    [
      'with an address of another machine',
      ['--host', '192.0.2.1', '--token-file', 'token'],
      /192\.0\.2\.1 is not an address of this machine\n.*--host/,
    ],
    ['with a name that leads nowhere', ['--host', 'nowhere.invalid'], /cannot resolve "nowhere\.invalid"/],
    ['with an argument', ['here'], /serve: unexpected argument "here"/],
  ])('%s', (_, args, message) => {
    const repository = createRepository();
    repository.write('token', TOKEN);
    const { code, stdout, stderr } = repository.spawnGuardian(['serve', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('outside of a repository', () => {
    const repository = createRepository();
    const { code, stderr } = repository.spawnGuardian(['serve', '--port', '0'], { cwd: createFolder() });
    expect([code, stderr]).toEqual([2, expect.stringContaining('not a git repository')]);
  });

  it('on a port that is already in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = createRepository().spawnGuardian(['serve', '--port', String(port)]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `code-guardian: port ${port} on 127.0.0.1 is already in use\n  Use another port: \`code-guardian serve --port N\` (0 picks a free one).\n`,
    );
  });
});

describe('stops', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s, with nothing at work, at once', async (signal) => {
    const service = await startService(createRepository());
    await ask(service, '/livez');
    // One that has sent nothing yet, and one that is kept alive.
    const idle = [openSocket(service.port), openSocket(service.port, 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n')];
    await sleep(300);
    service.process.kill(signal);
    // A service that waited for the first of them would end after its grace, with the code of the signal.
    expect(await service.ended).toBe(0);
    await Promise.all(idle.map(({ answer }) => answer));
    expect(service.stdout()).toBe('');
  });

  it('when the answer that is at work is out, and takes no new connection', async () => {
    const { PATH, flag } = slowGit('sleep 2');
    const service = await startService(createRepository(), [], { env: { PATH } });
    writeFileSync(flag, '');
    const answer = ask(service, '/readyz');
    await sleep(500);
    service.process.kill('SIGTERM');
    await sleep(200);
    await expect(ask(service, '/livez')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
    expect(await service.ended).toBe(0);
  });

  it('when a request that was on its way has come and is answered', async () => {
    const service = await startService(createRepository());
    const { socket, answer } = openSocket(service.port, 'GET /livez HTTP/1.1\r\nHost: localhost\r\n');
    await sleep(300);
    service.process.kill('SIGTERM');
    await sleep(1000);
    socket.write('\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"healthy"/);
    expect(await service.ended).toBe(0);
  });

  it('after its grace whatever is at work, with the exit code of the signal', async () => {
    const service = await startService(createRepository());
    openSocket(service.port, 'GET /livez HTTP/1.1\r\n');
    await sleep(300);
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(143);
  });

  it('at once by a second signal', async () => {
    const service = await startService(createRepository());
    openSocket(service.port, 'GET /livez HTTP/1.1\r\n');
    await sleep(300);
    service.process.kill('SIGTERM');
    await sleep(300);
    service.process.kill('SIGINT');
    // The code of the second one: after the grace it would be that of the first.
    expect(await service.ended).toBe(130);
  });

  it('and starts again on the same port', async () => {
    const repository = createRepository();
    const first = await startService(repository);
    const kept = openSocket(first.port, 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await sleep(300);
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await kept.answer).toContain('200 OK');
    const second = await startService(repository, ['--port', String(first.port)]);
    expect([second.port, (await ask(second, '/livez')).status]).toEqual([first.port, 200]);
  });
});

describe('logs', () => {
  const request = { method: 'GET', headers: { traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01' } };

  it('no request by itself', async () => {
    const service = await startService(createRepository());
    await ask(service, '/livez');
    expect(service.stderr()).toBe(`listening on ${service.url}\n`);
  });

  it('each request at debug, as part of its trace, in words of ours', async () => {
    const service = await startService(createRepository(), ['--log-level', 'debug', '--log-format', 'json']);
    await ask(service, '/livez', request);
    await ask(service, `/${letters(20, 'canary')}?${letters(20, 'query')}`);
    await sleep(200);
    const lines = service
      .stderr()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      {
        level: 'debug',
        msg: 'request',
        method: 'GET',
        path: '/livez',
        status: 200,
        client: '127.0.0.1',
        trace_id: '0123456789abcdef0123456789abcdef',
      },
      { path: 'other', status: 404 },
    ]);
    expect(lines[1]!['run_id']).toBe(lines[0]!['run_id']);
    expect(service.stderr()).not.toContain(letters(20, 'canary'));
    expect(service.stderr()).not.toContain(letters(20, 'query'));
  });

  it('to a file; one that cannot be written to stops nothing', async () => {
    const repository = createRepository();
    const folder = join(repository.top, '../logs');
    mkdirSync(folder);
    const service = await startService(repository, ['--log-level', 'debug', '--log-file', join(folder, 'serve.log')]);
    await ask(service, '/livez');
    await sleep(200);
    expect(readFileSync(join(folder, 'serve.log'), 'utf8')).toContain('"msg":"request"');
    renameSync(folder, `${folder}-away`);
    expect((await ask(service, '/livez')).status).toBe(200);
    await sleep(200);
    expect(service.stderr()).toContain('ENOENT');
    expect((await ask(service, '/livez')).status).toBe(200);
  });
});
