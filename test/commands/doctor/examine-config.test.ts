import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { type ExaminedConfig, examineConfig } from '../../../src/commands/doctor/examine-config.ts';
import type { Check } from '../../../src/report/health-report.ts';
import { runInProcess } from '../../support/host.ts';
import { createRepository, type TestRepository } from '../../support/repository.ts';

interface Examined extends ExaminedConfig {
  readonly of: (name: string) => Check;
}

/** Examines the config of a real repository, without running hooks. */
async function examine({ top, env }: TestRepository): Promise<Examined> {
  let examined!: ExaminedConfig;
  await runInProcess(
    async (host) => {
      examined = await examineConfig(host, top, top);
      return 0;
    },
    { cwd: top, env },
  );
  return { ...examined, of: (name) => examined.checks.find((check) => check.name === name)! };
}

function withFile(path: string, content: string): TestRepository {
  const repository = createRepository();
  repository.write(path, content);
  return repository;
}

function withCustomRule(more: object = {}): TestRepository {
  const rule = {
    id: 'acme-key',
    keywords: ['acme_'],
    pattern: 'acme_[a-z0-9]{8}',
    message: 'Acme key',
    samples: { found: ['acme_1a2b3c4d'], ignored: ['acme_x'] },
    ...more,
  };
  return withFile('.code-guardianrc.json', JSON.stringify({ customRules: [rule] }));
}

describe('the config', () => {
  it('may have custom rules whose samples hold', async () => {
    const { checks, of } = await examine(withCustomRule());
    expect(checks.map(({ status }) => status)).toEqual(['ok', 'ok', 'skipped']);
    expect(of('rules').detail).toContain('1 from the config');
    expect(of('config').detail).toContain('.code-guardianrc.json');
  });

  it('cannot be read', async () => {
    const { of } = await examine(withFile('.code-guardianrc.yaml', 'failOn: sometimes\n'));
    expect(of('config')).toMatchObject({ status: 'fail', detail: expect.stringContaining('.code-guardianrc.yaml:1:9') });
    expect(of('rules')).toMatchObject({ status: 'skipped' });
  });

  it('has a pattern that does not compile', async () => {
    const { of } = await examine(withCustomRule({ pattern: 'acme_(' }));
    expect(of('config')).toMatchObject({ status: 'fail', detail: expect.stringContaining('pattern') });
  });

  it('has a rule whose samples fail', async () => {
    const { of } = await examine(withCustomRule({ samples: { found: ['acme_'] } }));
    expect(of('rules')).toMatchObject({ status: 'fail', detail: expect.stringContaining('acme-key') });
  });

  it('does not look for what is planted', async () => {
    expect((await examine(withFile('.code-guardianrc.yaml', 'rules: { github-token: off }\n'))).isSearched).toBe(false);
    expect((await examine(withFile('.code-guardianrc.yaml', 'failFast: false\n'))).isSearched).toBe(true);
  });

  it('tells which files were read, so that their permissions are checked', async () => {
    const repository = withFile('.code-guardianrc.yaml', 'failOn: low\n');
    expect((await examine(repository)).files).toEqual([join(repository.top, '.code-guardianrc.yaml')]);
  });
});

describe('the baseline', () => {
  it('cannot be read', async () => {
    const { of } = await examine(withFile('.code-guardian-baseline.json', '{'));
    expect(of('baseline')).toMatchObject({ status: 'fail' });
  });

  it('has entries that expired', async () => {
    const entry = { fingerprint: 'a', rule: 'jwt', path: 'a.js', expires: '2020-01-31' };
    const entries = [entry, { ...entry, expires: undefined }];
    const { of } = await examine(withFile('.code-guardian-baseline.json', JSON.stringify({ version: 1, key: 'k', entries })));
    expect(of('baseline')).toMatchObject({ status: 'warn', detail: expect.stringMatching(/2 entries, 1 expired, 1 unused/) });
  });
});
