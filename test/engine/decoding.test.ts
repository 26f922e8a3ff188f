import { describe, expect, it } from 'vitest';
import type { Match } from '../../src/engine/match.ts';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { settle } from '../../src/findings/settle.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import type { ContentRule } from '../../src/engine/rule.ts';
import { alnum, base32, upperAlnum } from '../../src/rules/drafting/sample.ts';

const rules = CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content' && rule.category === 'secret');
const scanner = createScanner(sourceOf(rules));
const encode = (text: string): string => Buffer.from(text).toString('base64');

function matchesIn(text: string, path = 'src/settings.txt'): Match[] {
  return scanner.scan({ bytes: Buffer.from(text), path, isActive: () => true });
}

function find(text: string, rule: string): Match[] {
  return matchesIn(text).filter((match) => match.rule.id === rule);
}

const keyId = `AKIA${base32(16)}`;
const account = `aws_access_key_id = ${keyId}\n`;

describe('a secret in base64', () => {
  it('is found at the place of the whole value', () => {
    const value = encode(`[default]\n${account}`);
    const text = `region=north\nCONFIG_TOKEN=${value}\nother=1\n`;
    const [match] = find(text, 'aws-access-key');
    expect(text.slice(match!.start, match!.end)).toBe(value);
    expect(match!.value).toBe(keyId);
    expect(match!.evidence).toMatch(/^in base64/);
  });

  it('is found twice encoded, and not deeper', () => {
    const times = (count: number): string => (count === 0 ? account.repeat(2) : encode(`API_TOKEN=${times(count - 1)}\n`));
    expect(find(`API_TOKEN=${times(1)}\n`, 'aws-access-key')).not.toEqual([]);
    expect(find(`API_TOKEN=${times(2)}\n`, 'aws-access-key')).not.toEqual([]);
    expect(find(`API_TOKEN=${times(3)}\n`, 'aws-access-key')).toEqual([]);
  });

  it.each([
    ['a Secret of Kubernetes', `apiVersion: v1\nkind: Secret\ndata:\n  config: ${encode(account)}\n`],
    ['a header', `Authorization: Basic ${encode(`x-access-token:${keyId}`)}\n`],
    ['the output of a command', `echo ${encode(account)} | base64 -d > ~/.aws/credentials\n`],
    ['a call', `credentials = base64.b64decode("${encode(account)}")\n`],
    ['JSON without a name', `- ${encode(JSON.stringify({ id: keyId }))}\n`],
  ])('is found in %s', (_, text) => {
    expect(find(text, 'aws-access-key')).toHaveLength(1);
  });

  it('is redacted as a whole', () => {
    const value = encode(account);
    const text = `CONFIG_TOKEN=${value}\n`;
    const { findings } = settle({
      path: 'a.env',
      pathBytes: undefined,
      commit: undefined,
      bytes: Buffer.from(text),
      matches: matchesIn(text),
      added: 'all',
      ignored: { isIgnoredValue: () => false, isRequired: () => false },
    });
    expect(findings).toMatchObject([{ rule: 'aws-access-key', excerpt: 'CONFIG_TOKEN=AKIA…[20]' }]);
    expect(JSON.stringify(findings)).not.toContain(value.slice(0, 12));
  });
});

describe('a secret with escapes', () => {
  const key = `${alnum(40)}+/${alnum(44)}==`;
  const path = `T${upperAlnum(8)}/B${upperAlnum(8)}/${alnum(24)}`;

  it.each([
    ['JSON', `"AccountKey=${key.replaceAll('=', '\\u003d').replaceAll('+', '\\u002B').replaceAll('/', '\\/')};"`, 'azure-storage-key'],
    ['a URL', `?c=AccountKey=${encodeURIComponent(key)}&x=1`, 'azure-storage-key'],
    ['markup', `<a href="https://hooks.slack.com&#x2F;services&#47;${path}">`, 'slack-webhook'],
    ['PHP', String.raw`{"url":"https:\/\/hooks.slack.com\/services\/${path.replaceAll('/', String.raw`\/`)}"}`, 'slack-webhook'],
  ])('is found in %s, from its first character to its last', (_, text, rule) => {
    const [match] = find(text, rule);
    const original = text.slice(match!.start, match!.end);
    expect(text.indexOf(original)).toBe(match!.start);
    expect(original.startsWith(match!.value.slice(0, 8))).toBe(true);
    expect(original.endsWith(match!.value.slice(-2).replaceAll('=', '')) || /(?:=|%3D|\\u003d)$/.test(original)).toBe(true);
  });
});
