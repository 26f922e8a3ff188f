import { expect, it } from 'vitest';
import { isLoopback, readAddress, urlOf } from '../../src/serve/address.ts';

it.each([
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.0.2.7', false],
  ['128.0.0.1', false],
  ['localhost', false],
])('%s is loopback: %s', (ip, is) => {
  expect(isLoopback(ip)).toBe(is);
});

it('names become addresses', async () => {
  const { ip, port } = await readAddress('localhost', '0');
  expect([isLoopback(ip), port]).toEqual([true, 0]);
});

it.each(['-1', '65536', '80.5', '', 'http', '0x50', '100000'])('%s is no port', async (port) => {
  await expect(readAddress('127.0.0.1', port)).rejects.toMatchObject({ code: 'USAGE', hint: expect.stringContaining('9477') });
});

it.each(['nowhere.invalid', ''])('"%s" leads nowhere', async (host) => {
  await expect(readAddress(host, '0')).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining(JSON.stringify(host)) });
});

it.each([
  ['127.0.0.1', 'http://127.0.0.1:9477'],
  ['::1', 'http://[::1]:9477'],
])('%s is written as %s', (ip, url) => {
  expect(urlOf({ ip, port: 9477 })).toBe(url);
});
