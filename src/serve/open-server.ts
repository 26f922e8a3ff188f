import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Address, isLoopback, urlOf } from './address.ts';
import { createHandler } from './handle-request.ts';
import { listen } from './listen.ts';
import { clientOf } from './rate-limit.ts';
import type { Site } from './site.ts';

export interface OpenServer {
  /** With the actual port. */
  readonly url: string;
  /** Accepts no new connections; resolves when open requests have finished. */
  readonly close: () => Promise<void>;
}

/** Bytes and milliseconds. */
const LIMITS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  // How often Node checks for slow requests; its default is every 30 s.
  connectionsCheckingInterval: 1000,
};
/** Milliseconds without traffic. */
const IDLE_TIMEOUT = 15_000;
const MAX_CONNECTIONS = 512;
const MAX_CONNECTIONS_OF_CLIENT = 256;
const NO_TUNNEL = 'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/**
 * Serves until closed.
 *
 * @throws GuardianError USAGE or PERMISSION_DENIED where the address cannot be had
 */
export async function openServer(address: Address, site: Site): Promise<OpenServer> {
  const server = createServer(LIMITS);
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = IDLE_TIMEOUT;

  const sockets = new Map<Socket, string>();
  server.on('connection', (socket) => {
    const client = clientOf(socket.remoteAddress);
    sockets.set(socket, client);
    socket.once('close', () => sockets.delete(socket));
    if ([...sockets.values()].filter((other) => other === client).length > MAX_CONNECTIONS_OF_CLIENT) socket.destroy();
  });
  const handle = createHandler(server, isLoopback(address.ip), site);
  server.on('request', (request, response) => void handle(request, response));
  // By default Node asks for the body, and closes a CONNECT without an answer.
  server.on('checkContinue', (request, response) => void handle(request, response));
  server.on('connect', (_, socket) => socket.end(NO_TUNNEL));

  await listen(server, address);
  server.on('error', site.onFailed);
  return {
    url: urlOf({ ip: address.ip, port: (server.address() as AddressInfo).port }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Node closes connections that wait for another request, but not those that wait for their first one.
        for (const socket of sockets.keys()) if (socket.bytesRead === 0) socket.destroy();
      }),
  };
}
