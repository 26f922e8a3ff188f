import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/policy/config.ts';
import { createLogger, type LoggerOptions } from '../../src/telemetry/logger.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-guardian-logger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function loggerWith(logging: Partial<LoggerOptions['config']>, more: Partial<LoggerOptions> = {}) {
  const said: string[] = [];
  const logger = createLogger({
    config: { ...DEFAULT_CONFIG.logging, ...logging },
    stderr: { write: (text) => void said.push(text) },
    env: {},
    runId: 'a-run',
    hook: 'pre-commit',
    now: () => new Date(Date.UTC(2026, 0, 31, 12)),
    ...more,
  });
  return { logger, lines: () => said.join('').split('\n').filter(Boolean) };
}

describe('a JSON log', () => {
  it('is one object a line', async () => {
    const { logger, lines } = loggerWith({ format: 'json' }, { repository: 'abc' });
    logger.log('info', 'one', { files: 3 });
    logger.log('error', 'two');
    expect(lines()).toEqual([]);
    await logger.flush();
    await logger.flush();
    const [one, two, ...rest] = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(one).toEqual({
      time: '2026-01-31T12:00:00.000Z',
      level: 'info',
      msg: 'one',
      run_id: 'a-run',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      hook: 'pre-commit',
      repository: 'abc',
      files: 3,
    });
    expect([two!['msg'], two!['trace_id'], two!['span_id']]).toEqual(['two', one!['trace_id'], one!['span_id']]);
    expect(rest).toEqual([]);
  });

  it('goes on with the trace that it is a part of', async () => {
    const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const { logger, lines } = loggerWith({ format: 'json' }, { env: { TRACEPARENT: `00-${trace}-${span}-01` } });
    logger.log('info', 'one');
    await logger.flush();
    const line = JSON.parse(lines()[0]!) as Record<string, string>;
    expect(line).toMatchObject({ trace_id: trace, parent_span_id: span });
    expect(line['span_id']).not.toBe(span);
  });

  it.each([
    '',
    'nonsense',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  ])('begins a trace where %j is none', async (TRACEPARENT) => {
    const { logger, lines } = loggerWith({ format: 'json' }, { env: { TRACEPARENT } });
    logger.log('info', 'one');
    await logger.flush();
    const line = JSON.parse(lines()[0]!) as Record<string, string>;
    expect(line['trace_id']).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    expect(line['trace_id']).not.toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(line).not.toHaveProperty('parent_span_id');
  });

  it('leaves out what is below its level', async () => {
    const { logger, lines } = loggerWith({ format: 'json', level: 'warn' });
    for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) logger.log(level, level);
    await logger.flush();
    expect(lines().map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['warn', 'error']);
    const silent = loggerWith({ format: 'json', level: 'silent' });
    silent.logger.log('error', 'nothing');
    await silent.logger.flush();
    expect(silent.lines()).toEqual([]);
  });
});

it('a log for people has facts behind its words', async () => {
  const { logger, lines } = loggerWith({});
  logger.log('info', 'run finished', { verdict: 'clean', files: 3 });
  await logger.flush();
  expect(lines().join('\n')).toContain('run finished verdict=clean files=3');
});

it.each([
  ['nothing', 'info', false],
  ['the same', 'debug', true],
] as const)('a file has JSON, and people beside it %s at level %s', async (_what, level, isSaid) => {
  const file = join(folder, `guardian-${level}.log`);
  const { logger, lines } = loggerWith({ file, level });
  logger.log('info', 'run finished', { verdict: 'clean', files: 3 });
  await logger.flush();
  expect(lines().join('\n').includes('run finished verdict=clean files=3')).toBe(isSaid);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ msg: 'run finished', verdict: 'clean', files: 3 });
});

it('a file that cannot be written is an error of its own, and stderr has what was to be said', async () => {
  const { logger, lines } = loggerWith({ format: 'json', file: join(folder, 'nope/guardian.log') });
  logger.log('info', 'one');
  await expect(logger.flush()).rejects.toMatchObject({ code: 'TELEMETRY_FAILED', message: expect.stringContaining('ENOENT') });
  expect(lines()).toHaveLength(1);
});
