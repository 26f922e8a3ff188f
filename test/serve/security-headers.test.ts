import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { securityHeaders } from '../../src/serve/security-headers.ts';

it('let nothing be loaded, run, framed, guessed at or kept', () => {
  expect(securityHeaders()).toMatchObject({
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
});

it('allow one style by its hash', () => {
  const hash = createHash('sha256').update('p { color: red }').digest('base64');
  expect(securityHeaders('p { color: red }')['content-security-policy']).toContain(`; style-src 'sha256-${hash}';`);
});
