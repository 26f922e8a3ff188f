import type { Server } from 'node:http';
import { GuardianError } from '../errors/guardian-error.ts';
import { type Address, urlOf } from './address.ts';

/**
 * Resolves when the server takes connections.
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
      return new GuardianError('USAGE', `port ${port} of ${ip} is taken`, {
        hint: 'Name another with `--port N` (0 takes a free one), or end the program that listens there.',
        cause,
      });
    case 'EACCES':
      return new GuardianError('PERMISSION_DENIED', `the system does not let us have port ${port} of ${ip}`, {
        hint: 'Those below 1024 it keeps for itself: name another with `--port N`.',
        cause,
      });
    case 'EADDRNOTAVAIL':
      return new GuardianError('USAGE', `${ip} is no address of this machine`, {
        hint: 'Name one that is with `--host`: 127.0.0.1 for programs on it, 0.0.0.0 for all networks that it is in.',
        cause,
      });
    default:
      return new GuardianError('USAGE', `cannot listen on ${urlOf({ ip, port })}: ${cause.message}`, {
        hint: 'Name another address with `--host` and `--port`.',
        cause,
      });
  }
}
