import { describe, expect, it } from 'vitest';
import { clientOf, createRateLimiter } from '../../src/serve/rate-limit.ts';

const LIMIT = { perSecond: 2, burst: 3, maxClients: 2 };

describe('a client', () => {
  it('may go on after a burst as fast as its bucket fills', () => {
    const waitOf = createRateLimiter(LIMIT);
    expect([0, 0, 0, 0].map((now) => waitOf('a', now))).toEqual([0, 0, 0, 0.5]);
    expect(waitOf('a', 250)).toBe(0.25);
    expect(waitOf('a', 500)).toBe(0);
    expect(waitOf('a', 500)).toBe(0.5);
  });

  it('has no more than one burst after a long pause', () => {
    const waitOf = createRateLimiter(LIMIT);
    waitOf('a', 0);
    expect([0, 0, 0, 0].map(() => waitOf('a', 1e9) > 0)).toEqual([false, false, false, true]);
  });

  it('is not held up by others', () => {
    const waitOf = createRateLimiter(LIMIT);
    for (let i = 0; i < 9; i++) waitOf('a', 0);
    expect(waitOf('b', 0)).toBe(0);
  });

  it('is forgotten when others came since, the one not heard of for longest first', () => {
    const waitOf = createRateLimiter(LIMIT);
    for (const client of ['a', 'a', 'a', 'b', 'b', 'b', 'a', 'c']) waitOf(client, 0);
    expect(waitOf('a', 0)).toBeGreaterThan(0);
    expect(waitOf('b', 0)).toBe(0);
  });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [undefined, ''],
])('requests of %s are counted to %s', (address, client) => {
  expect(clientOf(address)).toBe(client);
});
