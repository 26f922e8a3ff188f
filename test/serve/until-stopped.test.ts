import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { untilStopped } from '../../src/serve/until-stopped.ts';

const GRACE = 10_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
});

/** A server that is asked to stop, whose requests end when they are told to. */
function serving(): { code: () => number | undefined; finish: () => void } {
  let finish = (): void => undefined;
  const close = (): Promise<void> => new Promise((resolve) => (finish = resolve));
  let ended: number | undefined;
  void untilStopped({ url: '', close }, GRACE).then((code) => (ended = code));
  return { code: () => ended, finish: () => finish() };
}

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s leaves the requests at work their grace and no longer', async (signal, code) => {
  const server = serving();
  process.emit(signal);
  await vi.advanceTimersByTimeAsync(GRACE - 1);
  expect(server.code()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(server.code()).toBe(code);
});

it('ends with 0 once they are answered', async () => {
  const server = serving();
  process.emit('SIGTERM');
  server.finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.code()).toBe(0);
});
