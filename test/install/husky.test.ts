import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HuskyHook, planHuskyInstall, planHuskyUninstall } from '../../src/install/husky.ts';

function hookOf(content: string | null, parts: Partial<HuskyHook> = {}): HuskyHook {
  const mode = parts.isOldLayout === true ? 0o755 : 0o644;
  return {
    hook: 'pre-commit',
    path: '/r/.husky/pre-commit',
    place: '.husky',
    content,
    mode,
    isSymbolicLink: false,
    isOldLayout: false,
    ...parts,
  };
}

function written(hook: HuskyHook): string {
  const [step] = planHuskyInstall(hook).steps;
  if (step?.kind !== 'write') throw new Error('nothing is written');
  return step.content;
}

const LINE = /^code-guardian hook pre-commit # code-guardian install$/;

describe('planHuskyInstall', () => {
  it.each([
    ['npm test\n', 0],
    ['#!/bin/sh\nnpm test\n', 1],
    ['#!/bin/sh\r\nnpm test\r\n', 1],
    ['', 0],
    ['npm test', 0],
    ['exit 0\n', 0],
  ])('puts its line first in %j, after any #!', (content, at) => {
    const lines = written(hookOf(content)).split('\n');
    expect(lines[at]).toMatch(LINE);
    expect(lines.toSpliced(at, 1).join('\n')).toBe(content);
  });

  it('makes a file where there is none, executable only where git itself runs it', () => {
    expect(planHuskyInstall(hookOf(null)).steps).toMatchObject([{ kind: 'write', mode: 0o644 }]);
    expect(planHuskyInstall(hookOf(null, { isOldLayout: true })).steps).toMatchObject([{ kind: 'write', mode: 0o755 }]);
    expect(written(hookOf(null, { isOldLayout: true }))).toMatch(/^#!\/bin\/sh\n/);
  });

  it('leaves a file alone that calls us already, but for a comment', () => {
    expect(planHuskyInstall(hookOf('npm test\ncode-guardian hook pre-commit\n')).steps).toEqual([]);
    expect(planHuskyInstall(hookOf('# code-guardian hook pre-commit\n')).steps).toHaveLength(1);
    expect(planHuskyInstall(hookOf('code-guardian hook pre-commit-other\n')).steps).toHaveLength(1);
  });

  it('keeps the mode', () => {
    expect(planHuskyInstall(hookOf('npm test\n', { mode: 0o750 })).steps).toMatchObject([{ mode: 0o750 }]);
  });

  it('stands behind the line that loads husky.sh in the old layout, which runs the file again', () => {
    const content = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test\n';
    expect(written(hookOf(content, { isOldLayout: true })).split('\n')[2]).toContain('code-guardian hook pre-commit');
  });

  it('stops the file in the old layout, which goes on after a failure', () => {
    expect(written(hookOf('npm test\n', { isOldLayout: true }))).toContain('code-guardian hook pre-commit || exit');
  });

  it('does not write into a file that git would not run as a shell script in the old layout', () => {
    expect(() => planHuskyInstall(hookOf('#!/usr/bin/env node\n', { isOldLayout: true }))).toThrow(/not a shell script/);
    expect(() => planHuskyInstall(hookOf('npm test\n', { isOldLayout: true, mode: 0o644 }))).toThrow(/not executable/);
  });

  it('does not write through a symlink', () => {
    const link = hookOf('npm test\n', { isSymbolicLink: true });
    expect(() => planHuskyInstall(link)).toThrow(/symbolic link/);
    expect(planHuskyUninstall({ ...link, content: written(hookOf('npm test\n')) }).steps).toEqual([]);
  });

  it.each([false, true])('is there once, however often it is run (old layout: %s)', (isOldLayout) => {
    for (const content of [null, 'npm test\n', '#!/bin/sh\nnpm test\n']) {
      const once = hookOf(written(hookOf(content, { isOldLayout })), { isOldLayout });
      expect(planHuskyInstall(once).steps).toEqual([]);
      // Git may have checked the file out with CRLF.
      expect(planHuskyInstall({ ...once, content: once.content!.replaceAll('\n', '\r\n') }).steps).toEqual([]);
    }
  });
});

describe('the line of pre-push', () => {
  const hook = (content: string | null, isOldLayout = false): HuskyHook => hookOf(content, { hook: 'pre-push', isOldLayout });

  it('passes on what git returned only the hook', () => {
    expect(written(hook(null))).toBe('code-guardian hook pre-push "$@" # code-guardian install, with this file\n');
    expect(written(hookOf(null, { hook: 'commit-msg' }))).toContain('code-guardian hook commit-msg "$@"');
  });

  it.each([false, true])('leaves standard input for other lines, those too that are added later (old layout: %s)', (isOldLayout) => {
    const added = `${written(hook(null, isOldLayout))}git lfs pre-push "$@"\n`;
    for (const content of ['git lfs pre-push "$@"\n', added]) {
      const once = written(hook(content, isOldLayout));
      expect(once).toMatch(/exec 3<.*code-guardian hook pre-push "\$@" <&3 \|\| exit/);
      expect(once.match(/code-guardian hook/g)).toHaveLength(1);
      expect(planHuskyInstall(hook(once, isOldLayout)).steps).toEqual([]);
      expect(planHuskyUninstall(hook(once, isOldLayout)).steps).toMatchObject([{ content: expect.stringMatching(/^(?:#!.*\n)?git lfs/) }]);
    }
  });

  it('stays plain where there is nothing but comments besides', () => {
    expect(written(hook('#!/bin/sh\n# nothing yet\n'))).toContain('\ncode-guardian hook pre-push "$@" #');
  });
});

describe('planHuskyUninstall', () => {
  it('gives back every file to the byte', () => {
    const line = fc.constantFrom(
      '#!/bin/sh',
      'npm test',
      'exit 0',
      '',
      '. "$(dirname "$0")/_/husky.sh"',
      '\u00e9\u0085',
      '# code-guardian hook pre-commit',
    );
    const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 6 });
    const file = fc.tuple(lines, line).map(([ended, last]) => ended.flat().join('') + last);
    fc.assert(
      fc.property(file, fc.boolean(), (content, isOldLayout) => {
        const installed = written(hookOf(content, { isOldLayout }));
        expect(planHuskyUninstall(hookOf(installed, { isOldLayout })).steps).toMatchObject([{ kind: 'write', content }]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([false, true])('removes a file that it made (old layout: %s)', (isOldLayout) => {
    const content = written(hookOf(null, { isOldLayout }));
    expect(planHuskyUninstall(hookOf(content, { isOldLayout })).steps).toEqual([{ kind: 'remove', path: '/r/.husky/pre-commit' }]);
  });

  it('keeps what others have added to a file that it made', () => {
    const content = `${written(hookOf(null))}npm test\n`;
    expect(planHuskyUninstall(hookOf(content)).steps).toMatchObject([{ kind: 'write', content: 'npm test\n' }]);
  });

  it.each([false, true])('knows its line where an editor took the last newline (old layout: %s)', (isOldLayout) => {
    const content = written(hookOf(null, { isOldLayout })).trimEnd();
    expect(planHuskyInstall(hookOf(content, { isOldLayout })).steps).toEqual([]);
    expect(planHuskyUninstall(hookOf(content, { isOldLayout })).steps).toEqual([{ kind: 'remove', path: '/r/.husky/pre-commit' }]);
  });

  it('does nothing where nothing is installed', () => {
    for (const content of [null, 'code-guardian hook pre-commit\n']) {
      expect(planHuskyUninstall(hookOf(content))).toMatchObject({ steps: [], notes: [{ heading: 'Not installed', isChange: false }] });
    }
  });
});
