import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ContentRule } from '../../../src/engine/rule.ts';
import { createScanner, sourceOf } from '../../../src/engine/scanner.ts';
import { jwts } from '../../../src/rules/themes/jwt.ts';

const EXPIRY = Date.UTC(2030, 5, 1);

function tokenUntil(time: number): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: 'f81d4fae-7dec-11d0', email: 'ada@north.io', exp: time / 1000 })}`;
  return `${signed}.${createHmac('sha256', 'kV9#mQ2x!7Lp').update(signed).digest('base64url')}`;
}

/** Severity of a token at a time. */
function severityAt(now: number): string | undefined {
  const rules = jwts().filter((rule): rule is ContentRule => rule.kind === 'content');
  const onFailure = (): never => expect.unreachable();
  const scanner = createScanner(sourceOf(rules), { ruleTimeout: 1000, now, onFailure });
  const bytes = Buffer.from(`token = "${tokenUntil(EXPIRY)}"\n`);
  return scanner.scan({ bytes, path: 'src/a.py', isActive: () => true })[0]?.severity;
}

it('a token weighs less once it has expired, by the time of the run and not by the clock', () => {
  expect([severityAt(EXPIRY - 1000), severityAt(EXPIRY + 1000)]).toEqual(['high', 'low']);
});
