import type { Server } from 'node:http';
import { GuardianError } from '../errors/guardian-error.ts';
import { type Address, urlOf } from './address.ts';

/**
 * Resolves when the server accepts connections.
 *
 * @throws GuardianError USAGE or PERMISSION_DENIED where the address cannot be had
 */
export function listen(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => reject(listenError(cause, address));
    server.once('error', fail);
    server.listen({ host: address.ip, port: address.port }, () => {
      server.removeListener('error', fail);
      resolve();
    });
  });
}

function listenError(cause: NodeJS.ErrnoException, { ip, port }: Address): GuardianError {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new GuardianError('USAGE', `port ${port} on ${ip} is already in use`, {
        hint: 'Use another port: `code-guardian serve --port N` (0 picks a free one).',
        cause,
      });
    case 'EACCES':
      return new GuardianError('PERMISSION_DENIED', `permission denied for port ${port} on ${ip}`, {
        hint: 'Ports below 1024 are privileged. Use another one: `code-guardian serve --port 9477`',
        cause,
      });
    case 'EADDRNOTAVAIL':
      return new GuardianError('USAGE', `${ip} is not an address of this machine`, {
        hint: 'Use `--host 127.0.0.1` for this machine only, or `--host 0.0.0.0` for all its networks.',
        cause,
      });
    default:
      return new GuardianError('USAGE', `cannot listen on ${urlOf({ ip, port })}: ${cause.message}`, {
        hint: 'Use another address: `code-guardian serve --host ADDRESS --port N`',
        cause,
      });
  }
}
