import { describe, expect, it } from 'vitest';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import type { SettledFinding } from '../../src/findings/finding.ts';
import { settle } from '../../src/findings/settle.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { alnum, base32, hex } from '../../src/rules/drafting/sample.ts';

const scanner = createScanner(sourceOf(CATALOGUE.filter((rule) => rule.kind === 'content')));

/** @param added offsets of the added lines, start and end of each; absent: all */
function findingsIn(text: string, added?: readonly number[]): readonly SettledFinding[] {
  const bytes = Buffer.from(text);
  const path = 'src/settings.txt';
  return settle({
    path,
    pathBytes: undefined,
    commit: undefined,
    bytes,
    matches: scanner.scan({ bytes, path, isActive: () => true }),
    added: added ?? 'all',
    ignored: { isIgnoredValue: () => false, isRequired: () => false },
  }).findings.filter(({ category }) => category === 'secret');
}

const id = `AKIA${base32(16)}`;
const secret = alnum(40);
const lines = (...parts: string[]): string => parts.join('\n');

describe('an AWS key id and its secret', () => {
  it('are a finding each, of the worst severity', () => {
    for (const text of [
      lines('[default]', `aws_access_key_id = ${id}`, `aws_secret_access_key = ${secret}`),
      lines(`secret_access_key: ${secret}`, `access_key_id: ${id}`),
      lines(`AWS_ID=${id}`, ...Array.from({ length: 8 }, () => '#'), `AWS_KEY=${secret}`),
      `new Client('${id}', '${secret}')`,
    ]) {
      const found = findingsIn(text);
      expect(found.map(({ rule }) => rule)).toContain('aws-access-key');
      expect(found).toMatchObject([{ severity: 'critical' }, { severity: 'critical' }]);
      expect(new Set(found.map(({ secret }) => secret))).toEqual(new Set(['AKIA…[20]', '…[40]']));
    }
  });

  it('never show the secret', () => {
    for (const { excerpt } of findingsIn(`new Client('${id}', '${secret}')`)) {
      expect(excerpt).toContain('AKIA…[20]');
      expect(excerpt).not.toContain(secret.slice(0, 8));
    }
  });

  it('are found when either line is new', () => {
    const text = lines(`id=${id}`, `key=${secret}`, '');
    const second = text.indexOf('key=');
    expect(findingsIn(text, [second, text.length])).toMatchObject([{ rule: 'aws-access-key', line: 2 }]);
    expect(findingsIn(text, [0, second])).toMatchObject([{ rule: 'aws-access-key', line: 1, severity: 'critical' }]);
    expect(findingsIn(`${text}other\n`, [text.length, text.length + 6])).toHaveLength(0);
  });

  it('stand for themselves when far apart', () => {
    const far = findingsIn(lines(`aws_access_key_id=${id}`, ...Array.from({ length: 20 }, () => '#'), `aws_secret_access_key=${secret}`));
    expect(far).toMatchObject([
      { rule: 'aws-access-key', severity: 'high' },
      { rule: 'aws-secret-key', severity: 'critical' },
    ]);
  });

  it('pair up in order where two stand together', () => {
    const other = [`AKIA${base32(16, 'b')}`, alnum(40, 'b')];
    const text = lines(
      `aws_access_key_id=${id}`,
      `aws_secret_access_key=${secret}`,
      `aws_access_key_id=${other[0]}`,
      `aws_secret_access_key=${other[1]}`,
    );
    expect(findingsIn(text).map(({ rule, line }) => [rule, line])).toEqual([
      ['aws-access-key', 1],
      ['aws-secret-key', 2],
      ['aws-access-key', 3],
      ['aws-secret-key', 4],
    ]);
  });

  it('do not pair with a hash', () => {
    expect(findingsIn(lines(`aws_access_key_id=${id}`, `commit=${hex(40)}`))).toMatchObject([{ severity: 'high' }]);
  });

  it('of the documents leave a real secret to its own rule', () => {
    expect(
      findingsIn(lines(`aws_access_key_id=${['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('')}`, `aws_secret_access_key=${secret}`)).filter(
        ({ suppression }) => suppression === null,
      ),
    ).toMatchObject([{ rule: 'aws-secret-key' }]);
  });
});

describe('a Twilio account and its token', () => {
  it('are a finding each', () => {
    expect(findingsIn(`new Twilio('AC${hex(32, 'id')}', '${hex(32)}')`)).toMatchObject([
      { rule: 'twilio-account-pair', severity: 'critical' },
      { rule: 'twilio-account-pair', severity: 'critical' },
    ]);
  });
});
