import { describe, expect, it } from 'vitest';
import { findPackage, readLockLines } from '../../src/stages/lock-lines.ts';
import { parseNpmAudit } from '../../src/stages/parse-npm-audit.ts';

const LOCK = JSON.stringify(
  {
    name: 'x',
    version: '9.9.9',
    lockfileVersion: 3,
    packages: {
      '': { name: 'x', version: '9.9.9', dependencies: { 'left-pad': '^1.0.0' } },
      'node_modules/left-pad': {
        version: '1.0.0',
        resolved: 'https://example.com/x.tgz',
        engines: { node: '>=1' },
        files: ['{', '"version": "3"'],
      },
      'node_modules/left-pad/node_modules/deep': { license: 'MIT', version: '2.0.0' },
    },
  },
  null,
  2,
);
const OLD = JSON.stringify(
  { lockfileVersion: 1, dependencies: { a: { version: '1.0.0', requires: { b: '2' }, dependencies: { b: { version: '2.0.0' } } } } },
  null,
  2,
);
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

describe('a lock file of npm', () => {
  it('tells the lines of its packages', () => {
    const lines = readLockLines(LOCK);
    const start = lineOf(LOCK, '"node_modules/left-pad"');
    expect(lines.get('node_modules/left-pad')).toEqual({ version: '1.0.0', startLine: start, endLine: start + 1 });
    const deep = lineOf(LOCK, '/deep"');
    expect(lines.get('node_modules/left-pad/node_modules/deep')).toEqual({ version: '2.0.0', startLine: deep, endLine: deep + 2 });
    expect([...lines.keys()]).toEqual(['', 'node_modules/left-pad', 'node_modules/left-pad/node_modules/deep']);
  });

  it('of version 1 nests them', () => {
    const b = lineOf(OLD, '"b": {');
    expect(readLockLines(OLD).get('node_modules/a/node_modules/b')).toEqual({ version: '2.0.0', startLine: b, endLine: b + 1 });
  });

  it.each(['', '{', '"', '{"packages":{"a":{"version"', '[[[', '}}}', '{"packages":{"a":{"version":"\\u"}}}'])(
    'that is %j is read as far as it goes',
    (text) => {
      expect(() => readLockLines(text)).not.toThrow();
    },
  );
});

describe('any lock file', () => {
  it.each<[what: string, text: string, name: string, version: string, lines: readonly (readonly [number, number])[]]>([
    ['of cargo', '[[package]]\nname = "time"\nversion = "0.1.0"\n', 'time', '0.1.0', [[2, 3]]],
    ['of yarn', '"@a/b@^1.0.0":\n  version "1.2.3"\n', '@a/b', '1.2.3', [[1, 2]]],
    ['of pip', 'django==4.0\nflask==1.0\n', 'flask', '1.0', [[2, 2]]],
    ['of go', 'require (\n\texample.com/x v1.2.3\n)\n', 'example.com/x', 'v1.2.3', [[2, 2]]],
    ['with a name that is longer', 'flask-cors==1.0\n', 'flask', '1.0', []],
    ['with a version that is longer', 'flask==1.0.2\n', 'flask', '1.0', []],
    ['with the version far away', 'flask\n\n\n\n\n1.0\n', 'flask', '1.0', []],
    ['without a version', 'flask\n', 'flask', '', []],
    ['of npm, in its own entries alone', LOCK.replace('"left-pad": "^1.0.0"', '"left-pad": "1.0.0"'), 'left-pad', '1.0.0', [[13, 14]]],
    [
      'in several places',
      'a 1\nb\na 1\n',
      'a',
      '1',
      [
        [1, 1],
        [3, 3],
      ],
    ],
  ])('%s has a package on its lines, or not', (_, text, name, version, lines) => {
    expect(findPackage(text, name, version)).toEqual(lines.map(([startLine, endLine]) => ({ startLine, endLine })));
  });
});

const advisory = {
  source: 1,
  name: 'left-pad',
  title: 'Bad\npad',
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
  severity: 'moderate',
  range: '<1.1.0',
};
const vulnerabilities = {
  'left-pad': {
    name: 'left-pad',
    severity: 'moderate',
    via: [advisory],
    nodes: ['node_modules/left-pad'],
    fixAvailable: { name: 'left-pad', version: '1.1.0', isSemVerMajor: true },
  },
  user: { name: 'user', severity: 'moderate', via: ['left-pad'], nodes: ['node_modules/user'], fixAvailable: true },
};
const read = (document: unknown) =>
  parseNpmAudit(typeof document === 'string' ? document : JSON.stringify(document), LOCK, 'package-lock.json', null);

describe('the report of npm audit', () => {
  it('becomes a result for each advisory and place, on the lines of the package', () => {
    const startLine = lineOf(LOCK, '"node_modules/left-pad"');
    expect(read({ auditReportVersion: 2, vulnerabilities })).toMatchObject([
      {
        rule: 'GHSA-aaaa-bbbb-cccc',
        severity: 'medium',
        path: 'package-lock.json',
        region: { startLine, endLine: startLine + 1 },
        message: 'left-pad 1.0.0: Bad pad',
        advice: 'Update to left-pad@1.1.0, a new major version.',
        docs: advisory.url,
      },
    ]);
  });

  it('places what has no line in the file as such', () => {
    const gone = { 'left-pad': { ...vulnerabilities['left-pad'], nodes: ['node_modules/gone'] } };
    expect(read({ vulnerabilities: gone })).toMatchObject([{ region: null, message: 'left-pad: Bad pad' }]);
    expect(read({ vulnerabilities: { 'left-pad': { ...vulnerabilities['left-pad'], nodes: undefined } } })).toMatchObject([
      { region: null },
    ]);
  });

  it('may hold nothing', () => expect(read({ vulnerabilities: {} })).toEqual([]));

  it.each<[what: string, document: unknown, words: RegExp]>([
    [
      'cannot be asked for',
      { message: 'request to https://x failed', error: { code: 'ENOTFOUND', summary: 'no such host' } },
      /ENOTFOUND: no such host: request to/,
    ],
    ['is refused', { message: '405 Method Not Allowed', method: 'POST', statusCode: 405 }, /405 Method Not Allowed/],
    ['is nothing', '', /its output is not valid JSON/],
    ['is a list', [], /its output is not a report/],
    ['is of an old npm', { advisories: {} }, /npm 7 or later/],
  ])('that %s is a failure, and never an empty one', (_, document, words) => {
    expect(() => read(document)).toThrow(words);
  });
});
