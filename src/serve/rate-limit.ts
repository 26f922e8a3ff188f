import { isIPv6 } from 'node:net';

export interface RateLimit {
  /** Sustained requests per second of one client. */
  readonly perSecond: number;
  /** Requests in a burst after a pause. */
  readonly burst: number;
  /** Clients that are remembered, most recent first. */
  readonly maxClients: number;
}

/** @returns seconds that the client must wait; 0: none */
export type RateLimiter = (client: string, now: number) => number;

interface Bucket {
  readonly tokens: number;
  /** Milliseconds. */
  readonly at: number;
}

/** One token bucket per client. */
export function createRateLimiter({ perSecond, burst, maxClients }: RateLimit): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return (client, now) => {
    const { tokens, at } = buckets.get(client) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond);
    // Re-insert, so that the first entry of the map is always the least recent client.
    buckets.delete(client);
    buckets.set(client, { tokens: filled < 1 ? filled : filled - 1, at: now });
    if (buckets.size > maxClients) buckets.delete(buckets.keys().next().value!);
    return filled < 1 ? (1 - filled) / perSecond : 0;
  };
}

/** The client of a request. An IPv6 client owns a whole /64. */
export function clientOf(address = ''): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = (part: string): string[] => part.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: zeros }, () => '0'), ...groups(tail ?? '')];
  return `${all.slice(0, 4).join(':')}::/64`;
}
