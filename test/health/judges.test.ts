import { describe, expect, it } from 'vitest';
import { CANARY, type CanaryResult, canaryToken } from '../../src/health/canary.ts';
import { judgeEnvironment } from '../../src/health/environment.ts';
import { judgeHooksPath, parseHooksPath, wayToInstall } from '../../src/health/hooks-path.ts';
import { judgeCanary } from '../../src/health/judge-canary.ts';
import { judgePermissions } from '../../src/health/permissions.ts';
import { judgeRuntime, parseRuntime, type RuntimeFacts } from '../../src/health/runtime.ts';
import { parseWorktrees } from '../../src/health/worktrees.ts';

describe('judgeEnvironment', () => {
  it.each([
    [{}, 'ok', /no variable/],
    [{ CODE_GUARDIAN: '1' }, 'ok', /no variable/],
    [{ CODE_GUARDIAN: '0' }, 'warn', /^CODE_GUARDIAN=0 /],
    [{ CODE_GUARDIAN_SKIP: ' ' }, 'ok', /no variable/],
    [{ CODE_GUARDIAN_SKIP: 'github-token' }, 'warn', /^CODE_GUARDIAN_SKIP .*: github-token$/],
  ])('%j is %s', (env, status, detail) => {
    expect(judgeEnvironment(env)).toMatchObject({ name: 'environment', status, detail: expect.stringMatching(detail) });
  });
});

describe('judgeHooksPath', () => {
  it.each([
    ['', 'ok', /is not set/],
    ['local\0file:.git/config\0.husky/_\0', 'ok', /\.husky\/_ \(local, \.git\/config\): husky/],
    ['global\0file:/home/ada/.gitconfig\0/hooks\0', 'ok', /for every repository/],
    ['local\0file:.git/config\0\0', 'fail', /runs no hooks$/],
    ['command\0command line:\0/x\0', 'warn', /only for this command/],
  ])('%j is %s', (text, status, detail) => {
    const check = judgeHooksPath(parseHooksPath(text), 'husky');
    expect(check.status).toBe(status);
    expect(check.detail).toMatch(detail);
    expect(check.hint === undefined).toBe(status === 'ok');
  });
});

describe('wayToInstall', () => {
  const ways = { ownFolder: "'/r/.git/hooks'", install: 'code-guardian install' };

  it.each([
    ['', 'Run `code-guardian install`.'],
    ['local\0file:.git/config\0.husky/_\0', 'Run `code-guardian install`.'],
    ['global\0file:/home/ada/.gitconfig\0\0', 'Run `git config --global --unset core.hooksPath`, then `code-guardian install`.'],
    ['global\0file:/home/ada/.gitconfig\0/hooks\0', "Set it for this repository: `git config core.hooksPath '/r/.git/hooks'`, then"],
    ['command\0command line:\0\0', 'Run it without `git -c core.hooksPath'],
  ])('of %j', (text, way) => {
    expect(wayToInstall(parseHooksPath(text), ways)).toContain(way);
  });
});

describe('judgePermissions', () => {
  it('names what anybody may change before a record that cannot be kept', () => {
    expect(
      judgePermissions(
        [
          { path: 'a', word: '../a' },
          { path: 'b c', word: "'b c'" },
        ],
        false,
      ),
    ).toMatchObject({ status: 'warn', hint: "Run `chmod o-w ../a 'b c'`." });
    expect(judgePermissions([], false)).toMatchObject({ status: 'warn' });
    expect(judgePermissions([], true)).toMatchObject({ status: 'ok' });
  });
});

describe('parseWorktrees', () => {
  it('reads paths, and which is bare', () => {
    expect(parseWorktrees('worktree /a b\nbare\n\nworktree /c\nHEAD 0\nbranch refs/heads/x\nprunable gone\n\n')).toEqual([
      { path: '/a b', isBare: true },
      { path: '/c', isBare: false },
    ]);
  });
});

describe('runtime', () => {
  const fine: RuntimeFacts = {
    recorded: { node: '/n', script: '/s' },
    node: '/n',
    script: '/s',
    version: '0.1.0',
    failure: '',
    resort: null,
  };
  const shared: RuntimeFacts = { ...fine, recorded: { node: '', script: '' } };

  it('is read out of a shim, quotes and other letters too', () => {
    const shim = `#!/bin/sh\nruntime='/ö/it'\\''s/bin.cjs'\nnode='/n'\n`;
    expect(parseRuntime(Buffer.from(shim).toString('latin1'))).toEqual({ node: '/n', script: "/ö/it's/bin.cjs" });
  });

  it.each<[string, RuntimeFacts[], string, RegExp]>([
    ['none', [], 'skipped', /no hook/],
    ['there', [fine, fine], 'ok', /code-guardian 0\.1\.0$/],
    ['of another release', [{ ...fine, version: '0.0.9' }], 'ok', /0\.0\.9 \(this one is 0\.1\.0\)/],
    [
      'gone',
      [fine, { ...fine, script: null, version: null }],
      'fail',
      /^the program of the hooks is gone: \/s, and there is no other copy/,
    ],
    [
      'gone, with a last resort',
      [{ ...fine, script: null, version: null, resort: '/init.sh' }],
      'warn',
      /is gone: \/s; the hooks use \/init\.sh instead/,
    ],
    ['replaced', [{ ...fine, node: '/usr/bin/node' }], 'warn', /is gone: \/n; the hooks use \/usr\/bin\/node \/s instead/],
    ['found', [shared], 'ok', /0\.1\.0$/],
    [
      'found by a path from the top',
      [{ ...shared, recorded: { node: '', script: 'dist/bin.cjs' }, script: '/top/dist/bin.cjs' }],
      'ok',
      /0\.1\.0$/,
    ],
    ['not found', [{ ...shared, script: null, version: null }], 'fail', /did not find code-guardian in node_modules/],
    ['not found, for want of node', [{ ...shared, node: null, version: null }], 'fail', /did not find node,/],
    ['broken', [{ ...fine, version: null, failure: 'Error: no' }], 'fail', /does not start: Error: no/],
  ])('%s', (_, facts, status, detail) => {
    const check = judgeRuntime(facts, '0.1.0');
    expect(check.status).toBe(status);
    expect(check.detail).toMatch(detail);
  });
});

describe('judgeCanary', () => {
  const good: CanaryResult = {
    hook: 'pre-commit',
    reach: { kind: 'shim', path: '/h', content: '', original: '', by: null },
    planted: { code: 1, output: `${CANARY.path}:1:9` },
    clean: { code: 0, output: '' },
    needsOwnPath: false,
  };

  it.each<[string, CanaryResult[], string, RegExp]>([
    ['no hook', [], 'skipped', /no hook runs code-guardian/],
    ['stopped', [good, { ...good, hook: 'pre-push' }], 'ok', /^2 hooks blocked a planted token and let clean text pass$/],
    ['stopped by a guest', [{ ...good, reach: { kind: 'guest', by: 'husky' } }], 'ok', /; husky not run$/],
    ['the message stopped', [{ ...good, hook: 'commit-msg', planted: { code: 1, output: CANARY.rule } }], 'ok', /^commit-msg/],
    ['stopped for another reason', [{ ...good, planted: { code: 1, output: 'no' } }], 'fail', /planted token and exited with 1: no/],
    ['let pass', [{ ...good, planted: { code: 0, output: '' } }], 'fail', /let it pass/],
    ['found, and let pass', [{ ...good, planted: { code: 0, output: CANARY.path } }], 'warn', /the config lets it pass/],
    ['did not start', [{ ...good, planted: { code: 2, output: '\nnode was not found' } }], 'fail', /exited with 2: node was not found/],
    ['hangs', [{ ...good, planted: { code: null, output: '' } }], 'fail', /did not finish/],
    ['stops what is clean', [{ ...good, clean: { code: 1, output: 'x' } }], 'fail', /clean text and exited with 1: x/],
    ['is not on PATH', [{ ...good, planted: { code: 127, output: '' } }], 'fail', /did not find code-guardian on its PATH/],
    ['is on the long PATH only', [{ ...good, needsOwnPath: true }], 'warn', /GUI programs/],
    ['the worst counts', [good, { ...good, hook: 'pre-push', planted: { code: 0, output: '' } }], 'fail', /^pre-push/],
  ])('%s', (_, results, status, detail) => {
    const check = judgeCanary(results, true);
    expect(check.status).toBe(status);
    expect(check.detail).toMatch(detail);
  });

  it('never shows the value, whoever writes it', () => {
    const { detail } = judgeCanary([{ ...good, planted: { code: 3, output: `+${canaryToken()} here` } }], true);
    expect(detail).toContain('exited with 3: +… here');
  });

  it('knows when the config does not look for what is planted', () => {
    expect(judgeCanary([{ ...good, planted: { code: 0, output: '' } }], false).status).toBe('warn');
    expect(judgeCanary([{ ...good, planted: { code: 2, output: '' } }], false).status).toBe('fail');
  });
});
