import { expect, it } from 'vitest';
import { openNotices } from '../../src/run/notices.ts';

async function written(env: NodeJS.ProcessEnv, isTTY = false): Promise<string> {
  let text = '';
  const { error, warn, info } = await openNotices({ stderr: { isTTY, write: (more) => void (text += more) }, env });
  error('code-guardian: no\n  hint');
  warn('one');
  for (let i = 0; i < 8; i++) info('the same');
  return text;
}

const LINES = `code-guardian: no\n  hint\nwarning: one\n${'the same\n'.repeat(8)}`;

it('writes lines without time and level, each as often as it is said', async () => {
  expect(await written({})).toBe(LINES);
  expect(await written({ CONSOLA_LEVEL: '0', TERM: 'xterm' })).toBe(LINES);
});

it('colors the word of a warning on a terminal, unless NO_COLOR is set', async () => {
  expect(await written({ TERM: 'xterm' }, true)).toContain('\x1b[33mwarning:\x1b[39m one\n');
  expect(await written({ TERM: 'xterm', NO_COLOR: '1' }, true)).toBe(LINES);
});
