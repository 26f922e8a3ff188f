import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { createScanner, sourceOf } from '../../../src/engine/scanner.ts';
import { privateKeys } from '../../../src/rules/themes/private-key.ts';
import type { ContentRule } from '../../../src/engine/rule.ts';

const scanner = createScanner(sourceOf(privateKeys() as readonly ContentRule[]));
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const open = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const locked = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'north' }).toString();

function findingsIn(text: string): object[] {
  return scanner
    .scan({ bytes: Buffer.from(text), path: 'key.pem', isActive: () => true })
    .map(({ severity, message }) => ({ severity, message }));
}

it('is critical, and no more than a note with a passphrase', () => {
  const note = { severity: 'info', message: 'Private key encrypted with a passphrase' };
  expect(findingsIn(open)).toEqual([{ severity: 'critical', message: 'Private key' }]);
  expect(findingsIn(locked)).toEqual([note]);
  expect(findingsIn(Buffer.from(open).toString('base64'))).toEqual([{ severity: 'critical', message: 'Private key in base64' }]);
  expect(findingsIn(Buffer.from(locked).toString('base64'))).toEqual([note]);
});

it('is found in URLs, in base64 of base64 and without its armour', () => {
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  const bare = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  for (const text of [`?key=${encodeURIComponent(open)}`, `?key=${encodeURIComponent(open).replaceAll('%20', '+')}`]) {
    expect(findingsIn(text)).toEqual([{ severity: 'critical', message: 'Private key' }]);
  }
  for (const text of [
    bare,
    bare.match(/.{1,64}/g)!.join('\n  '),
    encode(open)
      .match(/.{1,76}/g)!
      .join('\n'),
    encode(open.replaceAll('\n', '\\n')),
  ]) {
    expect(findingsIn(`key: ${text}\n`)).toEqual([{ severity: 'critical', message: 'Private key in base64' }]);
  }
});
