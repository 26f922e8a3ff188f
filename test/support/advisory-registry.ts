import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** A registry of npm that knows advisories and nothing else. */
export interface AdvisoryRegistry {
  readonly url: string;
  /** Bodies of the requests for advisories. */
  readonly asked: () => Promise<readonly Readonly<Record<string, readonly string[]>>[]>;
}

const SERVER = `
const { createServer } = require('node:http');
const { gunzipSync } = require('node:zlib');
const { parentPort, workerData } = require('node:worker_threads');
const asked = [];
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method !== 'POST' || request.url !== '/-/npm/v1/security/advisories/bulk') return response.writeHead(405).end('{}');
    const bytes = Buffer.concat(chunks);
    const names = JSON.parse((request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString());
    asked.push(names);
    const found = Object.fromEntries(Object.entries(workerData.advisories).filter(([name]) => name in names));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
parentPort.on('message', () => parentPort.postMessage(asked));
`;

/**
 * Answers `/-/npm/v1/security/advisories/bulk`, in a thread of its own: tests wait for the programs that they run.
 *
 * @param advisories by the name of the package, as the registry has them
 */
export async function startAdvisoryRegistry(advisories: Readonly<Record<string, readonly unknown[]>>): Promise<AdvisoryRegistry> {
  const worker = new Worker(SERVER, { eval: true, workerData: { advisories } });
  onTestFinished(async () => void (await worker.terminate()));
  const next = <T>(): Promise<T> => new Promise((resolve) => void worker.once('message', resolve));
  const port = await next<number>();
  return {
    url: `http://127.0.0.1:${port}/`,
    asked() {
      const answer = next<readonly Readonly<Record<string, readonly string[]>>[]>();
      worker.postMessage('asked', []);
      return answer;
    },
  };
}
