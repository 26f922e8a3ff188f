import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { situation } from './situation.ts';

// In a file of its own: what has been imported once is not loaded again.
describe('without a config', () => {
  it('nothing is loaded that reads or checks one', async () => {
    const loaded: string[] = [];
    for (const heavy of ['cosmiconfig', 'valibot', 'yaml']) {
      vi.doMock(heavy, async (original) => {
        loaded.push(heavy);
        return original();
      });
    }
    const { top, home, write } = situation({ 'package.json': '{"name": "x"}' });
    const load = async () =>
      loadConfig({
        cwd: top,
        top,
        env: { HOME: home, CI: '1', CODE_GUARDIAN_SKIP: 'debugger', CODE_GUARDIAN_ENV: 'ci', CODE_GUARDIAN_BAIL: '' },
        flags: { bail: 1 },
        source: { kind: 'disk' },
        knownRules: [],
      });
    await load();
    expect(loaded).toEqual([]);
    write('.code-guardianrc.json', '');
    await load();
    expect(loaded.toSorted()).toEqual(['valibot']);
    write('.code-guardianrc.json', '{"bail": 1}');
    await load();
    expect(loaded.toSorted()).toEqual(['cosmiconfig', 'valibot']);
  });
});
