import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSecretHeaders } from '../../src/telemetry/otlp/secret-headers.ts';
import { readSecret } from '../../src/telemetry/read-secret.ts';
import { createFolder } from '../support/repository.ts';

function fileWith(content: string, mode = 0o600): string {
  const file = join(createFolder(), 'secret');
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

const textOf = (reference: string, env: NodeJS.ProcessEnv = {}): string => readSecret(reference, env).bytes.toString();

describe('a secret', () => {
  it.each([
    ['as it is', 'Bearer abc', 'Bearer abc'],
    ['without its line end', 'Bearer abc\n', 'Bearer abc'],
    ['without that of Windows', 'Bearer abc\r\n', 'Bearer abc'],
    ['with the blank at its end', 'abc \n', 'abc '],
  ])('is read %s', (_, content, value) => {
    expect(textOf(`file:${fileWith(content)}`)).toBe(value);
    expect(textOf('env:TOKEN', { TOKEN: content })).toBe(value);
  });

  it.each([
    ['an empty file', 'env:TOKEN', '', 'env:TOKEN is not set'],
    ['an empty line', 'file', '\n', 'is empty'],
    ['two lines', 'file', 'abc\ndef\n', 'is not valid in a header'],
    ['two line ends', 'file', 'abc\n\n', 'is not valid in a header'],
    ['a NUL', 'file', 'abc\0', 'is not valid in a header'],
    ['letters beyond ASCII', 'env:TOKEN', 'abcé', 'is not valid in a header'],
    ['much', 'file', 'abc'.repeat(10_000), 'is not a file with one short line'],
  ])('is not %s, and what stands there is not told', (_, kind, content, message) => {
    const reference = kind === 'file' ? `file:${fileWith(content)}` : kind;
    const fail = (): unknown => readSecret(reference, { TOKEN: content });
    expect(fail).toThrow(message);
    if (content.trim() !== '') expect(fail).not.toThrow(/abc/);
  });

  it('is not in what is no file, or no reference', () => {
    expect(() => readSecret('file:/dev/zero', {})).toThrow('is not a file with one short line');
    expect(() => readSecret(`file:${createFolder()}/none`, {})).toThrow('ENOENT');
    expect(() => readSecret('hunter2', {})).toThrow(/^the value of a header is not a reference$/);
  });

  it('that everybody can read is told of, through links too', () => {
    const file = fileWith('abc\n', 0o644);
    const link = join(createFolder(), 'link');
    symlinkSync(file, link);
    expect(readSecret(`file:${link}`, {}).warning).toBe(`every user of this machine can read the secret in ${link}: run chmod 600 on it`);
    chmodSync(file, 0o640);
    expect(readSecret(`file:${file}`, {}).warning).toBeNull();
  });
});

describe('headers', () => {
  const env = { ONE: 'Bearer abc-def', TWO: 'xyz' };

  it('are wiped, and then nobody gets them', async () => {
    const headers = readSecretHeaders({ authorization: 'env:ONE', 'x-two': 'env:TWO' }, env, () => undefined);
    expect(await headers.open()).toEqual({ authorization: 'Bearer abc-def', 'x-two': 'xyz' });
    headers.wipe();
    expect(await headers.open()).toEqual({ authorization: '\0'.repeat(14), 'x-two': '\0\0\0' });
  });

  it('are hidden in what a receiver says', () => {
    const headers = readSecretHeaders({ authorization: 'env:ONE', 'x-two': 'env:TWO' }, env, () => undefined);
    expect(headers.hide('no abc-def, no Bearer abc-def, no xyz')).toBe('no …, no …, no …');
  });

  it('are none where one of them is not there', () => {
    expect(() => readSecretHeaders({ authorization: 'env:ONE', 'x-two': 'env:NONE' }, env, () => undefined)).toThrow('env:NONE is not set');
  });
});
