import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment, createFolder, openRepository, type TestRepository } from '../support/repository.ts';

/** A folder outside of any repository. */
function createPlace(): TestRepository {
  const top = createFolder();
  return openRepository(top, cleanEnvironment(top));
}

describe('rules list', () => {
  it('names every rule once', async () => {
    const { guardian } = createPlace();
    const rules = JSON.parse((await guardian(['rules', 'list', '--format', 'json'])).stdout) as { id: string }[];
    const ids = rules.map(({ id }) => id);
    expect(ids).toContain('private-key');
    expect(new Set(ids).size).toBe(ids.length);
    const { code, stdout } = await guardian(['rules', 'list']);
    expect(code).toBe(0);
    for (const id of ids) expect(stdout).toMatch(new RegExp(`^ {2}${id} `, 'm'));
  });

  it('writes the docs page, and nothing to stdout then', async () => {
    const { guardian, top } = createPlace();
    const { code, stdout } = await guardian(['rules', 'list', '--format', 'markdown', '--output', 'rules.md']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(join(top, 'rules.md'), 'utf8')).toContain('\n### private-key\n');
  });

  it('names the nearest format', async () => {
    const { code, stdout, stderr } = await createPlace().guardian(['rules', 'list', '--format', 'markdwon']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('did you mean markdown?');
  });
});

describe('rules explain', () => {
  it('says all about a rule', async () => {
    const { code, stdout } = await createPlace().guardian(['rules', 'explain', 'private-key']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^private-key\n/);
    expect(stdout).toContain('critical');
  });

  it('gives programs the same', async () => {
    const { stdout } = await createPlace().guardian(['rules', 'explain', 'debugger', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'debugger', category: 'leftover', enabled: true });
  });

  it('knows the rules of the config', async () => {
    const { guardian, write } = createPlace();
    write('code-guardian.config.yaml', 'customRules: [{ id: acme-key, keywords: [acme_], pattern: "acme_[a-z]{8}", message: Acme key }]\n');
    expect((await guardian(['rules', 'explain', 'acme-key'])).stdout).toContain('Acme key');
  });

  it('names the nearest rule', async () => {
    const { code, stdout, stderr } = await createPlace().guardian(['rules', 'explain', 'privat-key']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('did you mean private-key?');
  });
});

describe('rules test', () => {
  const config = (found: string, ignored: string): string =>
    `customRules:
  - id: acme-key
    keywords: [acme_]
    pattern: 'acme_[a-z0-9]{8}'
    message: Acme key
    samples: { found: ['${found}'], ignored: ['${ignored}'] }
`;

  it('finds nothing amiss with the built-in rules', async () => {
    const { code, stdout } = await createPlace().guardian(['rules', 'test']);
    expect(stdout).toMatch(/rules? pass/);
    expect(code).toBe(0);
  });

  it('runs the samples of a config', async () => {
    const { guardian, write } = createPlace();
    write('team.yaml', config('key = acme_ab12cd34', 'acme_short'));
    const { code, stdout } = await guardian(['rules', 'test', 'team.yaml']);
    expect(stdout).toContain('1 rule passes');
    expect(code).toBe(0);
  });

  it.each([
    ['misses what it must find', config('acme_short', 'acme')],
    ['finds what it must leave alone', config('key = acme_ab12cd34', 'key = acme_ab12cd34')],
  ])('fails where a rule %s', async (_, text) => {
    const { guardian, write } = createPlace();
    write('team.yaml', text);
    const { code, stdout } = await guardian(['rules', 'test', 'team.yaml']);
    expect(stdout).toContain('acme-key');
    expect(code).toBe(1);
  });

  it('says where a config holds no rules', async () => {
    const { guardian, write } = createPlace();
    write('team.yaml', 'failOn: low\n');
    const { code, stderr } = await guardian(['rules', 'test', 'team.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('team.yaml');
  });

  it('cannot test a file that is not there', async () => {
    expect((await createPlace().guardian(['rules', 'test', 'none.yaml'])).code).toBe(2);
  });
});
