import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runStage, type StageOutcome } from '../../src/stages/run-stage.ts';
import { resolveStage, type Stage } from '../../src/stages/stage.ts';
import { openTree } from '../../src/stages/tree.ts';
import { createFolder } from '../support/repository.ts';

const OK = '{"version":"2.1.0","runs":[{"results":[]}]}';
const FOUND = `{"version":"2.1.0","runs":[{"results":[{"ruleId":"r","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a"},"region":{"startLine":1}}}]}]}]}`;

interface Tried extends StageOutcome {
  /** Lines that the scanner wrote into its notes. */
  readonly notes: () => string[];
}

/** Runs a shell script as a stage, on some files that hold their own names. */
async function run(
  script: string,
  { files = ['a'], stage = {}, signal = new AbortController().signal, timeLeft = 60_000 }: Given = {},
): Promise<Tried> {
  const folder = createFolder();
  const program = join(folder, 'scanner');
  writeFileSync(program, `#!/bin/sh\nnotes='${folder}/notes'\n${script}\n`);
  chmodSync(program, 0o755);
  const tree = openTree();
  onTestFinished(tree.remove);
  for (const file of files) tree.write(file, Buffer.from(file), false);
  const command = [program, ...(stage.command ?? ['{files}'])];
  const outcome = await runStage({
    stage: { ...resolveStage({ id: 'mine', command }), ...stage, command },
    tree,
    files,
    contentOf: (file) => Buffer.from(file),
    env: { PATH: process.env['PATH'] },
    top: null,
    isOfProject: true,
    timeLeft: () => timeLeft,
    signal,
  });
  const notes = join(folder, 'notes');
  return { ...outcome, notes: () => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []) };
}

interface Given {
  readonly files?: readonly string[];
  readonly stage?: Partial<Stage>;
  readonly signal?: AbortSignal;
  readonly timeLeft?: number;
}

const isAlive = (pid: string | undefined): boolean => {
  // What is dead and not yet buried is no process either.
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) Z/.test(readFileSync(file, 'utf8'));
};

describe('a stage that works', () => {
  it.each<[what: string, script: string]>([
    ['ends with 0', `echo '${FOUND}'`],
    ['ends with 1, as scanners do that found something', `echo '${FOUND}'; exit 1`],
    ['ends with another code', `echo '${FOUND}'; exit 7`],
    ['says much on standard error', `echo '${FOUND}'; yes oops | head -c 200000 >&2`],
  ])('%s', async (_, script) => {
    expect(await run(script)).toMatchObject({ results: [{ rule: 'r', path: 'a' }], error: null, looked: 1 });
  });

  it('may write its SARIF into a file, and anything to standard output', async () => {
    const outcome = await run(`echo rubbish; echo '${FOUND}' > "$1"`, { stage: { command: ['{output}', '{files}'] } });
    expect(outcome).toMatchObject({ results: [{ rule: 'r' }], error: null });
  });

  it('runs at the top of the tree, with nothing to read and no git around it', async () => {
    const { notes, error } = await run(
      `pwd > "$notes"; ls >> "$notes"; cat >> "$notes"; git rev-parse --git-dir >> "$notes" 2>&1; echo '${OK}'`,
      { files: ['a', 'b'] },
    );
    expect(error).toBeNull();
    expect(notes()).toEqual([expect.stringMatching(/\/tree$/), 'a', 'b', expect.stringMatching(/not a git repository/)]);
  });

  it('is not waited for by what it leaves behind', async () => {
    const { error, notes } = await run(`(sleep 600; echo late) & echo $! > "$notes"; echo '${OK}'`);
    expect(error).toBeNull();
    await expect.poll(() => isAlive(notes()[0]), { timeout: 20_000 }).toBe(false);
  });
});

describe('a stage that does not look is a failure', () => {
  it.each<[what: string, script: string, words: RegExp]>([
    [
      'where it writes nothing',
      'exit 0',
      /^stage mine failed: not SARIF 2\.1\.0: the output is empty; it exited with 0; 1 of 1 file was not scanned by it$/,
    ],
    ['where it crashes', 'echo "oops: $HOME" >&2; kill -SEGV $$', /killed by SIGSEGV/],
    ['where it says why', 'echo first >&2; echo "no config" >&2; exit 2', /the output is empty; it exited with 2: no config; 1 of/],
    ['where what it writes is cut off', `echo '${FOUND.slice(0, 40)}'`, /the output is not valid JSON/],
    [
      'where it says itself that it did not succeed',
      `echo '{"version":"2.1.0","runs":[{"invocations":[{"executionSuccessful":false}]}]}'`,
      /it reports a failure/,
    ],
  ])('%s', async (_, script, words) => {
    const { error, looked } = await run(script);
    expect(error).toMatchObject({ code: 'DETECTOR_FAILED', message: expect.stringMatching(words) });
    expect(looked).toBe(0);
  });

  it('where its file is missing', async () => {
    const { error } = await run(`echo '${OK}'`, { stage: { command: ['{output}'] } });
    expect(error?.message).toMatch(/it did not write \{output\}/);
  });

  it('where its program is not there, and no other invocation is tried', async () => {
    const tree = openTree();
    onTestFinished(tree.remove);
    const stage = resolveStage({ id: 'mine', command: ['no-such-scanner'] });
    const given = {
      stage,
      tree,
      files: ['a'],
      contentOf: () => Buffer.alloc(0),
      env: {},
      top: null,
      isOfProject: true,
      timeLeft: () => 9999,
      signal: new AbortController().signal,
    };
    expect((await runStage(given)).error).toMatchObject({
      code: 'DETECTOR_FAILED',
      message: expect.stringMatching(/no-such-scanner: command not found/),
    });
  });

  it.each<[what: string, given: Given]>([
    ['than its own time', { stage: { timeout: 2000 } }],
    ['than the time of the run', { timeLeft: 2000 }],
  ])('where it takes longer %s, with all that it started, even where that hears no signal', async (_, given) => {
    const { error, notes } = await run(
      `trap '' TERM; (trap '' TERM; sleep 600) & echo $! > "$notes"; echo $$ >> "$notes"; wait; sleep 600`,
      given,
    );
    expect(error).toMatchObject({ code: 'TIMEOUT', message: expect.stringMatching(/stage mine was stopped after 2 s/) });
    expect(notes()).toHaveLength(2);
    await expect.poll(() => notes().map(isAlive), { timeout: 20_000 }).toEqual([false, false]);
  });

  it('where it writes without end', async () => {
    const { error } = await run('yes "$(head -c 1000 /dev/zero | tr "\\0" x)"', { stage: { timeout: 60_000 } });
    expect(error?.message).toMatch(/its output exceeds 64 MiB/);
  });

  it('where somebody stops it', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    expect((await run('sleep 60', { signal: controller.signal })).error?.message).toMatch(/failed: stopped;/);
  });
});

describe('of several invocations', () => {
  const many = Array.from({ length: 1300 }, (_, i) => `${String(i).padStart(4, '0')}${'x'.repeat(230)}`);

  it('each looks at a part', async () => {
    const { error, looked, notes } = await run(`echo $# >> "$notes"; echo '${OK}'`, { files: many });
    expect(error).toBeNull();
    expect(looked).toBe(many.length);
    expect(notes().length).toBeGreaterThan(3);
    expect(notes().reduce((sum, count) => sum + Number(count), 0)).toBe(many.length);
  });

  it('one that fails leaves the others alone, and what it has not looked at is counted', async () => {
    const { error, looked, notes } = await run(`echo $# >> "$notes"; case "$1" in 0000*) exit 3;; esac; echo '${OK}'`, { files: many });
    const [first] = notes();
    expect(looked).toBe(many.length - Number(first));
    expect(error?.message).toMatch(new RegExp(`exited with 3; ${first} of 1300 files were not scanned by it$`));
  });

  it('the third in a row that fails is the last', async () => {
    const { error, looked, notes } = await run('echo $# >> "$notes"; exit 3', { files: many });
    expect(notes()).toHaveLength(3);
    expect(looked).toBe(0);
    expect(error?.message).toMatch(/exited with 3 \(and 2 more times\); 1300 of 1300 files were not scanned by it$/);
  });

  it('three that fail are the last also where others have worked before', async () => {
    const { notes, looked } = await run(`echo $# >> "$notes"; case "$1" in 0000*) echo '${OK}';; *) exit 3;; esac`, {
      files: [...many, ...many.map((file) => `2${file.slice(1)}`)],
    });
    expect(notes()).toHaveLength(4);
    expect(looked).toBe(Number(notes()[0]));
  });

  it('one that hangs is the last: its time is all there is', async () => {
    const { notes, error } = await run('echo $# >> "$notes"; sleep 60', { files: many, stage: { timeout: 300 } });
    expect(notes()).toHaveLength(1);
    expect(error?.code).toBe('TIMEOUT');
  });
});

describe('a scanner of lock files', () => {
  it('finds the lines of a package that it only names', async () => {
    const said = (name: string): string =>
      JSON.stringify({
        version: '2.1.0',
        runs: [
          {
            results: [
              {
                ruleId: 'CVE-1',
                level: 'warning',
                message: { text: `Package '${name}' is vulnerable to 'CVE-1'.` },
                locations: [{ physicalLocation: { artifactLocation: { uri: 'file://PWD/a@1.lock' } } }],
              },
            ],
          },
        ],
      });
    const script = (name: string): string => `printf '%s' '${said(name).replaceAll("'", `'\\''`)}' | sed "s|PWD|$PWD|"; exit 1`;
    const given: Given = { files: ['sub/a@1.lock'], stage: { runs: 'each', command: ['{file}'] } };
    // The file holds its own name, in which package and version stand apart.
    expect(await run(script('a@1'), given)).toMatchObject({
      error: null,
      results: [{ path: 'sub/a@1.lock', rule: 'CVE-1', region: { startLine: 1, endLine: 1 } }],
    });
    expect(await run(script('b@1'), given)).toMatchObject({ results: [{ region: null }] });
  });
});
