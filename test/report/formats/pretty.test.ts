import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Redacted } from '../../../src/findings/finding.ts';
import { renderPretty } from '../../../src/report/formats/pretty.ts';
import type { ScanReport } from '../../../src/report/scan-report.ts';
import { columnsOf } from '../../../src/report/text-layout.ts';
import { stripeKey } from '../../support/secrets.ts';
import {
  ASCII,
  COLORED,
  exampleReport,
  exampleView,
  fileFinding,
  logFinding,
  secretFinding,
  suppressedFinding,
} from '../example-report.ts';

type ViewChanges = Parameters<typeof exampleView>[0];

const show = (report: Partial<ScanReport>, view: ViewChanges = {}): string => renderPretty(exampleReport(report), exampleView(view));
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)!;
const blocked = (findings: ScanReport['findings'], more: Partial<ScanReport> = {}): Partial<ScanReport> => ({
  verdict: 'blocked',
  findings,
  ...more,
});

const many = (number: number): ScanReport['findings'] =>
  Array.from({ length: number }, (_, i) => secretFinding({ path: `src/f${i}.ts`, line: i + 1 }));

const coverage = (scanned: number): Pick<ScanReport, 'coverage'> => ({
  coverage: { ...exampleReport().coverage, files: { expected: 3, scanned } },
});

describe('a run that passes', () => {
  it('says one line', () => {
    expect(show({})).toBe('✓ code-guardian: 3 files clean (41 lines, 28 ms)\n');
  });

  it('counts in the singular too', () => {
    const one = { expected: 1, scanned: 1 };
    expect(show({ coverage: { files: one, hunks: one, lines: one, bytes: one } })).toBe('✓ code-guardian: 1 file clean (1 line, 28 ms)\n');
  });

  it('has nothing to scan', () => {
    const none = { expected: 0, scanned: 0 };
    expect(show({ coverage: { files: none, hunks: none, lines: none, bytes: none } })).toBe('✓ code-guardian: nothing to scan (28 ms)\n');
  });

  it('names the way to scan all when nothing is staged, as the reader can type it', () => {
    const none = { expected: 0, scanned: 0 };
    const nothing = { coverage: { files: none, hunks: none, lines: none, bytes: none }, run: { ...exampleReport().run, hook: null } };
    expect(show(nothing)).toBe('✓ Nothing is staged. To scan every tracked file: `code-guardian scan --all`\n');
    expect(show(nothing, { program: 'npx code-guardian' })).toContain('`npx code-guardian scan --all`');
  });

  it('says nothing when it is to be quiet', () => {
    expect(show({ notices: ['something'] }, { isQuiet: true })).toBe('');
  });

  it('counts what it does not show', () => {
    const text = show({
      findings: [logFinding({ outcome: 'note' })],
      suppressed: [suppressedFinding()],
      skipped: [{ path: 'lib', reason: 'submodule' }],
    });
    expect(text).toBe('✓ code-guardian: 3 files clean (41 lines, 28 ms) · 1 note · 1 suppressed · 1 excluded\n');
  });

  it('shows notes and what was left out when it is asked for more', () => {
    const text = show(
      { findings: [logFinding({ outcome: 'note' })], skipped: [{ path: 'lib', reason: 'submodule' }] },
      { isVerbose: true },
    );
    expect(text).toContain('ℹ console.log call');
    expect(text).toContain('Not scanned: submodules');
    expect(text).toContain('  lib\n');
  });
});

describe('a run with warnings', () => {
  const warned: Partial<ScanReport> = {
    verdict: 'warned',
    findings: [logFinding(), logFinding({ outcome: 'note', rule: 'todo-comment' })],
  };

  it('shows them and passes', () => {
    expect(show(warned)).toMatchInlineSnapshot(`
      "⚠ console.log call · console-log · low

        src/cart.ts:12:3
          12 │ console.log(cart);
             │ ^^^^^^^^^^^^

        Why: Debug output reaches every user.
        Fix: Remove it, or use the logger of the project.
        See: https://eslint.org/docs/latest/rules/no-console

      ⚠ passed with 1 warning (1 low) in 1 of 3 files · 1 note · 28 ms
      "
    `);
  });

  it('quietly says the last line only', () => {
    expect(show(warned, { isQuiet: true })).toBe('⚠ passed with 1 warning (1 low) in 1 of 3 files · 1 note · 28 ms\n');
  });

  it('gives no advice on how to let pass what passes', () => {
    expect(show(warned)).not.toContain('code-guardian:ignore');
  });
});

describe('a run that blocks', () => {
  it('looks like this', () => {
    const text = show(blocked([secretFinding(), fileFinding(), logFinding()], { notices: ['skipped by CODE_GUARDIAN_SKIP: jwt'] }));
    expect(text).toMatchInlineSnapshot(`
      "✖ Stripe live secret key · stripe-secret-key · critical

        src/pay.ts:3:14
          3 │ const key = "sk_live_…[32]";
            │              ^^^^^^^^^^^^^

        Why: Whoever reads the repository can move money with it.
        Fix: Roll it in the dashboard, put the new one into an environment variable,
             and read it from there.
        See: https://docs.stripe.com/keys#rolling-keys

      ✖ File that usually holds secrets · forbidden-file · high

        .env

        Why: It holds what must stay on this machine.
        Fix: Take it out with \`git rm --cached\`, and add it to .gitignore.
        See: \`code-guardian rules explain forbidden-file\`

      ⚠ console.log call · console-log · low

        src/cart.ts:12:3
          12 │ console.log(cart);
             │ ^^^^^^^^^^^^

        Why: Debug output reaches every user.
        Fix: Remove it, or use the logger of the project.
        See: https://eslint.org/docs/latest/rules/no-console

      Meant to be there? Put \`code-guardian:ignore stripe-secret-key -- reason\` in a
      comment on the line, or run \`code-guardian baseline update --reason "..."\`.

        Note: skipped by CODE_GUARDIAN_SKIP: jwt

      ✖ blocked: 2 findings (1 critical, 1 high) in 2 of 3 files · 1 warning · 28 ms
      "
    `);
  });

  it('shows what blocks first, the worst of it first of all', () => {
    const text = show(blocked([logFinding(), fileFinding(), secretFinding()]));
    const order = ['stripe-secret-key', 'forbidden-file', 'console-log'].map((rule) => text.indexOf(` ${rule} `));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it('quietly leaves out all that does not block', () => {
    const text = show(blocked([secretFinding(), logFinding()], { notices: ['something'] }), { isQuiet: true });
    expect(text).toContain('stripe-secret-key');
    expect(text).not.toContain('console-log');
    expect(text).not.toContain('something');
  });

  it('says what has moved, and which commit holds it', () => {
    const text = show(blocked([secretFinding({ commit: 'c0ffee'.repeat(7).slice(0, 40), moved: true })]));
    expect(text).toContain('src/pay.ts:3:14  in commit c0ffeec0ff, moved, not new\n');
    expect(text).toContain('amend or rebase');
  });

  it('names the rule to ignore where there is one only', () => {
    expect(show(blocked([secretFinding()]))).toContain('code-guardian:ignore stripe-secret-key -- reason');
    expect(show(blocked([secretFinding(), logFinding({ outcome: 'block' })]))).toContain('code-guardian:ignore RULE -- reason');
  });

  it('knows that a file as such takes no comment', () => {
    const text = show(blocked([fileFinding()]));
    expect(text).not.toContain('code-guardian:ignore');
    expect(text).toContain('code-guardian baseline update');
  });

  it('never shows the way around all hooks', () => {
    expect(show(blocked([secretFinding(), fileFinding()]), { isVerbose: true })).not.toMatch(/no-verify|commit -n/);
  });

  it('says what each place is where one rule says different things', () => {
    const text = show(blocked([fileFinding({ message: 'a key' }), fileFinding({ path: 'b', message: 'a dump' })]));
    expect(text).toMatch(/✖ forbidden-file · high\n/);
    expect(text).toContain('  .env  A key\n');
    expect(text).toContain('  b  A dump\n');
  });

  it('says too that not all was scanned', () => {
    expect(lastLine(show(blocked([secretFinding()], coverage(2))))).toBe(
      '✖ blocked: 1 finding (1 critical) in 1 of 3 files · scanned 2 of 3 files · 28 ms',
    );
  });

  it('shows why it is sure when it is asked for more', () => {
    const finding = secretFinding({ evidence: 'its checksum is right' });
    expect(show(blocked([finding]))).not.toContain('checksum');
    expect(show(blocked([finding]), { isVerbose: true })).toContain('Confidence: high (its checksum is right)');
    expect(show(blocked([finding]), { isVerbose: true })).toContain(`Id: ${finding.fingerprint}`);
    expect(show(blocked([finding]))).not.toContain(finding.fingerprint);
  });
});

describe('many findings of one rule', () => {
  it('share one title, one reason and one advice, a line each', () => {
    const text = show(blocked(many(10)));
    expect(text.split('\n').length).toBeLessThan(26);
    expect(text.match(/Why: /g)).toHaveLength(1);
    expect(text.match(/src\/f\d\.ts:\d+:14 +const key = "sk_live_…\[32\]";\n/g)).toHaveLength(10);
  });

  it('are cut after ten', () => {
    const text = show(blocked(many(1000)));
    expect(text).toContain('… and 990 more (see --format json)');
    expect(text.split('\n').length).toBeLessThan(26);
    expect(lastLine(text)).toContain('blocked: 1000 findings (1000 critical) in 1000 files');
  });

  it('are all shown when asked for', () => {
    const text = show(blocked(many(30)), { isVerbose: true });
    expect(text.match(/src\/f\d+\.ts/g)).toHaveLength(30);
    expect(text).not.toContain('more (see');
  });
});

describe('a run that is not complete', () => {
  const incomplete: Partial<ScanReport> = {
    verdict: 'incomplete',
    ...coverage(1),
    skipped: [
      { path: 'dump.sql', reason: 'too-large', detail: '31457280 bytes; see performance.maxFileSize' },
      { path: 'late.ts', reason: 'timeout' },
      { path: 'lib', reason: 'submodule' },
    ],
    errors: [{ code: 'DETECTOR_FAILED', message: 'rule x failed', hint: 'Switch the rule off.', path: 'a.ts' }],
  };

  it('names what is missing, why, and the key that changes it', () => {
    expect(show(incomplete)).toMatchInlineSnapshot(`
      "✖ DETECTOR_FAILED
        What: a.ts: rule x failed
        Fix: Switch the rule off.

      ⚠ Not scanned: too large
        dump.sql  31457280 bytes; see performance.maxFileSize
        Fix: Raise the limit, or exclude the file with \`ignore.paths\`.

      ⚠ Not scanned: out of time
        late.ts  performance.timeout
        Fix: Raise \`performance.timeout\`, or commit less at a time.

      ✖ Not fully scanned (1 of 3 files), so the commit was stopped · 1 excluded · 28 ms
      "
    `);
  });

  it.each([true, false])('never calls itself clean (blocks: %s)', (blocksIncomplete) => {
    const text = show({ ...incomplete, blocksIncomplete });
    expect(text).not.toMatch(/clean|✓/);
    expect(lastLine(text)).toContain('Not fully scanned (1 of 3 files)');
  });

  it('names ten files of a kind, and counts the others', () => {
    const skipped = Array.from({ length: 25 }, (_, i) => ({ path: `f${i}`, reason: 'unreadable' as const }));
    expect(show({ ...incomplete, skipped })).toContain('… and 15 more (see --format json)');
    expect(show({ ...incomplete, skipped }, { isVerbose: true })).toContain('f24\n');
  });

  it('says so even when it is to be quiet', () => {
    expect(show(incomplete, { isQuiet: true })).toContain('dump.sql');
  });

  it('shows the finest unit that something is missing of, or the errors', () => {
    const bytes = { expected: 9, scanned: 7 };
    expect(lastLine(show({ verdict: 'incomplete', coverage: { ...exampleReport().coverage, bytes } }))).toContain('7 of 9 bytes');
    expect(lastLine(show({ verdict: 'incomplete', errors: incomplete.errors! }))).toContain('1 error');
  });
});

describe('terminals', () => {
  const everything = blocked([secretFinding(), ...many(5), fileFinding(), logFinding()], {
    notices: ['a notice that is long enough to be broken into lines in a narrow terminal'],
    skipped: [{ path: 'late.ts', reason: 'timeout' }],
    errors: [{ code: 'GIT_FAILED', message: 'git diff ended with 128: fatal: bad object', hint: 'Run `git fsck` to see what is wrong.' }],
  });

  it('narrow ones get no line that is too long, but for what is there to be copied', () => {
    const lines = show(everything, { width: 40 }).split('\n');
    expect(lines.filter((line) => columnsOf(line) > 40 && !line.includes('https://'))).toEqual([]);
  });

  it('wide ones get the summary on one line', () => {
    expect(lastLine(show(everything, { width: 80 }))).toMatch(/^✖ blocked: .* 28 ms$/);
  });

  it('dumb ones get ASCII', () => {
    expect(show(everything, { palette: ASCII })).toMatch(/^[\n -~]+$/);
    expect(show({}, { palette: ASCII })).toBe('ok code-guardian: 3 files clean (41 lines, 28 ms)\n');
  });

  it('get colours only when they are wanted, and the same words either way', () => {
    const colored = show(everything, { palette: COLORED });
    expect(colored).toContain('\u001b[31m');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(show(everything));
    expect(show(everything)).not.toContain('\u001b');
  });
});

describe('the marked span', () => {
  const caretsUnder = (text: string): string => {
    const lines = text.split('\n');
    const at = lines.findIndex((line) => /\^+$/.test(line));
    const from = columnsOf(lines[at]!.slice(0, lines[at]!.indexOf('^')));
    let columns = 0;
    let under = '';
    for (const char of lines[at - 1]!) {
      if (columns >= from && columns < columnsOf(lines[at]!)) under += char;
      columns += columnsOf(char);
    }
    return under;
  };

  it.each([
    ['ASCII', 'const key = "'],
    ['wide letters', '密码 = "'],
    ['marks that combine', 'cle\u0301 = "'],
    ['emoji', '🔑 = "'],
    ['a long beginning', 'x'.repeat(300)],
    ['a long beginning of wide letters', '密'.repeat(150)],
  ])('stands under the value behind %s', (_, before) => {
    for (const width of [40, 80, 100]) {
      expect(caretsUnder(show(blocked([secretFinding({}, [before, `" ${'y'.repeat(200)}`])]), { width }))).toBe('sk_live_…[32]');
    }
  });

  it('keeps something of both sides of a long line', () => {
    const text = show(blocked([secretFinding({}, [`${'x'.repeat(100)} "`, `" ${'y'.repeat(100)}`])]), { width: 60 });
    expect(text).toMatch(/…x{9,} "sk_live_…\[32\]" y{9,}…\n/);
  });

  it('stands right where the ellipsis is spelt out', () => {
    expect(caretsUnder(show(blocked([secretFinding({}, [`${'x'.repeat(300)} "`, '"'])]), { palette: ASCII }))).toBe('sk_live_...[32]');
  });
});

describe('what others wrote', () => {
  const evil = 'a\u001b[2K\r\u001b[1A\u009b31m\u202eb\n✓ clean';

  it('cannot move the cursor, forge a line or turn the text', () => {
    const text = show(
      blocked([secretFinding({ path: evil, message: evil, commit: evil }), fileFinding({ path: evil }), ...many(5)], {
        errors: [{ code: 'GIT_FAILED', message: evil, hint: evil, path: evil }],
        skipped: [{ path: evil, reason: 'unreadable', detail: evil }],
        notices: [evil],
      }),
      { isVerbose: true },
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).not.toMatch(/^\s*✓/m);
  });

  it('is shown whatever it is', () => {
    fc.assert(
      fc.property(
        fc.record({
          path: fc.string({ unit: 'binary' }),
          text: fc.string({ unit: 'binary' }),
          at: fc.nat(20),
          width: fc.integer({ min: 1, max: 120 }),
        }),
        ({ path, text, at, width }) => {
          const excerpt = text as Redacted;
          const mark = [Math.min(at, text.length), text.length] as const;
          const shown = show(blocked([secretFinding({ path, excerpt, mark })]), { width });
          expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('never shows a raw value', () => {
  const report = blocked([secretFinding(), ...many(5)], { suppressed: [suppressedFinding()] });
  for (const isVerbose of [false, true]) expect(show(report, { isVerbose })).not.toContain(stripeKey().slice(8, 16));
});
