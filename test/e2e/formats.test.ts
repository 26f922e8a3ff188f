import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/report/formats/formats.ts';
import { readCommand, type RunnerCommand } from '../support/github-runner.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

/** A name that a runner would read as commands if it began a line. */
const NAME = '::error file=x::y ##[warning]z.js';

function repositoryWithLeak(): TestRepository {
  const repository = createRepository();
  repository.write(NAME, `const é = "${stripeKey()}";\nconsole.log(é); // ::error::boom\n`);
  repository.git('add', '--all');
  return repository;
}

/** What the runner does with a log: the commands that it runs, and the lines that it prints. */
function runLog(log: string) {
  const commands: RunnerCommand[] = [];
  let stop: string | null = null;
  for (const line of log.split('\n')) {
    const command: RunnerCommand | null = stop === null ? readCommand(line) : null;
    if (line === `::${stop}::`) stop = null;
    else if (command?.name === 'stop-commands') stop = command.data;
    else if (command !== null) commands.push(command);
  }
  return { commands, stop };
}

describe('in GitHub Actions', () => {
  const env = { GITHUB_ACTIONS: 'true' };

  it('a scan without --format prints the report, annotates, and adds to the summary of the job', async () => {
    const repository = repositoryWithLeak();
    const summary = join(repository.top, '..', 'summary.md');
    writeFileSync(summary, 'before\n');
    const ran = await repository.guardian(['scan'], { env: { ...env, GITHUB_STEP_SUMMARY: summary } });
    expect([ran.code, ran.stderr]).toEqual([1, '']);
    expect(ran.stdout).toContain('blocked: 1 finding');
    const { commands, stop } = runLog(ran.stdout);
    expect(stop).toBeNull();
    expect(commands.map(({ name, properties }) => [name, properties['file'], properties['line']])).toEqual([
      ['error', NAME, '1'],
      ['warning', NAME, '2'],
    ]);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n### ❌ Code-Guardian: blocked by 1 finding\n/);
  });

  it('a clean scan annotates nothing', async () => {
    const repository = createRepository();
    repository.write('a.js', 'const a = 1;\n');
    repository.git('add', '--all');
    const { stdout } = await repository.guardian(['scan'], { env });
    expect(stdout).toContain('1 file clean');
    expect(runLog(stdout)).toEqual({ commands: [], stop: null });
  });

  it('a format that was asked for is all that is written', async () => {
    const repository = repositoryWithLeak();
    const summary = join(repository.top, '..', 'summary.md');
    const { stdout } = await repository.guardian(['scan', '--format', 'json'], { env: { ...env, GITHUB_STEP_SUMMARY: summary } });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'blocked' });
    expect(existsSync(summary)).toBe(false);
    expect(await repository.guardian(['scan', '--output', 'r.txt'], { env })).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(readFileSync(join(repository.top, 'r.txt'), 'utf8')).not.toContain('stop-commands');
    expect(runLog((await repository.guardian(['scan', '--format', 'pretty'], { env })).stdout).commands).toEqual([]);
  });

  it('explain quotes a repository without a command', async () => {
    const repository = repositoryWithLeak();
    const { findings } = JSON.parse((await repository.guardian(['scan', '--format', 'json'])).stdout) as {
      findings: { fingerprint: string }[];
    };
    const { stdout } = await repository.guardian(['explain', findings[0]!.fingerprint], { env });
    expect(stdout).toContain(NAME);
    expect(runLog(stdout)).toEqual({ commands: [], stop: null });
  });

  it('a summary that cannot be written is a warning', async () => {
    const repository = repositoryWithLeak();
    mkdirSync(join(repository.top, '../folder'));
    const ran = await repository.guardian(['scan'], { env: { ...env, GITHUB_STEP_SUMMARY: join(repository.top, '../folder') } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^warning: cannot write the job summary: EISDIR/);
  });

  it('a run that failed is annotated, too', async () => {
    const repository = repositoryWithLeak();
    const ran = await repository.guardian(['scan', '--range', 'nope..HEAD'], { env });
    expect(ran.code).toBe(2);
    expect(runLog(ran.stdout).commands[0]).toMatchObject({
      name: 'error',
      properties: { title: expect.stringMatching(/^code-guardian: /) as string },
    });
  });
});

describe('every format', () => {
  it.each(FORMATS)('$name of a scan, a merge and a comparison holds no value', async ({ name }) => {
    const repository = repositoryWithLeak();
    writeFileSync(
      join(repository.top, '../none.json'),
      (await repository.guardian(['scan', '--format', 'json', '--rule', 'debugger'])).stdout,
    );
    writeFileSync(join(repository.top, '../all.json'), (await repository.guardian(['scan', '--format', 'json'])).stdout);
    const runs = [
      await repository.guardian(['scan', '--format', name]),
      await repository.guardian(['merge', '../none.json', '../all.json', '--format', name]),
      await repository.guardian(['compare', '../none.json', '../all.json', '--format', name]),
    ];
    const value = stripeKey().slice('sk_live_'.length);
    for (const { code, stdout, stderr } of runs) {
      expect([code, stderr]).toEqual([1, '']);
      expect(stdout).toContain('stripe-key');
      expect(stdout).not.toContain(value.slice(0, 8));
    }
  });

  it('counts columns as its reader does', async () => {
    const repository = repositoryWithLeak();
    const columnsOf = async (format: string, pattern: RegExp) =>
      pattern.exec((await repository.guardian(['scan', '--format', format])).stdout)!.slice(1);
    expect(
      await columnsOf('json', /"column": (\d+),\s*"endLine": 1,\s*"endColumn": (\d+),\s*"byteColumn": (\d+),\s*"endByteColumn": (\d+)/),
    ).toEqual(['12', '44', '13', '45']);
    expect(await columnsOf('rdjson', /"start": \{\s*"line": 1,\s*"column": (\d+)/)).toEqual(['13']);
    expect(await columnsOf('sarif', /"startColumn": (\d+)/)).toEqual(['12']);
  });
});

it('an unknown format names the nearest, and all known ones', async () => {
  const { code, stderr } = await createRepository().guardian(['scan', '--format', 'sariff']);
  expect(code).toBe(2);
  expect(stderr).toContain('unknown format "sariff"; did you mean sarif?');
  expect(stderr).toContain(`Known formats: ${FORMATS.map(({ name }) => name).join(', ')}.`);
});
