import { expect, it, vi } from 'vitest';
import { situation } from './situation.ts';

// In a file of its own: what has been imported once is not loaded again.
const loaded = vi.hoisted(() => new Set<string>());
vi.mock('cosmiconfig', async (load) => (loaded.add('cosmiconfig'), load()));
vi.mock('valibot', async (load) => (loaded.add('valibot'), load()));
vi.mock('yaml', async (load) => (loaded.add('yaml'), load()));

it('without a config nothing is loaded that reads or checks one', async () => {
  const { load, fail, write } = situation({ 'package.json': '{"name": "x"}' });
  await load({ env: { CI: '1', CODE_GUARDIAN_SKIP: 'debugger', CODE_GUARDIAN_ENV: 'ci', CODE_GUARDIAN_BAIL: '' }, flags: { bail: 1 } });
  expect(loaded).toEqual(new Set());
  write('.code-guardianrc.json', '');
  await load();
  expect(loaded).toEqual(new Set(['valibot']));
  write('.code-guardianrc.json', '{"bail": 1}');
  await load();
  expect(loaded).toEqual(new Set(['valibot', 'cosmiconfig']));
  write('.code-guardianrc.json', '{"bail": "1"}');
  await fail();
  expect(loaded).toEqual(new Set(['valibot', 'cosmiconfig', 'yaml']));
});
