import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** A request as a receiver gets it. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface OtlpReceiver {
  readonly url: string;
  readonly received: readonly Received[];
}

/**
 * An OTLP receiver over HTTP for one test.
 *
 * @param answers false leaves every request without an answer
 * @param repeats refuses, and says back what this header holds
 */
export async function startReceiver({ answers = true, repeats = '' } = {}): Promise<OtlpReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
      received.push({ path: request.url!, headers: request.headers, body: JSON.parse(text) });
      if (repeats !== '') response.writeHead(401, `no ${String(request.headers[repeats])}`).end();
      else if (answers) response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
