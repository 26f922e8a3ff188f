import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planInvocations } from '../../src/stages/plan-invocations.ts';
import { stageEnvironment } from '../../src/stages/stage-environment.ts';

const places = { output: '/r/o.sarif', top: '/top' };
const plan = (command: readonly string[], files: readonly string[], most?: number, runs: 'together' | 'each' = 'together') =>
  planInvocations({ command, runs }, files, places, most);

describe('the command of a stage', () => {
  it('has its placeholders filled in', () => {
    expect(plan(['{top}/bin/x', '--out={output}', '{files}', '$& {files', '*.{js}'], ['a $& b', 'c'])).toEqual([
      { command: ['/top/bin/x', '--out=/r/o.sarif', 'a $& b', 'c', '$& {files', '*.{js}'], folder: '', files: ['a $& b', 'c'] },
    ]);
  });

  it('is given no name that is taken for an option', () => {
    expect(plan(['x', '{files}'], ['-rf', '--fix', '@args', '+x', 'a-b'])[0]!.command).toEqual([
      'x',
      './-rf',
      './--fix',
      './@args',
      './+x',
      'a-b',
    ]);
  });

  it('runs once where it is given no names', () => {
    expect(plan(['x', '.'], ['a', 'b'], 1)).toEqual([{ command: ['x', '.'], folder: '', files: ['a', 'b'] }]);
  });

  it('runs in the folder of each file, by its bare name', () => {
    expect(plan(['x', '{file}'], ['a', 'b/c/d'], undefined, 'each')).toEqual([
      { command: ['x', 'a'], folder: '', files: ['a'] },
      { command: ['x', 'd'], folder: 'b/c', files: ['b/c/d'] },
    ]);
  });

  it('is divided so that no command line is too long, and every file is in one of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1 }),
        fc.integer({ min: 60, max: 300 }),
        (files, most) => {
          const parts = plan(['x', '{files}'], files, most);
          expect(parts.flatMap((part) => part.files)).toEqual(files);
          for (const part of parts) {
            const size = part.files.reduce((sum, file) => sum + Buffer.byteLength(file) + 11, 0);
            expect(part.files.length === 1 || size <= most).toBe(true);
          }
        },
      ),
    );
  });
});

describe('the environment of a stage', () => {
  const caller = {
    PATH: '/bin',
    HOME: '/home',
    GIT_DIR: '.git',
    GIT_INDEX_FILE: 'x',
    GIT_AUTHOR_NAME: 'a',
    GITHEAD_1: 'main',
    CODE_GUARDIAN_SERVE_TOKEN: 't',
    CODE_GUARDIAN_MONITORING_OTLP: 'u',
    OTEL_EXPORTER_OTLP_HEADERS: 'h',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'h',
    OTEL_SERVICE_NAME: 'n',
  };
  const place = { top: '/top', tree: '/tmp/x/tree' };

  it('holds nothing of git and no secret of ours', () => {
    expect(stageEnvironment(caller, { ...place, isOfProject: true })).toEqual({
      PATH: '/top/node_modules/.bin:/bin',
      HOME: '/home',
      OTEL_SERVICE_NAME: 'n',
      GIT_CEILING_DIRECTORIES: '/tmp/x',
      GIT_TERMINAL_PROMPT: '0',
    });
  });

  it('has the programs of the machine first where its owner names the stage', () => {
    expect(stageEnvironment(caller, { ...place, isOfProject: false })).toMatchObject({ PATH: '/bin:/top/node_modules/.bin' });
  });
});
