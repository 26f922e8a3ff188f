import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAdded, locateAddedLines } from '../../src/diff/added-lines.ts';
import type { ChangedFile } from '../../src/diff/changed-file.ts';
import { DiffParser } from '../../src/diff/parse-diff.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const ZERO = '0'.repeat(40);

interface Parsed {
  readonly files: ChangedFile[];
  readonly isComplete: boolean;
}

function parse(output: string | Buffer, { chunk = Infinity, hasEndedWell = true, isRawOnly = false } = {}): Parsed {
  const bytes = Buffer.from(output as string, 'utf8');
  const files: ChangedFile[] = [];
  const parser = new DiffParser({ onFiles: (some) => void files.push(...some) });
  for (let at = 0; at < bytes.length; at += chunk) parser.push(bytes.subarray(at, Math.min(bytes.length, at + chunk)));
  return { isComplete: parser.end(hasEndedWell, isRawOnly), files };
}

function modified(path: string, hunks: string, { old = OLD, now = NEW } = {}): { raw: string; patch: string } {
  return {
    raw: `:100644 100644 ${old} ${now} M\0${path}\0`,
    patch: `diff --git a/${path} b/${path}\nindex ${old}..${now} 100644\n--- a/${path}\n+++ b/${path}\n${hunks}`,
  };
}

function diffOf(...parts: readonly { raw: string; patch: string }[]): string {
  return `${parts.map(({ raw }) => raw).join('')}\0${parts.map(({ patch }) => patch).join('')}`;
}

function rangesOf({ files }: Parsed, index = 0): readonly number[] | 'all' {
  const { added } = files[index]!;
  return added === 'all' ? 'all' : [...added.ranges];
}

describe('the diff parser', () => {
  it('reads line ranges by the counts of hunks', () => {
    const parsed = parse(diffOf(modified('f', '@@ -2 +2,2 @@\n-x\n+y\n+z\n@@ -9,0 +11 @@ fn\n+w\n')));
    expect(rangesOf(parsed)).toEqual([2, 2, 11, 1]);
    expect(parsed.isComplete).toBe(true);
  });

  it('takes an added line that looks like a header for a line', () => {
    const parsed = parse(
      diffOf(
        modified('f', '@@ -0,0 +1,3 @@\n+++ b/x\n+@@ -1 +1 @@\n+diff --git a/x b/x\n'),
        modified('g', '@@ -1 +1 @@\n-a\n+b\n', { now: 'c'.repeat(40) }),
      ),
    );
    expect(rangesOf(parsed, 0)).toEqual([1, 3]);
    expect(rangesOf(parsed, 1)).toEqual([1, 1]);
  });

  it('keeps carriage returns and knows lines without an end', () => {
    const parsed = parse(
      diffOf(modified('f', '@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\r\n+b\n\\ No newline at end of file\n')),
    );
    const { added } = parsed.files[0]!;
    expect(added).not.toBe('all');
    if (added !== 'all') expect(locateAddedLines(Buffer.from('a\r\nb'), added)).toEqual([0, 4]);
  });

  it('counts new and retyped files as added whole, whatever their patch says', () => {
    const raw = `:000000 100644 ${ZERO} ${NEW} A\0n\0:120000 100644 ${OLD} ${NEW} T\0t\0`;
    const patch = `diff --git a/n b/n\nnew file mode 100644\nindex ${ZERO}..${NEW}\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n`;
    const parsed = parse(`${raw}\0${patch}`);
    expect([rangesOf(parsed, 0), rangesOf(parsed, 1)]).toEqual(['all', 'all']);
  });

  it('counts a file as added whole where the patch is binary, missing or cut', () => {
    const binary = { ...modified('f', ''), patch: `diff --git a/f b/f\nindex ${OLD}..${NEW} 100644\nBinary files a/f and b/f differ\n` };
    expect(rangesOf(parse(diffOf(binary)))).toBe('all');
    expect(rangesOf(parse(diffOf({ ...modified('f', ''), patch: '' })))).toBe('all');
    expect(rangesOf(parse(diffOf(modified('f', '@@ -0,0 +1,2 @@\n+x\n'))))).toBe('all');
    expect(rangesOf(parse(diffOf(modified('f', '@@ -0,0 +1 @@\n+x\n')), { hasEndedWell: false }))).toBe('all');
  });

  it('finds nothing added in a change of mode', () => {
    expect(rangesOf(parse(`:100644 100755 ${OLD} ${OLD} M\0f\0\0diff --git a/f b/f\nold mode 100644\nnew mode 100755\n`))).toEqual([]);
  });

  it('matches patches to records by blob ids, in order, names unread', () => {
    const same = modified('"odd\n name', '@@ -1 +1 @@\n-a\n+b\n');
    const parsed = parse(diffOf(same, modified('g', '@@ -5 +5 @@\n-a\n+b\n')));
    expect(parsed.files.map(({ record }) => record.pathBytes.toString())).toEqual(['"odd\n name', 'g']);
    expect([rangesOf(parsed, 0), rangesOf(parsed, 1)]).toEqual([
      [1, 1],
      [5, 1],
    ]);
  });

  it('reads commits, and merges by what no parent has', () => {
    const commit = 'd'.repeat(40);
    const [p1, p2] = ['1'.repeat(40), '2'.repeat(40)];
    const merge =
      `${commit}\0::100644 100644 100644 ${p1} ${p2} ${NEW} MM\0f\0\0diff --combined f\nindex ${p1},${p2}..${NEW}\n--- a/f\n+++ b/f\n` +
      `@@@ -1,2 -1,2 +1,3 @@@\n- z\n -y\n+ hi\n++both\n +yo\n${'e'.repeat(40)}\0:000000 100644 ${ZERO} ${NEW} A\0g\0\0diff --git a/g b/g\nnew file mode 100644\n`;
    const parsed = parse(merge);
    expect(parsed.files.map((file) => file.commit)).toEqual([commit, 'e'.repeat(40)]);
    expect(rangesOf(parsed, 0)).toEqual([2, 1]);
  });

  it.each(['AA', 'AAA', 'TT'])('counts a file that a merge brings (%s) as added whole', (status) => {
    const olds = status.split('').map(() => (status.startsWith('A') ? ZERO : OLD));
    const modes = status.split('').map(() => (status.startsWith('A') ? '000000' : '120000'));
    const marks = '@'.repeat(status.length + 1);
    const merge =
      `${'d'.repeat(40)}\0${':'.repeat(status.length)}${modes.join(' ')} 100644 ${olds.join(' ')} ${NEW} ${status}\0f\0\0` +
      `diff --combined f\nindex ${olds.join()}..${NEW}\n--- /dev/null\n+++ b/f\n${marks}${' -1,0'.repeat(status.length)} +1,1 ${marks}\n${'+'.repeat(status.length)}new\n`;
    expect(rangesOf(parse(merge))).toBe('all');
  });

  it('goes on behind a file that a merge empties, whose hunk git counts wrongly', () => {
    const [merge, next] = ['d'.repeat(40), 'e'.repeat(40)];
    const counts = '@@@ -1,18446744073709551615 -1,0 +1,18446744073709551615 @@@';
    const output =
      `${merge}\0::000000 100644 100644 ${ZERO} ${OLD} ${NEW} AM\0f\0\0diff --combined f\nindex ${ZERO},${OLD}..${NEW}\n` +
      `mode 000000,100644..100644\n--- a/f\n+++ b/f\n${counts}\n -gone\n` +
      `${next}\0:100644 100644 ${NEW} ${OLD} M\0f\0\0diff --git a/f b/f\nindex ${NEW}..${OLD} 100644\n--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+new\n`;
    for (const chunk of [Infinity, 1, 7]) {
      const parsed = parse(output, { chunk });
      expect(parsed.files.map(({ commit }) => commit)).toEqual([merge, next]);
      expect([rangesOf(parsed, 0), rangesOf(parsed, 1)]).toEqual([[], [1, 1]]);
    }
  });

  it('says that records are not complete, and does without a patch where none was asked for', () => {
    const { raw } = modified('f', '');
    expect(parse(raw).isComplete).toBe(false);
    expect(parse(raw.slice(0, -3), { isRawOnly: true }).isComplete).toBe(false);
    expect(parse(raw, { isRawOnly: true })).toMatchObject({ isComplete: true, files: [{ added: 'all' }] });
    expect(parse('')).toEqual({ isComplete: true, files: [] });
  });

  it('stops where the patch is not wanted', () => {
    const parser = new DiffParser({ onRecords: () => true, onFiles: () => undefined });
    expect(parser.push(Buffer.from(diffOf(modified('f', '@@ -1 +1 @@\n-a\n+b\n'))))).toBe(true);
    expect(parser.end(true)).toBe(true);
  });

  it.each(['garbage\0', ':1 2\0x\0', `:100644 100644 ${OLD} zz M\0f\0`, diffOf(modified('f', '@@ nonsense @@\n'))])(
    'refuses %j',
    (output) => {
      expect(() => parse(output)).toThrow(RangeError);
    },
  );
});

/** Lines of a new version, each kept or added, and removed ones between them. */
const edit = fc.array(
  fc.record({ kind: fc.constantFrom('keep', 'add', 'remove'), text: fc.stringMatching(/^[+\-@ \\a-z\r\u00e9]{0,12}$/) }),
  { minLength: 1, maxLength: 40 },
);

describe('the diff parser, on made-up changes', () => {
  const build = (lines: readonly { kind: string; text: string }[]) => {
    const blob: string[] = [];
    const expected: number[] = [];
    let patch = '';
    let oldLine = 0;
    for (let at = 0; at < lines.length;) {
      if (lines[at]!.kind === 'keep') {
        blob.push(lines[at++]!.text);
        oldLine++;
        continue;
      }
      const run = lines.slice(at, lines.findIndex((line, i) => i >= at && line.kind === 'keep') >>> 0);
      const removed = run.filter(({ kind }) => kind === 'remove');
      const added = run.filter(({ kind }) => kind === 'add');
      const [oldAt, newAt] = [oldLine + (removed.length > 0 ? 1 : 0), blob.length + (added.length > 0 ? 1 : 0)];
      patch += `@@ -${oldAt},${removed.length} +${newAt},${added.length} @@\n`;
      patch += [...removed.map(({ text }) => `-${text}\n`), ...added.map(({ text }) => `+${text}\n`)].join('');
      for (const { text } of added) expected.push(blob.push(text));
      oldLine += removed.length;
      at += run.length;
    }
    return { blob: blob.map((line) => `${line}\n`).join(''), patch, expected };
  };

  it('finds just the added lines, however the output is cut into pieces', () => {
    fc.assert(
      fc.property(edit, fc.integer({ min: 1, max: 60 }), (lines, chunk) => {
        fc.pre(lines.some(({ kind }) => kind !== 'keep'));
        const { blob, patch, expected } = build(lines);
        const parsed = parse(diffOf(modified('f', patch)), { chunk });
        const { added } = parsed.files[0]!;
        if (added === 'all') throw new Error('the whole file was taken');
        const found: number[] = [];
        for (let i = 0; i < added.ranges.length; i += 2) for (let n = 0; n < added.ranges[i + 1]!; n++) found.push(added.ranges[i]! + n);
        expect(found).toEqual(expected);
        expect(countAdded(added)).toBe(expected.length);
        expect(locateAddedLines(Buffer.from(blob), added)).not.toBeNull();
      }),
    );
  });

  it('sees that a blob has other lines than the patch', () => {
    fc.assert(
      fc.property(edit, fc.nat(), (lines, pick) => {
        fc.pre(lines.some(({ kind }) => kind === 'add'));
        const { blob, patch, expected } = build(lines);
        const { added } = parse(diffOf(modified('f', patch))).files[0]!;
        if (added === 'all') throw new Error('the whole file was taken');
        const masked = blob.split('\n');
        const at = expected[pick % expected.length]! - 1;
        masked[at] = `${masked[at]!}*`;
        expect(locateAddedLines(Buffer.from(masked.join('\n')), added)).toBeNull();
      }),
    );
  });

  it('throws nothing but a range error on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (bytes, chunk) => {
        try {
          parse(Buffer.concat([Buffer.from(diffOf(modified('f', '@@ -1 +1 @@\n'))), bytes]), { chunk });
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
