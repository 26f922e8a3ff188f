import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLayer } from '../../src/config/check-document.ts';
import { parseImport } from '../../src/config/import/parse-import.ts';
import { DiffParser } from '../../src/diff/parse-diff.ts';
import { parsePushLines, parseReceiveLines } from '../../src/diff/ref-update.ts';
import { decodeText } from '../../src/engine/decode.ts';
import { decodeValue } from '../../src/engine/encoded.ts';
import { unescape } from '../../src/engine/escapes.ts';
import { GuardianError } from '../../src/errors/guardian-error.ts';
import { parseBaseline } from '../../src/findings/baseline.ts';
import { parseDirectives } from '../../src/findings/directives.ts';
import { settleResults } from '../../src/findings/settle-results.ts';
import { compareFindings } from '../../src/findings/compare.ts';
import { parsePushPipe } from '../../src/startup/read-piped-push.ts';
import { createBatchParser } from '../../src/git/parse-batch.ts';
import { mergeReports } from '../../src/report/merge-reports.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import { renderPretty } from '../../src/report/formats/pretty.ts';
import { exampleReport, exampleView, fileFinding, renderJson, secretFinding, suppressedFinding } from '../report/example-report.ts';
import { readLockLines } from '../../src/stages/lock-lines.ts';
import { parseNpmAudit } from '../../src/stages/parse-npm-audit.ts';
import { parseSarif } from '../../src/stages/parse-sarif.ts';
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
        const parser = new DiffParser({ onFiles: () => undefined });
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

  it('a report is read or refused, and what is read can be merged, compared and shown', () => {
    const whole = JSON.parse(
      renderJson(
        exampleReport({
          findings: [secretFinding(), fileFinding()],
          suppressed: [suppressedFinding()],
          errors: [{ code: 'TIMEOUT', message: 'm', hint: 'h' }],
        }),
      ),
    ) as Record<string, unknown>;
    const keys = [
      ...Object.keys(whole),
      ...Object.keys((whole['findings'] as object[])[0]!),
      'runs',
      'refs',
      'by',
      'expected',
      'scanned',
      'layers',
    ];
    /** The report with something else at one or two of its places. */
    const broken = fc
      .array(
        fc.tuple(
          fc.array(fc.oneof(fc.constantFrom(...keys), fc.constantFrom('0', '1', '__proto__')), { minLength: 1, maxLength: 3 }),
          documentOf(...keys),
        ),
        { maxLength: 2 },
      )
      .map((edits) => {
        const document = structuredClone(whole);
        for (const [path, value] of edits) {
          let node: unknown = document;
          for (const key of path.slice(0, -1))
            node = typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : node;
          if (typeof node === 'object' && node !== null)
            Object.defineProperty(node, path.at(-1)!, { value, enumerable: true, configurable: true, writable: true });
        }
        return JSON.stringify(document);
      });
    return check(
      fc.oneof(
        { weight: 3, arbitrary: broken },
        documentOf(...keys).map((value) => JSON.stringify(value) ?? ''),
        near('{', '}', '"schema":', '"code-guardian.report/1"', '[]', ','),
      ),
      (text) =>
        expectReadOrRefused(() => {
          const report = parseReport(text, 'report.json');
          expect(renderJson(parseReport(renderJson(report), 'again'))).toBe(renderJson(report));
          const merged = mergeReports([report, exampleReport()], { version: '1', id: 'x' });
          expect(parseReport(renderJson(merged), 'merged').findings).toHaveLength(merged.findings.length);
          expect(compareFindings(report, report).added).toEqual([]);
          expect(renderPretty(merged, exampleView({ isVerbose: true }))).toMatch(/\n$/);
        }, GuardianError),
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

  it('what another scanner writes is read or refused, and no result leads out of the tree', () => {
    const keys = [
      'runs',
      'results',
      'ruleId',
      'ruleIndex',
      'rule',
      'level',
      'message',
      'text',
      'locations',
      'physicalLocation',
      'artifactLocation',
      'uri',
      'uriBaseId',
      'originalUriBaseIds',
      'region',
      'startLine',
      'endLine',
      'startColumn',
      'charOffset',
      'charLength',
      'tool',
      'driver',
      'rules',
      'invocations',
      'executionSuccessful',
      'suppressions',
      'properties',
      'security-severity',
      'a.js',
      '../a.js',
      'file:///tree/a.js',
    ];
    const files = new Set(['a.js']);
    const options = { roots: ['/tree'], files, folder: '', severity: null };
    const bytes = Buffer.from('one\ntwo\n');
    const located = fc
      .tuple(
        fc.constantFrom(...keys),
        fc.record({ startLine: fc.integer(), startColumn: fc.integer(), endLine: fc.integer(), charOffset: fc.integer() }),
      )
      .map(([uri, region]) => ({ message: { text: 'm' }, locations: [{ physicalLocation: { artifactLocation: { uri }, region } }] }));
    const documents = fc.oneof(
      documentOf(...keys).map((runs) => ({ version: '2.1.0', runs: [runs] })),
      fc.array(fc.oneof(documentOf(...keys), located)).map((results) => ({ runs: [{ results }] })),
      documentOf(...keys),
    );
    return check(
      fc.oneof(
        documents.map((document) => JSON.stringify(document) ?? ''),
        near('{', '"runs":', '[', ']', '}', '"results":', ','),
      ),
      async (text) => {
        await expectReadOrRefused(() => {
          const { results } = parseSarif(text, options);
          expect(results.every(({ path }) => files.has(path))).toBe(true);
          const given = {
            stage: 's',
            path: 'a.js',
            pathBytes: undefined,
            commit: undefined,
            bytes,
            added: 'all' as const,
            results,
            isWholeFile: true,
            secrets: [],
          };
          for (const { line, endLine, column } of settleResults({ ...given, isRequired: () => false }).findings) {
            expect(line >= 0 && line <= 2 && endLine >= line && column >= 0 && column <= 4).toBe(true);
          }
        }, GuardianError);
      },
    );
  });

  it('a lock file and what npm says of it are read or refused', () => {
    const lock = near(
      '{',
      '}',
      '[',
      ']',
      '"packages":',
      '"dependencies":',
      '"node_modules/a":',
      '"a":',
      '"version":',
      '"1.0.0"',
      ',',
      '\n',
      '"',
      '\\',
    );
    const keys = [
      'vulnerabilities',
      'name',
      'via',
      'nodes',
      'node_modules/a',
      'severity',
      'url',
      'title',
      'fixAvailable',
      'error',
      'message',
    ];
    return check(fc.tuple(lock, documentOf(...keys)), async ([text, document]) => {
      for (const { startLine, endLine } of readLockLines(text).values())
        expect(startLine >= 1 && endLine >= startLine && endLine <= text.split('\n').length).toBe(true);
      for (const said of [document, { vulnerabilities: document }]) {
        await expectReadOrRefused(() => parseNpmAudit(JSON.stringify(said) ?? '', text, 'package-lock.json', null), GuardianError);
      }
    });
  });
});
