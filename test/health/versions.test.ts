import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeGit, judgeNode, knowsConfigHooks, parseGitVersion } from '../../src/health/versions.ts';

describe('git', () => {
  it.each([
    ['git version 2.39.5\n', '2.39.5'],
    ['git version 2.39.5 (Apple Git-154)\n', '2.39.5'],
    ['git version 2.45.1.windows.1\n', '2.45.1'],
    ['something else', null],
  ])('%j is version %s', (text, version) => {
    expect(parseGitVersion(text)).toBe(version);
  });

  it.each([
    ['2.30.9', 'warn'],
    ['2.31.0', 'ok'],
    ['2.31', 'ok'],
    ['3.0', 'ok'],
    ['1.99.99', 'warn'],
    [null, 'warn'],
  ] as const)('%s is %s', (version, status) => {
    expect(judgeGit(version).status).toBe(status);
  });

  it('knows hooks of the config from 2.54 on, and says so', () => {
    expect([knowsConfigHooks('2.53.9'), knowsConfigHooks('2.54.0'), knowsConfigHooks('3.0.0'), knowsConfigHooks(null)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(judgeGit('2.55.0').detail).toContain('config-based hooks');
    expect(judgeGit('2.39.5').detail).toBe('2.39.5');
  });
});

describe('node', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { engines: { node: string } };

  it.each([
    ['v20.19.0', 'ok'],
    ['v20.20.2', 'ok'],
    ['v20.18.3', 'fail'],
    ['v21.7.3', 'fail'],
    ['v22.11.0', 'fail'],
    ['v22.12.0', 'ok'],
    ['v24.0.0', 'ok'],
    ['v18.20.0', 'fail'],
  ] as const)('%s is %s by package.json', (version, status) => {
    expect(judgeNode(version, engines.node).status).toBe(status);
  });
});
