import { describe, expect, it } from 'vitest';
import { type HookState, planInstall, planUninstall } from '../../src/install/plan.ts';

const FOREIGN = { kind: 'foreign', isExecutable: true, identity: '100755 #!/bin/sh\n', text: '#!/bin/sh\n' } as const;
const FIRST = 'pre-commit.code-guardian-original';

function state(parts: Partial<HookState>): HookState {
  return {
    hook: 'pre-commit',
    folder: '/r/.git/hooks',
    place: '.git/hooks',
    file: { kind: 'none' },
    originals: [],
    leftovers: [],
    movedAside: [],
    theirs: '',
    freeName: FIRST,
    ...parts,
  };
}

function shimFor(original: string): string {
  return `shim of ${original}`;
}

function ours(original: string, content = shimFor(original)): HookState['file'] {
  return { kind: 'ours', content, original, madeFolders: 0 };
}

describe('planInstall', () => {
  it('writes the shim where there is nothing', () => {
    expect(planInstall(state({}), shimFor)).toEqual({
      steps: [{ kind: 'write', path: '/r/.git/hooks/pre-commit', content: 'shim of ', mode: 0o755 }],
      notes: [{ hook: 'pre-commit', heading: 'Installed in .git/hooks', isChange: true }],
    });
  });

  it('does nothing where all is as it should be', () => {
    expect(planInstall(state({ file: ours(FIRST) }), shimFor)).toEqual({
      steps: [],
      notes: [{ hook: 'pre-commit', heading: 'Already installed in .git/hooks', isChange: false }],
    });
  });

  it('brings an older shim up to date and keeps its original', () => {
    const { steps, notes } = planInstall(state({ file: ours(FIRST, 'an older shim') }), shimFor);
    expect(steps).toEqual([expect.objectContaining({ kind: 'write', content: `shim of ${FIRST}` })]);
    expect(notes).toMatchObject([{ heading: 'Updated in .git/hooks', isChange: true }]);
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

  it('leaves a hook alone that calls us already', () => {
    const text = '#!/bin/sh\nexec code-guardian hook pre-commit\n';
    const { steps, notes } = planInstall(state({ file: { ...FOREIGN, text } }), shimFor);
    expect(steps).toEqual([]);
    expect(notes).toMatchObject([{ heading: 'Already installed by hand in .git/hooks', isChange: false }]);
    expect(planInstall(state({ file: { ...FOREIGN, text, isExecutable: false } }), shimFor).steps).toHaveLength(2);
  });

  it('says that a hook which is not executable is kept and not run', () => {
    expect(planInstall(state({ file: { ...FOREIGN, isExecutable: false } }), shimFor).notes[0]!.details).toEqual([
      expect.stringMatching(/not executable.*code-guardian-original/),
    ]);
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
    expect(notes[0]!.details).toContain(`${FIRST} is kept`);
  });

  it('leaves a hook that replaced ours', () => {
    const { steps, notes } = planUninstall(state({ file: FOREIGN, originals: [{ name: FIRST, identity: 'x' }] }));
    expect(steps).toEqual([]);
    expect(notes).toMatchObject([{ heading: 'Not ours, unchanged', isChange: false, details: [`${FIRST} is kept`] }]);
  });

  it('takes back what a stopped installation had only put aside', () => {
    const { steps } = planUninstall(state({ file: FOREIGN, originals: [{ name: FIRST, identity: FOREIGN.identity }] }));
    expect(steps).toEqual([{ kind: 'remove', path: `/r/.git/hooks/${FIRST}` }]);
  });

  it('sweeps up what a stopped installation left half written', () => {
    const { steps } = planUninstall(state({ leftovers: ['pre-commit.7-0123456789abcdef.tmp'] }));
    expect(steps).toEqual([{ kind: 'remove', path: '/r/.git/hooks/pre-commit.7-0123456789abcdef.tmp' }]);
  });

  it.each([
    ['and goes with it', '', { kind: 'remove', path: '/r/.git/hooks/pre-commit.legacy' }],
    ['and its original takes its place', FIRST, { kind: 'rename', from: `/r/.git/hooks/${FIRST}`, to: '/r/.git/hooks/pre-commit.legacy' }],
  ])('knows a shim that a manager moved aside, %s', (_, original, step) => {
    const aside = state({ file: FOREIGN, movedAside: [{ name: 'pre-commit.legacy', original }] });
    expect(planUninstall(aside).steps).toEqual([step]);
    expect(planInstall(aside, shimFor).steps.at(-1)).toEqual(step);
  });

  it('does nothing where nothing is installed', () => {
    expect(planUninstall(state({}))).toMatchObject({ steps: [], notes: [{ heading: 'Not installed', isChange: false }] });
  });
});
