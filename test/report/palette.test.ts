import { describe, expect, it } from 'vitest';
import { createPalette, plainly } from '../../src/report/palette.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';

const isColored = async (isTerminal: boolean, env: NodeJS.ProcessEnv, color?: boolean): Promise<boolean> =>
  (await createPalette({ isTerminal, env, ...(color === undefined ? {} : { color }) })).isColored;

describe('colours', () => {
  it.each([
    ['a terminal', true, {}, undefined, true],
    ['no terminal', false, {}, undefined, false],
    ['no terminal, in CI', false, { CI: 'true' }, undefined, false],
    ['a dumb terminal', true, { TERM: 'dumb' }, undefined, false],
    ['NO_COLOR', true, { NO_COLOR: '1' }, undefined, false],
    ['an empty NO_COLOR', true, { NO_COLOR: '' }, undefined, true],
    ['FORCE_COLOR off a terminal', false, { FORCE_COLOR: '1' }, undefined, true],
    ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, undefined, false],
    ['both variables', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, undefined, false],
    ['--color over NO_COLOR', false, { NO_COLOR: '1' }, true, true],
    ['--no-color over FORCE_COLOR', true, { FORCE_COLOR: '1' }, false, false],
  ] as const)('%s', async (_, isTerminal, env, color, expected) => {
    expect(await isColored(isTerminal, env, color)).toBe(expected);
  });

  it('paints only then', async () => {
    expect((await createPalette({ isTerminal: true, env: {} })).red('x')).toBe('\u001b[31mx\u001b[39m');
    expect((await createPalette({ isTerminal: false, env: {} })).red('x')).toBe('x');
  });
});

describe('signs', () => {
  it.each([
    ['no locale', {}, true],
    ['UTF-8', { LANG: 'en_GB.UTF-8' }, true],
    ['another spelling', { LC_CTYPE: 'de_DE.utf8' }, true],
    ['the C locale', { LANG: 'C' }, false],
    ['LC_ALL beats LANG', { LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, false],
    ['Latin-1', { LANG: 'de_DE.ISO-8859-1' }, false],
    ['a dumb terminal', { TERM: 'dumb', LANG: 'C.UTF-8' }, false],
  ] as const)('%s', async (_, env, expected) => {
    expect((await createPalette({ isTerminal: true, env })).isUnicode).toBe(expected);
  });

  it('are ASCII where Unicode cannot be shown', async () => {
    const palette = await createPalette({ isTerminal: true, env: { TERM: 'dumb' } });
    expect(Object.values(palette.signs).join('')).toMatch(/^[ -~]+$/);
    expect(plainly('ghp_…[40] — “new” \ufffd', palette)).toBe('ghp_...[40] - "new" ?');
    expect(plainly('ключ', palette)).toBe('ключ');
  });

  it('stand for all that our own texts use', async () => {
    const palette = await createPalette({ isTerminal: true, env: { TERM: 'dumb' } });
    for (const { message, why, advice, docs } of CATALOGUE)
      expect(plainly([message, why, advice, docs].join(' '), palette)).toMatch(/^[ -~]+$/);
  });
});
