import { describe, expect, it } from 'vitest';
import { type HookState, planInstall, planUninstall } from '../../src/install/plan.ts';

const FOREIGN = { kind: 'foreign', isExecutable: true, identity: '100755 #!/bin/sh\n', manager: null } as const;
const FIRST = 'pre-commit.code-guardian-original';

function state(parts: Partial<HookState>): HookState {
  return {
    hook: 'pre-commit',
    folder: '/r/.git/hooks',
    hasFolder: true,
    file: { kind: 'none' },
    originals: [],
    leftovers: [],
    freeName: FIRST,
    ...parts,
  };
}

function shimFor(original: string): string {
  return `shim of ${original}`;
}

function ours(original: string, content = shimFor(original)): HookState['file'] {
  return { kind: 'ours', content, original };
}

describe('planInstall', () => {
  it('writes the shim where there is nothing', () => {
    expect(planInstall(state({}), shimFor)).toEqual({
      steps: [{ kind: 'write', path: '/r/.git/hooks/pre-commit', content: 'shim of ', mode: 0o755 }],
      notes: ['pre-commit: installed'],
    });
  });

  it('makes the folder first where there is none', () => {
    expect(planInstall(state({ hasFolder: false }), shimFor).steps.map(({ kind }) => kind)).toEqual(['make-folder', 'write']);
  });

  it('does nothing where all is as it should be', () => {
    expect(planInstall(state({ file: ours(FIRST) }), shimFor)).toEqual({ steps: [], notes: ['pre-commit: already installed'] });
  });

  it('brings an older shim up to date and keeps its original', () => {
    const { steps, notes } = planInstall(state({ file: ours(FIRST, 'an older shim') }), shimFor);
    expect(steps).toEqual([expect.objectContaining({ kind: 'write', content: `shim of ${FIRST}` })]);
    expect(notes).toEqual(['pre-commit: brought up to date']);
  });

  it('keeps a hook before it takes its place', () => {
    expect(planInstall(state({ file: FOREIGN }), shimFor).steps).toEqual([
      { kind: 'keep', path: '/r/.git/hooks/pre-commit', as: `/r/.git/hooks/${FIRST}` },
      { kind: 'write', path: '/r/.git/hooks/pre-commit', content: `shim of ${FIRST}`, mode: 0o755 },
    ]);
  });

  it('keeps a second original beside the first', () => {
    const originals = [{ name: FIRST, identity: '100755 another' }];
    const { steps } = planInstall(state({ file: FOREIGN, originals, freeName: `${FIRST}.2` }), shimFor);
    expect(steps[0]).toMatchObject({ kind: 'keep', as: `/r/.git/hooks/${FIRST}.2` });
  });

  it('goes on where a run was stopped after it had put the original aside', () => {
    const originals = [{ name: FIRST, identity: FOREIGN.identity }];
    const { steps } = planInstall(state({ file: FOREIGN, originals, freeName: `${FIRST}.2` }), shimFor);
    expect(steps).toEqual([expect.objectContaining({ kind: 'write', content: `shim of ${FIRST}` })]);
  });

  it('says that a hook which is not executable is kept and not run', () => {
    expect(planInstall(state({ file: { ...FOREIGN, isExecutable: false } }), shimFor).notes.join()).toMatch(
      /not executable.*code-guardian-original/,
    );
  });

  it.each(['lefthook', 'pre-commit', 'prek', 'overcommit', 'simple-git-hooks'])('says how to become a guest of %s', (manager) => {
    const { notes } = planInstall(state({ file: { ...FOREIGN, manager } }), shimFor);
    expect(notes).toHaveLength(2);
    expect(notes[1]).toContain(manager);
    expect(notes[1]).toContain('code-guardian');
  });
});

describe('planUninstall', () => {
  it('removes a shim that took nobody’s place', () => {
    expect(planUninstall(state({ file: ours('') })).steps).toEqual([{ kind: 'remove', path: '/r/.git/hooks/pre-commit' }]);
  });

  it('gives back the original in one step', () => {
    expect(planUninstall(state({ file: ours(FIRST), originals: [{ name: FIRST, identity: 'x' }] })).steps).toEqual([
      { kind: 'rename', from: `/r/.git/hooks/${FIRST}`, to: '/r/.git/hooks/pre-commit' },
    ]);
  });

  it('gives back the original that the shim names, and names the others', () => {
    const originals = [FIRST, `${FIRST}.2`].map((name) => ({ name, identity: name }));
    const { steps, notes } = planUninstall(state({ file: ours(`${FIRST}.2`), originals }));
    expect(steps).toEqual([{ kind: 'rename', from: `/r/.git/hooks/${FIRST}.2`, to: '/r/.git/hooks/pre-commit' }]);
    expect(notes).toContain(`pre-commit: ${FIRST} is left where it is`);
  });

  it('leaves a hook that replaced ours', () => {
    const { steps, notes } = planUninstall(state({ file: FOREIGN, originals: [{ name: FIRST, identity: 'x' }] }));
    expect(steps).toEqual([]);
    expect(notes).toEqual(['pre-commit: not ours any more: left as it is', `pre-commit: ${FIRST} is left where it is`]);
  });

  it('takes back what a stopped installation had only put aside', () => {
    const { steps } = planUninstall(state({ file: FOREIGN, originals: [{ name: FIRST, identity: FOREIGN.identity }] }));
    expect(steps).toEqual([{ kind: 'remove', path: `/r/.git/hooks/${FIRST}` }]);
  });

  it('sweeps up what a stopped installation left half written', () => {
    const { steps } = planUninstall(state({ leftovers: ['pre-commit.code-guardian-new.7'] }));
    expect(steps).toEqual([{ kind: 'remove', path: '/r/.git/hooks/pre-commit.code-guardian-new.7' }]);
  });

  it('does nothing where nothing is installed', () => {
    expect(planUninstall(state({}))).toEqual({ steps: [], notes: ['pre-commit: not installed'] });
  });
});
