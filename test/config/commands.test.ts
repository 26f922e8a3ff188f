import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/commands/command.ts';
import type { Options } from '../../src/commands/options.ts';
import { run as check } from '../../src/commands/config-check.ts';
import { run as init } from '../../src/commands/config-init.ts';
import { run as schema } from '../../src/commands/config-schema.ts';
import { run as show } from '../../src/commands/config-show.ts';
import { type Ran, runInProcess } from '../support/host.ts';
import { cleanEnvironment } from '../support/repository.ts';
import { type Situation, situation } from './situation.ts';

/** Runs a command in a repository that git knows. */
async function call(
  run: Run,
  { top, home }: Situation,
  options: Options = {},
  more: { cwd?: string; env?: Record<string, string>; args?: string[] } = {},
): Promise<Ran> {
  const env = { ...cleanEnvironment(home), ...more.env };
  if (!existsSync(join(top, '.git'))) spawnSync('git', ['init', '--quiet'], { cwd: top, env });
  return runInProcess((host) => run({ host, options, args: more.args ?? [] }), { cwd: more.cwd ?? top, env });
}

describe('config show', () => {
  it('prints the merged config as YAML', async () => {
    const { code, stdout, stderr } = await call(show, situation({ '.code-guardianrc.yaml': 'failOn: low' }));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^failFast: true\nfailOn: low\n/);
  });

  it('with --origins says who set what', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'failOn: low' });
    const { stdout } = await call(show, here, { origins: true }, { env: { CODE_GUARDIAN_BAIL: '2' } });
    expect(stdout).toMatch(/^failFast: true # defaults\nfailOn: low # repository:\.code-guardianrc\.yaml\nbail: 2 # env\n/);
  });

  it('prints JSON', async () => {
    const here = situation({ 'a/x': '', '.code-guardianrc.yaml': 'failOn: low' });
    const plain = JSON.parse((await call(show, here, { format: 'json' }, { cwd: join(here.top, 'a') })).stdout) as unknown;
    expect(plain).toMatchObject({ failOn: 'low', performance: { timeout: 60_000 } });
    const whole = JSON.parse((await call(show, here, { format: 'json', origins: true })).stdout) as unknown;
    expect(whole).toEqual({
      config: plain,
      origins: expect.objectContaining({ failOn: 'repository:.code-guardianrc.yaml' }),
      layers: ['defaults', 'repository:.code-guardianrc.yaml'],
    });
  });

  it('takes --config, and knows only two formats', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'bail: 1', 'other.yaml': 'bail: 2' });
    expect((await call(show, here, { config: 'other.yaml' })).stdout).toContain('bail: 2');
    await expect(call(show, here, { format: 'sarif' })).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('works outside of a repository', async () => {
    const here = situation();
    const { stdout } = await call(show, here, {}, { cwd: join(here.top, '..') });
    expect(stdout).toContain('failOn: high');
  });
});

describe('config check', () => {
  it('names the files that it read', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'extends: [web, ./team.yaml]', 'team.yaml': '', 'home:config.yaml': '' });
    expect(await call(check, here)).toEqual({
      code: 0,
      stdout: `config is valid: ${here.home}/.config/code-guardian/config.yaml, team.yaml, .code-guardianrc.yaml\n`,
      stderr: '',
    });
  });

  it('says that there is none, and warns of what is not read', async () => {
    expect(await call(check, situation({ '.code-guardianrc.js': '' }), {}, { env: { CODE_GUARDIAN_BIAL: '1' } })).toEqual({
      code: 0,
      stdout: 'config is valid: no file; using the defaults\n',
      stderr:
        'warning: .code-guardianrc.js is ignored: configs are data, such as .code-guardianrc.yaml, never programs\n' +
        'warning: CODE_GUARDIAN_BIAL is not a variable of code-guardian; did you mean CODE_GUARDIAN_BAIL?\n',
    });
  });

  it('reads FILE in place of the repository’s', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'broken: 1', 'good.yaml': '' });
    expect((await call(check, here, {}, { args: ['good.yaml'] })).stdout).toBe('config is valid: good.yaml\n');
    await expect(call(check, here)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: '.code-guardianrc.yaml:1:1: unknown key broken',
    });
  });

  it('knows the built-in rules', async () => {
    const here = situation({ '.code-guardianrc.yaml': 'rules: { github-token: error, gihub-token: off }' });
    await expect(call(check, here)).rejects.toMatchObject({
      message: '.code-guardianrc.yaml:1:31: unknown rule rules.gihub-token; did you mean github-token?',
    });
  });
});

describe('config schema', () => {
  it('prints the schema, or writes it', async () => {
    const here = situation();
    const { stdout } = await call(schema, here);
    expect(JSON.parse(stdout)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', additionalProperties: false });
    expect(await call(schema, here, { output: 'schema.json' })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(here.top, 'schema.json'), 'utf8')).toBe(stdout);
  });
});

describe('config init', () => {
  it('writes a config at the top that is valid', async () => {
    const here = situation({ 'a/b': '' });
    expect(await call(init, here, {}, { cwd: join(here.top, 'a') })).toEqual({
      code: 0,
      stdout: 'Wrote .code-guardianrc.yaml\n',
      stderr: '',
    });
    expect((await call(check, here)).stdout).toBe('config is valid: .code-guardianrc.yaml\n');
  });

  it('writes comments that are valid when they are taken out', async () => {
    const here = situation();
    await call(init, here);
    const text = readFileSync(join(here.top, '.code-guardianrc.yaml'), 'utf8');
    here.write('.code-guardianrc.yaml', text.replaceAll(/^# (?=\w+:$|  )/gm, ''));
    expect(JSON.parse((await call(show, here, { format: 'json' })).stdout)).toMatchObject({
      rules: { 'console-log': 'error', 'todo-comment': 'off' },
      ignore: { words: ['dummy'] },
      overrides: [{ files: ['test/**'] }],
      security: { required: ['private-key', 'private-key'] },
    });
    expect(JSON.parse((await call(show, here, { format: 'json' }, { env: { CI: '1' } })).stdout)).toMatchObject({ failOn: 'medium' });
  });

  it.each(['package.json', '.code-guardianrc', '.config/code-guardianrc.yml', 'code-guardian.config.json'])(
    'leaves %s alone',
    async (path) => {
      const here = situation({ [path]: '{"code-guardian": {}}' });
      await expect(call(init, here)).rejects.toMatchObject({ code: 'USAGE', path });
      expect(existsSync(join(here.top, '.code-guardianrc.yaml'))).toBe(false);
    },
  );
});
