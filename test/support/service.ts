import { type ChildProcess, spawn } from 'node:child_process';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { BIN, type TestRepository } from './repository.ts';

export interface Service {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** All that it wrote so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts the built `code-guardian serve`, and waits until it listens. It ends with the test at the latest. */
export async function startService(
  { top, env }: TestRepository,
  args: readonly string[] = [],
  more: { readonly bin?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Service> {
  const child = spawn(process.execPath, [more.bin ?? BIN, 'serve', '--port', '0', ...args], { cwd: top, env: { ...env, ...more.env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      const said = /^listening on (http:\/\/\S+)\n/m.exec(stderr)?.[1];
      if (said !== undefined) resolve(said);
    });
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${stderr}`)));
  });
  return { url, port: Number(new URL(url).port), process: child, stdout: () => stdout, stderr: () => stderr, ended };
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request on a connection of its own, with any `Host`, which `fetch` does not let one set. */
export function ask(
  { port }: Pick<Service, 'port'>,
  path: string,
  { method = 'GET', headers = {}, host = '127.0.0.1' }: { method?: string; headers?: Readonly<Record<string, string>>; host?: string } = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    request({ host, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

/** A connection that says what it is told to. */
export function openSocket(port: number, text = ''): { readonly socket: Socket; readonly answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  // Whoever is refused may be cut off.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  if (text !== '') socket.write(text);
  return { socket, answer: new Promise((resolve) => socket.once('close', () => resolve(answer))) };
}
