import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';

function hooked(): TestRepository {
  const repository = addHooks(createRepository());
  return repository;
}

function commit({ write, git, tryGit }: TestRepository, path: string, text: string, env: NodeJS.ProcessEnv = {}): number | null {
  write(path, text);
  git('add', '--all');
  return tryGit(['commit', '--quiet', '--message', 'change'], { env }).code;
}

/** A metric's value by its name and labels, as Prometheus reads it. */
async function metric({ guardian }: TestRepository, series: string): Promise<number> {
  const { code, stdout } = await guardian(['metrics']);
  expect(code).toBe(0);
  const line = stdout.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? 0 : Number(line.slice(series.length));
}

describe('what the hooks do is counted', () => {
  it('by verdict, rule and switch', async () => {
    const repository = hooked();
    expect(commit(repository, 'a.js', 'const a = 1;\n')).toBe(0);
    expect(commit(repository, 'b.js', 'debugger;\n')).toBe(1);
    expect(commit(repository, 'c.js', 'const c = 1;\n', { CODE_GUARDIAN_SKIP: 'debugger' })).toBe(0);
    expect(commit(repository, 'd.js', 'debugger;\n', { CODE_GUARDIAN: '0' })).toBe(0);

    expect(await metric(repository, 'code_guardian_runs_total{hook="pre-commit",verdict="clean"}')).toBe(2);
    expect(await metric(repository, 'code_guardian_runs_total{hook="pre-commit",verdict="blocked"}')).toBe(1);
    expect(await metric(repository, 'code_guardian_findings_total{rule="debugger",severity="high",outcome="block"}')).toBe(1);
    expect(await metric(repository, 'code_guardian_rules_skipped_total{rule="debugger"}')).toBe(1);
    // pre-commit and commit-msg.
    expect(await metric(repository, 'code_guardian_bypassed_total')).toBe(2);
    expect(await metric(repository, 'code_guardian_scan_duration_seconds_count')).toBe(3);

    const { stdout } = await repository.guardian(['stats']);
    expect(stdout).toContain('5 runs');
    expect(stdout).toMatch(/By rule +found +blocked .*\n {2}debugger +1 +1 /);
    expect(JSON.parse((await repository.guardian(['stats', '--format', 'json'])).stdout)).toMatchObject({
      runs: 5,
      blockedByRule: [['debugger', 1]],
    });
  });

  it('in one ledger for all worktrees', async () => {
    const repository = hooked();
    expect(commit(repository, 'a.js', 'const a = 1;\n')).toBe(0);
    const linked = join(repository.top, '../linked');
    repository.git('worktree', 'add', '--quiet', linked);
    writeFileSync(join(linked, 'b.js'), 'const b = 1;\n');
    expect(repository.tryGit(['add', '--all'], { cwd: linked }).code).toBe(0);
    expect(repository.tryGit(['commit', '--quiet', '--message', 'change'], { cwd: linked }).code).toBe(0);
    expect(await metric(repository, 'code_guardian_runs_total{hook="pre-commit",verdict="clean"}')).toBe(2);
  });

  it('without a path, a line or a value', () => {
    const repository = hooked();
    const canary = ['can', 'ary'].join('');
    expect(commit(repository, `${canary}-name.js`, `debugger; // ${canary}\n`)).toBe(1);
    const state = join(repository.top, '.git/code-guardian');
    const kept = readdirSync(state).map((name) => readFileSync(join(state, name), 'latin1'));
    expect(kept.join('')).toContain('debugger|high|block');
    expect(kept.join('')).not.toContain(canary);
  });

  it('by rule: what was let pass and how, and what people said of it', async () => {
    const repository = hooked();
    expect(commit(repository, 'a.js', 'debugger; // code-guardian:ignore debugger -- a demo\n')).toBe(0);
    repository.write('b.js', 'debugger;\n');
    repository.write('c.js', '// debugger;\ndebugger;\nmore();\n');
    repository.git('add', '--all');
    expect((await repository.guardian(['baseline', 'create'])).code).toBe(0);
    const file = join(repository.top, '.code-guardian-baseline.json');
    const label = (name: string): void => writeFileSync(file, readFileSync(file, 'utf8').replace(/js"\}/, `js","label":"${name}"}`));
    label('false');
    label('real');
    repository.git('add', '--all');
    expect(repository.tryGit(['commit', '--quiet', '--message', 'change']).code).toBe(0);

    expect(JSON.parse((await repository.guardian(['stats', '--format', 'json'])).stdout)).toMatchObject({
      rules: [
        {
          rule: 'debugger',
          found: 0,
          suppressed: { inline: 1, baseline: 2, config: 0, placeholder: 0 },
          labels: { real: 1, ignored: 0, false: 1 },
          falseShare: 0.5,
        },
      ],
    });
    expect((await repository.guardian(['stats'])).stdout).toMatch(/\n {2}debugger +0 +0 +1 +2 +0 +1 of 2 +50%\n/);
    // What it knew before is still there to be had.
    expect(await metric(repository, 'code_guardian_suppressed_total{by="inline"}')).toBe(1);
    expect(await metric(repository, 'code_guardian_suppressed_total{by="baseline"}')).toBe(2);

    writeFileSync(file, '{');
    const broken = await repository.guardian(['stats']);
    expect(broken).toMatchObject({ code: 0, stderr: expect.stringContaining('invalid JSON') as string });
    expect(broken.stdout).toMatch(/\n {2}debugger +0 +0 +1 +2 +0\n/);
  });

  it('not where the config says so', async () => {
    const repository = hooked();
    expect(commit(repository, '.code-guardianrc.yaml', 'monitoring: { ledger: false }\n')).toBe(0);
    expect((await repository.guardian(['stats'])).stdout).toContain('No runs are recorded');
  });
});

it('metrics go to a file that is never half written', async () => {
  const repository = hooked();
  expect(commit(repository, 'a.js', 'const a = 1;\n')).toBe(0);
  const file = join(repository.top, '../guardian.prom');
  expect(await repository.guardian(['metrics', '--textfile', file])).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(file, 'utf8')).toMatch(/^# HELP code_guardian_runs_total [^]*code_guardian_build_info\{version="[\d.]+"\} 1\n/);
  expect(await repository.guardian(['metrics', '--format', 'xml'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('prometheus'),
  });
});
