import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readToken, TOKEN_VARIABLE } from '../../src/serve/token.ts';
import { createFolder } from '../support/repository.ts';
import { letters } from '../support/secrets.ts';

const TOKEN = letters(40, 'serve');

function tokenFile(content: string | Buffer): string {
  const file = join(createFolder(), 'token');
  writeFileSync(file, content);
  return file;
}

it.each([TOKEN, `${TOKEN}\n`, `  ${TOKEN}\r\n`])('is read from a file, without the blanks around it (%#)', (content) => {
  const hasToken = readToken(tokenFile(content), {})!;
  expect([`Bearer ${TOKEN}`, `bearer  ${TOKEN} `].map((header) => hasToken(header))).toEqual([true, true]);
});

it('is taken from its variable, and out of the environment that other programs get', () => {
  const env = { [TOKEN_VARIABLE]: TOKEN, HOME: '/' };
  expect(readToken(undefined, env)!(`Bearer ${TOKEN}`)).toBe(true);
  expect(env).toEqual({ HOME: '/' });
});

it('of a file stands before that of the variable', () => {
  const env = { [TOKEN_VARIABLE]: letters(40, 'other') };
  const hasToken = readToken(tokenFile(TOKEN), env)!;
  expect([hasToken(`Bearer ${TOKEN}`), hasToken(`Bearer ${letters(40, 'other')}`), TOKEN_VARIABLE in env]).toEqual([true, false, false]);
});

it.each([{}, { [TOKEN_VARIABLE]: '' }])('is not there: %o', (env) => {
  expect(readToken(undefined, env)).toBeNull();
});

it.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  TOKEN,
  `Basic ${TOKEN}`,
  `Bearer ${TOKEN}x`,
  `Bearer ${TOKEN.slice(1)}`,
  `Bearer ${TOKEN} ${TOKEN}`,
  `Bearer ${TOKEN.toLowerCase()}`,
])('is not in another header (%#)', (header) => {
  expect(readToken(tokenFile(TOKEN), {})!(header)).toBe(false);
});

describe('one that nobody could send', () => {
  it.each(['', '\n', `${TOKEN}\n${TOKEN}`, `${TOKEN} x`, 'tökén', 'x'.repeat(4097), Buffer.of(0xff, 0xfe)])(
    'is refused without showing it (%#)',
    (content) => {
      const file = tokenFile(content);
      const read = () => readToken(file, {});
      expect(read).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message: `${file} has no valid bearer token` }));
    },
  );

  it('is refused where its file is not there', () => {
    const read = () => readToken(join(createFolder(), 'none'), {});
    expect(read).toThrow(expect.objectContaining({ code: 'FILE_SYSTEM', hint: expect.stringContaining('--token-file') }));
  });
});
