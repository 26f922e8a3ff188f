import { describe, expect, it } from 'vitest';
import { programCommand, withProgram } from '../../src/host/program.ts';

describe('the command of this program', () => {
  it.each([
    ['/home/ada/shop/node_modules/.bin/code-guardian', 'npx code-guardian'],
    ['/home/ada/shop/node_modules/code-guardian/dist/bin.cjs', 'npx code-guardian'],
    [String.raw`C:\shop\node_modules\code-guardian\dist\bin.cjs`, 'npx code-guardian'],
    ['/usr/local/bin/code-guardian', 'code-guardian'],
    ['/home/ada/code-guardian/dist/bin.cjs', 'code-guardian'],
    ['/home/ada/node_modules_old/bin.cjs', 'code-guardian'],
    ['', 'code-guardian'],
  ])('of %s', (script, command) => {
    expect(programCommand(script)).toBe(command);
  });

  it('replaces the commands of a text, and nothing else', () => {
    const text = 'Run `code-guardian scan --all`, then `code-guardian doctor`. See code-guardian.config.json, `code-guardian:ignore x`.';
    expect(withProgram(text, 'npx code-guardian')).toBe(
      'Run `npx code-guardian scan --all`, then `npx code-guardian doctor`. See code-guardian.config.json, `code-guardian:ignore x`.',
    );
    expect(withProgram(text)).toBe(text);
  });
});
