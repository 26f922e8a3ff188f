import { describe, expect, it } from 'vitest';
import { execute } from '../../src/health/execute.ts';

const here = { cwd: process.cwd(), env: process.env, input: '', timeout: 10_000 };

describe('execute', () => {
  it('gives the exit code, and all that was written', async () => {
    expect(await execute('sh', ['-c', 'echo out; echo "$1" >&2; exit 3', 'sh', 'err'], here)).toEqual({
      code: 3,
      output: expect.stringMatching(/^(?:out\nerr\n|err\nout\n)$/),
    });
  });

  it('hands over its input, which nobody has to read', async () => {
    expect(await execute('cat', [], { ...here, input: 'text' })).toEqual({ code: 0, output: 'text' });
    expect(await execute('true', [], { ...here, input: 'x'.repeat(1 << 20) })).toEqual({ code: 0, output: '' });
  });

  it('stops what takes too long, with all that it started', async () => {
    // Whoever is left would keep the pipe open, and us waiting.
    const { code } = await execute('sh', ['-c', 'sleep 60 & sleep 60'], { ...here, timeout: 200 });
    expect(code).toBeNull();
  });

  it('says why a program does not start', async () => {
    expect(await execute('/nowhere/program', [], here)).toEqual({ code: null, output: expect.stringContaining('ENOENT') });
  });
});
