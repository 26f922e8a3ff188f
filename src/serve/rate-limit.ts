import { isIPv6 } from 'node:net';

export interface RateLimit {
  /** Requests that a client may go on with. */
  readonly perSecond: number;
  /** Requests that it may make at once after a pause. */
  readonly burst: number;
  /** So many clients are remembered, those that came last. */
  readonly maxClients: number;
}

/** @returns seconds that the client has to wait; 0: it may go on */
export type RateLimiter = (client: string, now: number) => number;

interface Bucket {
  readonly tokens: number;
  /** Milliseconds. */
  readonly at: number;
}

/** One token bucket a client. */
export function createRateLimiter({ perSecond, burst, maxClients }: RateLimit): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return (client, now) => {
    const { tokens, at } = buckets.get(client) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond);
    // Put in anew, so that the first of the map is always the one not heard of for longest.
    buckets.delete(client);
    buckets.set(client, { tokens: filled < 1 ? filled : filled - 1, at: now });
    if (buckets.size > maxClients) buckets.delete(buckets.keys().next().value!);
    return filled < 1 ? (1 - filled) / perSecond : 0;
  };
}

/** Whom to count a request to. Of IPv6 a client has a whole /64 to call from. */
export function clientOf(address = ''): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = (part: string): string[] => part.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: zeros }, () => '0'), ...groups(tail ?? '')];
  return `${all.slice(0, 4).join(':')}::/64`;
}
