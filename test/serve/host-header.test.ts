import { expect, it } from 'vitest';
import { namesLoopback } from '../../src/serve/host-header.ts';

it.each(['localhost', 'LOCALHOST:9477', '127.0.0.1', '127.0.0.1:9477', '127.8.9.1:80', '[::1]', '[::1]:9477'])(
  '%s is this host',
  (header) => {
    expect(namesLoopback(header)).toBe(true);
  },
);

it.each([
  undefined,
  '',
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example:9477',
  'evil.example:127.0.0.1',
  'localhost:80:80',
  '127.1',
  '0x7f.0.0.1',
  '[::2]:9477',
  '::1',
  '192.0.2.7:9477',
  'user@localhost',
])('%s is not', (header) => {
  expect(namesLoopback(header)).toBe(false);
});
