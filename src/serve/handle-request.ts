import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { namesLoopback } from './host-header.ts';
import { clientOf, createRateLimiter } from './rate-limit.ts';
import { judgeRequest, type Refusal } from './refusal.ts';
import { securityHeaders } from './security-headers.ts';
import type { Answer, Site } from './site.ts';

const RATE = { perSecond: 10, burst: 50, maxClients: 1024 };
const TEXT = 'text/plain; charset=utf-8';
/** Methods that appear in the log; others are not ours to repeat. */
const METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** @param isLocal whether the server listens on a loopback address */
export function createHandler(server: Server, isLocal: boolean, { paths, hasToken, onAnswered, onFailed }: Site): Handler {
  const waitOf = createRateLimiter(RATE);
  const known = Object.keys(paths);

  const refuse = ({ method = '', headers }: IncomingMessage, path: string, client: string): Refusal | null =>
    judgeRequest(
      {
        method,
        path,
        hasBody: headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0,
        wait: waitOf(client, performance.now()),
        isForUs: !isLocal || namesLoopback(headers.host),
        isAuthorised: hasToken === null || hasToken(headers.authorization),
      },
      known,
    );
  const answer = async (path: string, accept: string | undefined): Promise<Answer> => {
    try {
      return await paths[path]!(accept);
    } catch (thrown) {
      onFailed(thrown);
      return { status: 500, type: TEXT, body: 'internal error; see the log\n' };
    }
  };

  return async (request, response) => {
    const start = performance.now();
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    const client = clientOf(request.socket.remoteAddress);
    const refusal = refuse(request, path, client);
    const { status, type, body, style } =
      refusal === null
        ? await answer(path, request.headers.accept)
        : { status: refusal.status, type: TEXT, body: `${refusal.reason}\n`, style: undefined };
    response.writeHead(status, {
      ...securityHeaders(style),
      ...refusal?.headers,
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      // Close the connection: do not read the rest of a refused request, and do not wait for the next one while stopping.
      ...(refusal !== null || !server.listening ? { connection: 'close' } : {}),
    });
    response.end(body);
    onAnswered({
      method: METHODS.has(request.method) ? request.method! : 'other',
      path: known.includes(path) ? path : 'other',
      status,
      duration: performance.now() - start,
      client,
      traceparent: request.headers['traceparent']?.toString(),
    });
  };
}
