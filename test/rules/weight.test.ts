import { describe, expect, it } from 'vitest';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import type { ContentRule } from '../../src/engine/rule.ts';
import { alnum, base64, jwt } from '../../src/rules/drafting/sample.ts';
import { createHmac } from 'node:crypto';

const IDS = new Set(['jwt', 'generic-secret', 'generic-password', 'authorization-header']);
const scanner = createScanner(sourceOf(CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content' && IDS.has(rule.id))));

/** `rule severity` of each match. */
function weigh(path: string, text: string): string[] {
  const matches = scanner.scan({ bytes: Buffer.from(`${text}\n`), path, isActive: () => true });
  return matches.map(({ rule, severity }) => `${rule.id} ${severity}`);
}

function signed(payload: object, secret: string): string {
  const [head, body] = jwt(payload).split('.');
  return `${head}.${body}.${createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')}`;
}

describe('a JSON Web Token weighs', () => {
  it.each([
    ['as its claims do', jwt({ sub: 'north|42', jti: alnum(12) }), 'jwt high'],
    ['nothing where they are words of an example', jwt({ foo: 'bar', iss: 'test', exp: 4_000_000_000 }), 'jwt info'],
    ['nothing where they are those of the best known sample', jwt({ sub: '1234567890', name: 'John Doe', admin: true }), 'jwt info'],
    ['nothing where they are a number', jwt({ aud: ['test', 1] }), 'jwt info'],
    ['little where they name nobody', jwt({ foo: alnum(12) }), 'jwt low'],
    ['as ever where there is nothing but a time', jwt({ exp: 4_000_000_000 }), 'jwt high'],
    ['little where the name is of another alphabet', jwt({ sub: '1234567890', name: 'Žofia Dvořák' }), 'jwt low'],
    ['little where anybody can sign it', signed({ sub: 'north|42' }, 'your-256-bit-secret'), 'jwt low'],
    ['as ever where it is signed with a secret', signed({ sub: 'north|42' }, alnum(40)), 'jwt high'],
  ])('%s', (_, token, expected) => {
    expect(weigh('src/a.ts', `send('${token}')`)).toEqual([expected]);
  });

  it('no more where it stands in an assignment or a header', () => {
    const [head, body] = jwt({ foo: 'bar' }).split('.');
    expect(weigh('a.c', `char *token = "${head}.${body}.wrong";`)).toEqual([]);
    expect(weigh('a.py', `headers = {"Authorization": "Bearer ${head}.${body}."}`)).toEqual([]);
  });
});

describe('a secret in a comment', () => {
  const secret = alnum(32);
  it.each([
    ['of documentation weighs less', 'a.rs', `/// client.set_token("${secret}");`, 'medium'],
    ['with code in it weighs less', 'a.go', `//\tclient.SetToken("${secret}")`, 'medium'],
    ['in a block weighs less', 'a.java', ` * client.setToken("${secret}");`, 'medium'],
    ['that was code weighs as much', 'a.go', `// client.SetToken("${secret}")`, 'high'],
    ['of a script weighs as much', 'a.sh', `#   export API_TOKEN=${secret}`, 'high'],
  ])('%s', (_, path, text, severity) => {
    expect(weigh(path, text)).toEqual([`generic-secret ${severity}`]);
  });
});

describe('a password', () => {
  it('that is a hash is a note', () => {
    expect(weigh('a.json', `{ "password": "pbkdf2_sha256$260000$${alnum(12)}$${base64(32)}" }`)).toEqual(['generic-password info']);
    expect(weigh('a.yml', `password: '$2b$12$${alnum(53)}'`)).toEqual(['generic-password info']);
  });

  it('that is the name of a user counts in settings', () => {
    const word = 'xnbbrviurzral';
    expect(weigh('.env', `DB_USER=${word}\nDB_PASSWORD=${word}`)).toEqual(['generic-password medium']);
    expect(weigh('a.py', `connect(user="${word}", password="${word}")`)).toEqual([]);
    expect(weigh('a.py', `connect(user="another", password="${word}")`)).toEqual(['generic-password medium']);
  });

  it('in a folder of tests is no name of that folder', () => {
    expect(weigh('qzwvkx/test/a.rb', `password = 'qzwvkx'`)).toEqual([]);
    expect(weigh('qzwvkx/a.rb', `password = 'qzwvkx'`)).toEqual(['generic-password medium']);
  });
});
