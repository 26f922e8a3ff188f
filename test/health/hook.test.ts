import { describe, expect, it } from 'vitest';
import { parseConfigHooks } from '../../src/health/config-hooks.ts';
import { type HookFacts, judgeHook, type Reach } from '../../src/health/hook.ts';

const SHIM: Reach = { kind: 'shim', path: '/r/.git/hooks/pre-commit', content: '', original: '', by: null };
const OURS: HookFacts = {
  hook: 'pre-commit',
  path: '.git/hooks/pre-commit',
  word: '.git/hooks/pre-commit',
  file: 'ours',
  isExecutable: true,
  manager: null,
  reach: SHIM,
  isStale: false,
  unused: null,
  way: 'Run `code-guardian install`.',
};
const ABSENT: HookFacts = { ...OURS, file: 'none', isExecutable: false, reach: null };
const FOREIGN: HookFacts = { ...OURS, file: 'foreign', reach: null };

describe('judgeHook', () => {
  it.each<[situation: string, facts: HookFacts, status: string, detail: RegExp]>([
    ['ours', OURS, 'ok', /^\.git\/hooks\/pre-commit is ours$/],
    ['ours, behind another', { ...OURS, reach: { ...SHIM, original: 'x.original' } }, 'ok', /behind x\.original/],
    ['ours, of another release', { ...OURS, isStale: true }, 'warn', /written by another release of code-guardian/],
    ['ours, not executable', { ...OURS, isExecutable: false }, 'fail', /not executable.*commits are not scanned/],
    ['no hook', ABSENT, 'fail', /no hook: commits are not scanned/],
    ['no hook for pushes', { ...ABSENT, hook: 'pre-push' }, 'warn', /pushes are not scanned/],
    ['no hook on a server', { ...ABSENT, hook: 'pre-receive' }, 'fail', /pushes to this repository/],
    ['another’s', FOREIGN, 'fail', /is not ours and does not call code-guardian/],
    ['a manager’s', { ...FOREIGN, manager: 'lefthook' }, 'fail', /belongs to lefthook and does not call code-guardian/],
    ['a manager’s that calls us', { ...FOREIGN, manager: 'lefthook', reach: { kind: 'guest', by: 'lefthook' } }, 'ok', /lefthook calls/],
    ['a manager’s that runs our hook', { ...FOREIGN, manager: 'prek', reach: { ...SHIM, by: 'prek' } }, 'ok', /prek runs our hook/],
    [
      'a manager’s that calls us, not executable',
      { ...FOREIGN, isExecutable: false, reach: { kind: 'guest', by: 'lefthook' } },
      'fail',
      /not executable/,
    ],
    [
      'ours where git does not look',
      { ...ABSENT, unused: '.git/hooks/pre-commit' },
      'fail',
      /our hook, \.git\/hooks\/pre-commit, never runs/,
    ],
    ['ours for pushes where git does not look', { ...ABSENT, hook: 'pre-push', unused: '.git/hooks/pre-push' }, 'fail', /never run/],
    ['husky not set up', { ...ABSENT, manager: 'husky', hook: 'commit-msg' }, 'fail', /husky is not set up/],
    ['of the config', { ...ABSENT, reach: { kind: 'config', name: 'x', command: 'y', content: '' } }, 'ok', /hook\.x in git’s config/],
  ])('%s', (_, facts, status, detail) => {
    const check = judgeHook(facts);
    expect(check).toMatchObject({ name: facts.hook, status });
    expect(check.detail).toMatch(detail);
    expect(check.hint === undefined).toBe(status === 'ok');
  });
});

describe('parseConfigHooks', () => {
  const entry = (key: string, value: string): string => `hook.${key}\n${value}\0`;

  it('reads names, commands and events', () => {
    expect(parseConfigHooks(entry('a.b.command', 'x\ny') + entry('a.b.event', 'pre-commit') + entry('a.b.event', 'pre-push'))).toEqual([
      { name: 'a.b', command: 'x\ny', events: ['pre-commit', 'pre-push'] },
    ]);
  });

  it('forgets events before an empty one', () => {
    expect(parseConfigHooks(entry('a.command', 'x') + entry('a.event', 'pre-push') + entry('a.event', ''))[0]?.events).toEqual([]);
  });

  it('leaves out what is switched off, or has no command', () => {
    expect(parseConfigHooks(entry('a.command', 'x') + entry('a.enabled', 'false') + entry('b.event', 'pre-commit'))).toEqual([]);
  });
});
