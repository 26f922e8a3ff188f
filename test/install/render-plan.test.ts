import { describe, expect, it } from 'vitest';
import type { Note } from '../../src/install/plan.ts';
import { renderPlan } from '../../src/install/render-plan.ts';

function note(hook: string, parts: Partial<Note> = {}): Note {
  return { hook, heading: 'Installed in .git/hooks', isChange: true, ...parts };
}

function rendered(notes: readonly Note[], { isDryRun = false, advice = [] as readonly string[] } = {}): string {
  return renderPlan({ steps: [], notes, advice }, isDryRun);
}

describe('renderPlan', () => {
  it('says in one line what has happened to several hooks', () => {
    expect(rendered([note('pre-commit'), note('commit-msg'), note('pre-push')])).toBe(
      'Installed in .git/hooks: pre-commit, commit-msg, pre-push\n',
    );
  });

  it('keeps apart what is not the same', () => {
    expect(rendered([note('a'), note('b', { heading: 'Already installed in .git/hooks', isChange: false }), note('c')])).toBe(
      'Installed in .git/hooks: a, c\nAlready installed in .git/hooks: b\n',
    );
  });

  it('says what is special about some below it, for several at once where only the name differs', () => {
    const details = (hook: string): string[] => [`it runs first (${hook}.original)`];
    expect(rendered([note('a', { details: details('a') }), note('b'), note('c', { details: [...details('c'), 'and more'] })])).toBe(
      'Installed in .git/hooks: a, b, c\n  a, c: it runs first (*.original)\n  c: and more\n',
    );
    expect(rendered([note('a', { details: details('a') })])).toBe('Installed in .git/hooks: a\n  a: it runs first (a.original)\n');
  });

  it('says of a plan what would be, and of what is so already that it is', () => {
    expect(rendered([note('a'), note('b', { heading: 'Already installed', isChange: false })], { isDryRun: true })).toBe(
      'Would be installed in .git/hooks: a\nAlready installed: b\n',
    );
  });

  it('ends with what is left to do, a paragraph each', () => {
    expect(rendered([note('a')], { advice: ['Do this.', 'And that.'] })).toBe('Installed in .git/hooks: a\n\nDo this.\n\nAnd that.\n');
  });
});
