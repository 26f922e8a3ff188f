import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseImport } from '../../../src/config/import/parse-import.ts';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const COMMIT = sha1('a commit');

describe('a .gitleaksignore', () => {
  it('names lines, of a commit or of the file as it is', async () => {
    const text = `# known\n\n${COMMIT}:src/a.ts:generic-api-key:12\r\n${COMMIT.slice(0, 7)}:a:b.ts:x:1\nsrc/c d.ts:aws-access-token:3\n`;
    expect(await parseImport(text, '.gitleaksignore', [])).toEqual({
      layer: {},
      known: [
        { kind: 'line', commit: COMMIT, path: 'src/a.ts', line: 12 },
        { kind: 'line', commit: COMMIT.slice(0, 7), path: 'a:b.ts', line: 1 },
        { kind: 'line', commit: null, path: 'src/c d.ts', line: 3 },
      ],
      notes: [],
    });
  });

  it('is known by its lines, whatever it is called', async () => {
    expect((await parseImport('src/a.ts:x:3\n', 'known.txt', [])).known).toHaveLength(1);
  });

  it('tells of lines that are no fingerprint, without what they say', async () => {
    const { known, notes } = await parseImport('src/a.ts:x:3\nqwertz\n', '.gitleaksignore', []);
    expect(known).toHaveLength(1);
    expect(notes).toEqual(['line 2: not a fingerprint such as FILE:RULE:LINE']);
  });

  it('may also be a report', async () => {
    const report = [{ RuleID: 'x', Fingerprint: `${COMMIT}:src/a.ts:x:12` }];
    expect((await parseImport(JSON.stringify(report), 'report.json', [])).known).toEqual([
      { kind: 'line', commit: COMMIT, path: 'src/a.ts', line: 12 },
    ]);
  });
});

describe('a baseline of detect-secrets', () => {
  const baseline = (more: object): string => JSON.stringify({ version: '1.5.0', plugins_used: [], filters_used: [], results: {}, ...more });
  const filter = (name: string, pattern?: unknown) => ({
    path: `detect_secrets.filters.${name}`,
    ...(pattern === undefined ? {} : { pattern }),
  });

  it('names values, and what an audit said of them', async () => {
    const entry = (more: object) => ({
      type: 'Secret Keyword',
      filename: 'a.py',
      hashed_secret: sha1('x'),
      is_verified: false,
      line_number: 7,
      ...more,
    });
    const text = baseline({ results: { 'src\\a.py': [entry({}), entry({ is_secret: false }), entry({ is_secret: true })] } });
    const { known, notes } = await parseImport(text, '.secrets.baseline', []);
    expect(known).toEqual(
      [
        'from a detect-secrets baseline',
        'from a detect-secrets baseline, audited as not a secret',
        expect.stringContaining('audited as a real secret'),
      ].map((reason) => ({ kind: 'value', path: 'src/a.py', line: 7, sha1: sha1('x'), reason })),
    );
    expect(notes).toEqual([]);
  });

  it('says which files and values are passed over', async () => {
    const filters = [
      filter('regex.should_exclude_file', ['package-lock\\.json', '^tests/']),
      filter('regex.should_exclude_secret', ['^dummy']),
      filter('heuristic.is_likely_id_string'),
    ];
    expect(await parseImport(baseline({ filters_used: filters }), 'x', [])).toEqual({
      layer: { ignore: { paths: ['*package-lock.json*', '**/*package-lock.json*/**', 'tests/**'], values: ['^dummy'] } },
      known: [],
      notes: [],
    });
  });

  it('says it as older releases did', async () => {
    const old = { exclude: { files: 'go\\.sum|^\\.secrets\\.baseline$', lines: null }, generated_at: '2021-01-01', results: {} };
    expect(await parseImport(JSON.stringify(old), 'x', [])).toEqual({
      layer: { ignore: { paths: ['*go.sum*', '**/*go.sum*/**', '/.secrets.baseline'] } },
      known: [],
      notes: [],
    });
  });

  it.each([
    [{ filters_used: [filter('regex.should_exclude_line', ['x'])] }, 'should_exclude_line is not converted'],
    [{ filters_used: [filter('wordlist.should_exclude_secret')] }, 'wordlist.should_exclude_secret is not converted'],
    [{ filters_used: [{ path: 'file://own.py::is_mine' }] }, 'own.py::is_mine is not converted'],
    [{ filters_used: [filter('regex.should_exclude_file', ['(?!a)b'])] }, 'should_exclude_file[0]: it looks ahead'],
    [{ exclude: { files: null, lines: 'x' } }, 'exclude.lines is not converted'],
    [{ results: { 'a.py': [{ line_number: 3 }] } }, 'a.py:3: no SHA-1'],
    [{ results: { 'a.py': 'x' } }, 'results: a.py is not a table'],
  ])('leaves out %j', async (more, note) => {
    const { layer, known, notes } = await parseImport(baseline(more), 'x', []);
    expect({ layer, known }).toEqual({ layer: {}, known: [] });
    expect(notes).toEqual([expect.stringContaining(note)]);
  });
});
