import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/findings/finding.ts';
import { renderPretty } from '../../../src/report/formats/pretty.ts';
import type { CommitPlace, PushReport, RefReport, ScanReport } from '../../../src/report/scan-report.ts';
import { ASCII, COLORED, exampleReport, exampleView, logFinding, renderJson, secretFinding } from '../example-report.ts';

const COMMIT = 'abcdef0123456789abcdef0123456789abcdef01';
const SHORT = 'abcdef0123';

function place(more: Partial<CommitPlace> = {}): CommitPlace {
  return {
    id: COMMIT,
    kind: 'commit',
    ref: 'main',
    isCheckedOut: true,
    isRoot: false,
    later: 0,
    hasLaterMerge: false,
    isMessage: false,
    isChangedLater: false,
    publishedOn: [],
    ...more,
  };
}

function pushReport(more: Partial<PushReport> = {}): PushReport {
  return {
    commits: { total: 3, known: 0, unscanned: 0 },
    refs: [{ ref: 'refs/heads/main', oldId: null, newId: COMMIT, verdict: 'clean' }],
    places: [],
    blocked: 0,
    allowsSkip: false,
    ...more,
  };
}

function report(push: Partial<PushReport> = {}, more: Partial<ScanReport> = {}, target: 'push' | 'receive' = 'push'): ScanReport {
  const { run } = exampleReport();
  return exampleReport({ run: { ...run, target, hook: target === 'push' ? 'pre-push' : 'pre-receive' }, push: pushReport(push), ...more });
}

function blocked(places: readonly CommitPlace[], more: Partial<PushReport> = {}, target: 'push' | 'receive' = 'push'): ScanReport {
  const findings: Finding[] = places.map(({ id }) => secretFinding({ commit: id }));
  return report({ places, blocked: places.length, ...more }, { verdict: 'blocked', findings }, target);
}

const show = (of: ScanReport, view: Parameters<typeof exampleView>[0] = {}): string => renderPretty(of, exampleView(view));
/** Without line breaks. */
const words = (of: ScanReport): string => show(of).replace(/\s+/g, ' ');

describe('a push that passes', () => {
  it.each<[string, Partial<PushReport['commits']>, string]>([
    ['new commits', {}, '3 commits clean (28 ms)'],
    ['one commit', { total: 1 }, '1 commit clean (28 ms)'],
    ['some that were scanned before', { known: 2 }, '3 commits clean, 2 of them scanned before (28 ms)'],
    ['all of them', { known: 3 }, '3 commits clean, all scanned before (28 ms)'],
  ])('says it in one line: %s', (_, commits, expected) => {
    expect(show(report({ commits: { total: 3, known: 0, unscanned: 0, ...commits } }))).toBe(`✓ code-guardian: ${expected}\n`);
  });

  it('counts files where it brings no commit', () => {
    expect(show(report({ commits: { total: 0, known: 0, unscanned: 0 } }))).toBe('✓ code-guardian: 3 files clean (41 lines, 28 ms)\n');
  });

  it('counts commits with warnings', () => {
    const warned = report({}, { verdict: 'warned', findings: [logFinding({ commit: COMMIT })] });
    expect(show(warned)).toContain('passed with 1 warning (1 low) in 1 of 3 commits');
  });

  it('counts files where a finding is in no commit of its own', () => {
    const findings = ['a', 'b'].map((id) => logFinding({ commit: id, path: id }));
    expect(show(report({ commits: { total: 1, known: 0, unscanned: 0 } }, { verdict: 'warned', findings }))).toContain('in 2 of 3 files');
  });
});

describe('the way out', () => {
  it.each<[string, Partial<CommitPlace>, string]>([
    ['of the last commit', {}, `${SHORT} is the last commit of main: remove it, then \`git commit --all --amend --no-edit\`.`],
    ['on another branch', { isCheckedOut: false, ref: 'topic' }, '`git switch topic`, remove it, then `git commit --all'],
    ['of a ref without a name', { isCheckedOut: false, ref: '' }, 'remove it, then'],
    ['of a message', { isMessage: true }, '`git commit --amend` and change the message.'],
    [
      'below one commit',
      { later: 1 },
      `${SHORT} has 1 commit on top: remove it, \`git commit --all --fixup=${SHORT}\`, then \`git rebase --interactive --autosquash ${SHORT}~\`.`,
    ],
    ['below others, with no commit below', { later: 2, isRoot: true }, '`git rebase --interactive --autosquash --root`.'],
    ['below a merge', { later: 2, hasLaterMerge: true }, `\`git rebase --interactive --rebase-merges --autosquash ${SHORT}~\`.`],
    ['of a message below others', { later: 2, isMessage: true }, `\`git rebase --interactive ${SHORT}~\`, mark it \`reword\``],
    [
      'where the file has changed since',
      { later: 2, isChangedLater: true },
      `2 commits on top, and the file has changed since: \`git rebase --interactive ${SHORT}~\`, mark it \`edit\`, remove it there,`,
    ],
    ['of a tag', { kind: 'tag', ref: 'v1' }, 'recreate it with `git tag --force --annotate v1 v1^{}`.'],
    ['of what a ref leads to', { kind: 'object', ref: 'v1' }, 'v1 points directly at the object with the finding'],
    [
      'of what is public',
      { publishedOn: ['fork/main', 'up/x'] },
      `${SHORT} is on fork/main and up/x already, so it is public: rotate the secret`,
    ],
  ])('%s', (_, where, expected) => {
    expect(words(blocked([place(where)]))).toContain(expected);
  });

  it('begins with what became of the push, and ends with the exceptions', () => {
    const text = words(blocked([place()]));
    expect(text).toContain('Nothing was pushed. abcdef0123 is the last');
    expect(text).toContain(
      'Put `code-guardian:ignore stripe-secret-key -- reason` in a comment on the line, in the commit that adds it, or run',
    );
  });

  it.each<[string, Partial<CommitPlace>, string]>([
    ['some', {}, `--refs ${SHORT}~..main\``],
    ['some from the first on', { isRoot: true }, '--refs main`'],
  ])('of many commits is one command: %s', (_, where, expected) => {
    const text = words(blocked([place(where), place({ id: 'b'.repeat(40) }), place({ id: 'c'.repeat(40) })], { blocked: 12 }));
    expect(text).toContain('12 commits have findings');
    expect(text).toContain(expected);
  });

  it('on a server speaks of accepting, knows nothing of branches here, and of the option where it is allowed', () => {
    const [plain, open] = [false, true].map((allowsSkip) => words(blocked([place({ isCheckedOut: false })], { allowsSkip }, 'receive')));
    expect(plain).toContain('The push was rejected. abcdef0123 is the last commit of main: remove it');
    expect(plain).not.toMatch(/git switch|baseline|skip/);
    expect(open).toContain('or push with `-o code-guardian.skip="reason"`.');
  });

  it('of several rules names none, and of files none at all', () => {
    const places = [place()];
    const two = [secretFinding({ commit: COMMIT }), secretFinding({ commit: COMMIT, rule: 'other' })];
    expect(words({ ...blocked(places), findings: two })).toContain('`code-guardian:ignore RULE -- reason`');
    expect(words({ ...blocked(places), findings: [secretFinding({ commit: COMMIT, line: 0 })] })).not.toContain('Meant to be there?');
  });

  it('is told of a tag as such', () => {
    const findings = [secretFinding({ commit: COMMIT, path: 'tag message' })];
    expect(show({ ...blocked([place({ kind: 'tag', ref: 'v1' })]), findings })).toContain(`in tag ${SHORT}`);
  });

  it('does not let a ref forge lines', () => {
    expect(show(blocked([place({ ref: 'x\u001b[2J\u202e' })]))).not.toMatch(/\u001b|\u202e/);
  });

  it('is said in ASCII where nothing else can be shown', () => {
    expect(show(blocked([place()]), { palette: ASCII })).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

describe('refs', () => {
  const ref = (name: string, verdict: RefReport['verdict'], newId: string | null = COMMIT): RefReport => ({
    ref: `refs/heads/${name}`,
    oldId: null,
    newId,
    verdict,
  });
  const refs = [ref('a', 'clean'), ref('b', 'blocked'), ref('c', 'warned'), ref('d', 'incomplete'), ref('e', 'clean', null)];
  const lines = ['✖ b  blocked', '⚠ c  warned', '✖ d  incomplete', '✓ a', '✓ e  deleted'].join('\n');

  it('have a line each, those with trouble first', () => {
    expect(show({ ...blocked([place()], { refs }) })).toContain(`\n${lines}\n\n✖ blocked`);
    expect(show({ ...blocked([place()], { refs }, 'receive') })).toContain(`\n${lines}\n\n✖ blocked`);
    expect(show(blocked([place()], { refs }), { palette: COLORED })).toContain('\u001b[31m✖ b\u001b[39m'.slice(0, 6));
  });

  it('have one on a server also where all is well, and at home not', () => {
    const fine = [ref('a', 'clean'), { ...ref('v1', 'clean'), ref: 'refs/tags/v1' }];
    expect(show(report({ refs: fine }, {}, 'receive'))).toBe('✓ a\n✓ refs/tags/v1\n\n✓ code-guardian: 3 commits clean (28 ms)\n');
    expect(show(report({ refs: fine }))).toBe('✓ code-guardian: 3 commits clean (28 ms)\n');
  });

  it('have none where there is one', () => {
    expect(show(report({}, {}, 'receive'))).toBe('✓ code-guardian: 3 commits clean (28 ms)\n');
  });

  it('are not all listed where they are many, unless more is asked for', () => {
    const many = [...Array.from({ length: 40 }, (_, i) => ref(`x${i}`, 'clean')), ref('bad', 'blocked')];
    const text = show(blocked([place()], { refs: many }));
    expect(text).toContain('✖ bad  blocked\n✓ x0\n');
    expect(text).toContain('✓ x18\n… and 21 clean (see --format json)\n');
    expect(show(blocked([place()], { refs: many }), { isVerbose: true })).toContain('✓ x39\n');
  });
});

describe('a push that was not looked at whole', () => {
  const error = { code: 'TIMEOUT', message: 'timed out after scanning 3 of 9 commits', hint: 'Push less.' } as const;

  it('says how far it came, and lists no files', () => {
    const skipped = [{ path: 'a.js', reason: 'timeout' } as const, { path: 'b.bin', reason: 'too-large' } as const];
    const text = show(report({ commits: { total: 10, known: 2, unscanned: 4 } }, { verdict: 'incomplete', errors: [error], skipped }));
    expect(text).toContain('✖ TIMEOUT');
    expect(text).toContain('Not fully scanned (6 of 10 commits), so the push was stopped');
    expect(text).not.toContain('a.js');
    expect(text).toContain('b.bin');
  });

  it('by the pusher’s wish says that, and why', () => {
    const skip = { reason: 'a false alarm \u001b[2J', ranRequired: false };
    const text = show(report({ skip }, { verdict: 'incomplete', blocksIncomplete: false }, 'receive'));
    expect(text).toBe('⚠ not scanned because of the push option code-guardian.skip: a false alarm \ufffd[2J · 28 ms\n');
  });
});

describe('for programs', () => {
  it('a push has its refs and counts behind the verdict', () => {
    const document = JSON.parse(renderJson(report({ commits: { total: 3, known: 1, unscanned: 0 } }))) as Record<string, unknown>;
    expect(Object.keys(document).slice(2, 7)).toEqual(['run', 'verdict', 'refs', 'commits', 'findings']);
    expect(document['refs']).toEqual([{ ref: 'refs/heads/main', oldId: null, newId: COMMIT, verdict: 'clean' }]);
    expect(document['commits']).toEqual({ total: 3, known: 1, unscanned: 0 });
  });

  it('a reason is there only where the scan was left out', () => {
    expect(renderJson(report())).not.toContain('skipReason');
    expect(renderJson(report({ skip: { reason: 'why', ranRequired: true } }))).toContain('"skipReason": "why"');
  });
});
