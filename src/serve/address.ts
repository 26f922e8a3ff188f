import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { GuardianError } from '../errors/guardian-error.ts';

/** Where to listen. */
export interface Address {
  /** An IP address: a name may resolve differently the next time. */
  readonly ip: string;
  /** 0: any free port. */
  readonly port: number;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether only programs on this machine can reach the address. */
export function isLoopback(ip: string): boolean {
  return isIP(ip) !== 0 && LOOPBACK.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}

/**
 * `--host` and `--port`.
 *
 * @throws GuardianError USAGE for an invalid port or an unknown name
 */
export async function readAddress(host: string, port: string): Promise<Address> {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new GuardianError('USAGE', `--port takes a number up to 65535, not ${JSON.stringify(port)}`, {
      hint: 'Use a port above 1023: `code-guardian serve --port 9477`. 0 picks a free one.',
    });
  }
  const found = await lookup(host).catch(() => null);
  // An empty name resolves, too, but not to an address.
  if (found === null || isIP(found.address) === 0) {
    throw new GuardianError('USAGE', `--host: cannot resolve ${JSON.stringify(host)}`, {
      hint: 'Use an address of this machine: 127.0.0.1 for this machine only, 0.0.0.0 for all its networks.',
    });
  }
  return { ip: found.address, port: Number(port) };
}

/** `http://127.0.0.1:9477` */
export function urlOf({ ip, port }: Address): string {
  return `http://${isIPv6(ip) ? `[${ip}]` : ip}:${port}`;
}
