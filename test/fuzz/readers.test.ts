import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLayer } from '../../src/config/check-document.ts';
import { parseImport } from '../../src/config/import/parse-import.ts';
import { createDiffParser } from '../../src/diff/parse-diff.ts';
import { parsePushLines, parseReceiveLines } from '../../src/diff/ref-update.ts';
import { decodeText } from '../../src/engine/decode.ts';
import { decodeValue } from '../../src/engine/encoded.ts';
import { unescape } from '../../src/engine/escapes.ts';
import { GuardianError } from '../../src/errors/guardian-error.ts';
import { parseBaseline } from '../../src/findings/baseline.ts';
import { parseDirectives } from '../../src/findings/directives.ts';
import { parsePushPipe } from '../../src/git/read-piped-push.ts';
import { createBatchParser } from '../../src/git/parse-batch.ts';
import { addRecord, emptyTotals, parseRecord, parseTotals } from '../../src/telemetry/ledger-record.ts';

/** Cases of each reader: few in every run of the tests, many in `npm run fuzz`. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 200);
const KNOWN = { builtIn: new Set(['debugger', 'generic-secret']), custom: new Set<string>() };

/** Text that is near to what a reader wants: words of its language among anything else. */
function near(...words: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  );
  return fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
}

/** A document of any shape, with keys that mean something. */
function documentOf(...keys: readonly string[]): fc.Arbitrary<unknown> {
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.constantFrom(...keys, 'error', 'off', '10MiB', '1s', '('), fc.string(), fc.double(), fc.boolean(), fc.constant(null)),
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      tie('leaf'),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor'), tie('tree'), { maxKeys: 6 }),
    ),
  }));
  return tree;
}

/** What is read may be refused, in words; nothing else may happen. */
async function expectReadOrRefused(read: () => unknown, ...refusals: readonly (new (...args: never[]) => Error)[]): Promise<void> {
  try {
    await read();
  } catch (thrown) {
    if (!refusals.some((refusal) => thrown instanceof refusal)) throw thrown;
  }
}

function check<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void | Promise<void>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(arbitrary, async (value) => property(value)),
    { numRuns },
  );
}

const ID = 'a'.repeat(40);

describe('whatever comes', () => {
  it('the parser of patches reads it or refuses it', () => {
    const words = [
      `:100644 100644 ${ID} ${'b'.repeat(40)} M\0`,
      'a.js\0',
      '\0',
      `index ${ID}..${'b'.repeat(40)} 100644\n`,
      '@@ -1,2 +1,3 @@\n',
      '@@@ -1 -1 +1,9 @@@\n',
      '+x\n',
      '-x\n',
      '\\ No newline\n',
      'diff --git a/a b/a\n',
      `${ID}\0`,
    ];
    return check(fc.tuple(near(...words), fc.integer({ min: 1, max: 64 })), async ([text, size]) => {
      const bytes = Buffer.from(text);
      await expectReadOrRefused(() => {
        const parser = createDiffParser({ onFiles: () => undefined });
        for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
        parser.end(true);
      }, RangeError);
    });
  });

  it('the parser of objects hands on no more than was asked for', () => {
    const words = [`${ID} blob 3\n`, 'abc\n', 'x missing\n', `${ID} blob 999999999\n`, '\n'];
    return check(fc.tuple(near(...words), fc.integer({ min: 1, max: 64 }), fc.nat(3)), ([text, size, count]) => {
      let answers = 0;
      const parser = createBatchParser(() => void answers++, count);
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
      expect(answers).toBeLessThanOrEqual(count);
    });
  });

  it('the answers of a push are believed only where they are whole', () => {
    return check(near('exit000\n', 'exit128\n', `${ID}\n`, `refs/heads/main ${ID} refs/heads/main ${ID}\n`, 'a.b\nc\0', '\0'), (text) => {
      const { told, answers } = parsePushPipe(text);
      expect(text.startsWith(told)).toBe(true);
      if (answers.commits !== null) expect(text.endsWith('exit000\n')).toBe(true);
    });
  });

  it('what git tells of a push is read or refused', () => {
    return check(near(`refs/heads/main ${ID} refs/heads/main ${ID}\n`, ID, ' ', '\n', 'refs/heads/x'), async (text) => {
      await expectReadOrRefused(() => parsePushLines(text), GuardianError);
      await expectReadOrRefused(() => parseReceiveLines(text), GuardianError);
    });
  });

  it('a config is checked to the end', () => {
    const keys = [
      'extends',
      'failOn',
      'rules',
      'debugger',
      'options',
      'customRules',
      'id',
      'pattern',
      'keywords',
      'ignore',
      'paths',
      'overrides',
      'files',
      'environments',
      'performance',
      'timeout',
      'security',
      'required',
    ];
    return check(documentOf(...keys), (value) => {
      const result = checkLayer(value, KNOWN, 'repository');
      if ('problems' in result) for (const { message } of result.problems) expect(message).not.toBe('');
    });
  });

  it('a config of another scanner is read or refused', () => {
    const toml = [
      '[[rules]]\n',
      'id = "a"\n',
      "regex = '''a{1,3}(?i)b'''\n",
      'keywords = ["a"]\n',
      '[allowlist]\n',
      "paths = ['''x''']\n",
      '[extend]\nuseDefault = true\n',
      'entropy = 3.5\n',
      '"""',
      "'",
    ];
    const json = [
      '{',
      '}',
      '[',
      ']',
      '"results":',
      '"version": "1.5.0",',
      '"plugins_used": []',
      ',',
      '"hashed_secret":',
      '"Fingerprint": "a:b:c:1"',
    ];
    return check(fc.oneof(near(...toml), near(...json), near(`${ID}:a.js:rule:1\n`, '#', 'a.js:rule:1\n')), (text) =>
      expectReadOrRefused(() => parseImport(text, 'file.toml', ['generic-secret']), GuardianError),
    );
  });

  it('a baseline is read or refused', () => {
    const keys = ['version', 'key', 'entries', 'fingerprint', 'rule', 'path', 'reason', 'expires', 'label'];
    return check(
      fc.oneof(
        documentOf(...keys).map((value) => JSON.stringify(value) ?? ''),
        near('{', '}', '"entries":', '[]', ','),
      ),
      (text) => expectReadOrRefused(() => parseBaseline(text, 'baseline.json'), GuardianError),
    );
  });

  it('a line of the ledger counts, or counts as nothing', () => {
    const keys = ['v', 'time', 'ms', 'startMs', 'run', 'hook', 'verdict', 'findings', 'skipped'];
    return check(
      fc.oneof(
        documentOf(...keys).map((value) => JSON.stringify(value) ?? ''),
        near('{"v":1', ',"time":1', ',"ms":1', '}'),
      ),
      (line) => {
        const totals = parseTotals(line) ?? emptyTotals();
        for (const record of parseRecord(line)) expect(addRecord(totals, record)).toHaveProperty('runs');
      },
    );
  });

  it('text is decoded, and points back into what it came from', () => {
    return check(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        near('\ufeff', 'a\0b\0', '%41', '\\u0041', '&#65;', '\\x4', 'YWJj', '3d3d', '=').map((text) => Buffer.from(text, 'latin1')),
      ),
      (bytes) => {
        decodeText(Buffer.from(bytes));
        const text = Buffer.from(bytes).toString('latin1');
        decodeValue(text);
        parseDirectives(text);
        const plain = unescape(text, 0, text.length);
        if (plain === null) return;
        expect(plain.offsets).toHaveLength(plain.text.length + 1);
        expect(plain.offsets.every((offset, i) => offset >= (plain.offsets[i - 1] ?? 0) && offset <= text.length)).toBe(true);
      },
    );
  });
});
