import { describe, expect, it } from 'vitest';
import { admitsUuid, credentialKind } from '../../../src/rules/reading/credential-name.ts';

describe('credentialKind', () => {
  it.each([
    'password',
    'dbPassword',
    'DB_PASSWORD',
    'spring.datasource.password',
    '--password',
    'mock.password',
    'newpassword2',
    'neo4j_pass',
    'rootpw_pw',
    'storepass',
    'bindpw',
    'SMTPPass',
    'senha',
    'wpa_psk',
  ])('%s: a password', (name) => {
    expect(credentialKind(name)).toBe('password');
  });

  it.each([
    'apiKey',
    'API_KEY',
    'stripeSecretKey',
    'x-api-key',
    'authToken',
    'secret_key_base',
    'clientSecret',
    'token_github',
    'AUTH',
    'X-Acme-Key',
  ])('%s: a secret', (name) => {
    expect(credentialKind(name)).toBe('secret');
  });

  it.each(['key', 'mapKey', 'KEY', 'authData', 'passwordField', 'apiKeyHeader', 'tokenInput'])('%s: says little', (name) => {
    expect(credentialKind(name)).toBe('key');
  });

  it.each([
    'tokenCount',
    'token_id',
    'PASSWORD_HASH',
    'secretName',
    'authName',
    'keyName',
    'md5_key_checksum',
    'csrfToken',
    'nextToken',
    'publicKey',
    'cacheKey',
    'compass',
    'trespass',
    'bypass',
    'passenger',
    'author',
    'keyboard',
    'monkeys',
    'password_reset_url',
    'encrypted_password',
    'lockToken',
    'public_key_numbers',
    'keyHandle',
  ])('%s: something else', (name) => {
    expect(credentialKind(name)).toBeNull();
  });
});

describe('admitsUuid', () => {
  it.each(['apiKey', 'refreshToken', '--token', 'CLIENT_SECRET', 'token', 'northToken', 'X-North-Key'])('%s opens a door', (name) => {
    expect(admitsUuid(name)).toBe(true);
  });

  it('of an example is told more strictly', () => {
    expect([admitsUuid('northToken', true), admitsUuid('apiToken', true)]).toEqual([false, true]);
  });

  it.each(['clientRequestToken', 'changeToken', 'sessionToken', 'next_page_token'])('%s names a request', (name) => {
    expect(admitsUuid(name)).toBe(false);
  });
});
