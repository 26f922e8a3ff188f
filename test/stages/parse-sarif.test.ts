import { describe, expect, it } from 'vitest';
import { parseSarif, type SarifOptions } from '../../src/stages/parse-sarif.ts';

const TREE = '/tmp/tree';
const FILES = ['a.js', 'src/b c.js', 'src/50%.js', 'lit%20eral.js', 'x:y.js', 'sub/package-lock.json'];
const options: SarifOptions = { roots: [TREE], files: new Set(FILES), folder: '', severity: null };

type Json = Readonly<Record<string, unknown>>;

const at = (uri: string, region?: Json, more: Json = {}): Json => ({
  physicalLocation: { artifactLocation: { uri, ...more }, ...(region === undefined ? {} : { region }) },
});
const result = (more: Json = {}): Json => ({ ruleId: 'r', message: { text: 'm' }, locations: [at('a.js', { startLine: 2 })], ...more });
const log = (results: readonly unknown[], run: Json = {}, more: Json = {}): string =>
  JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 't' } }, results, ...run }], ...more });
const read = (results: readonly unknown[], run: Json = {}, given: Partial<SarifOptions> = {}) =>
  parseSarif(log(results, run), { ...options, ...given });
const first = (...given: Parameters<typeof read>) => read(...given).results[0]!;
const withRules = (rules: readonly Json[]): Json => ({ tool: { driver: { name: 't', rules } } });

describe('a result of SARIF', () => {
  it.each<[what: string, uri: string, more: Json, path: string | null]>([
    ['a relative URI', 'a.js', {}, 'a.js'],
    ['one that begins with a dot', './a.js', {}, 'a.js'],
    ['one that goes down and up', 'src/../a.js', {}, 'a.js'],
    ['percent signs that encode', 'src/b%20c.js', {}, 'src/b c.js'],
    ['a name as it is', 'src/b c.js', {}, 'src/b c.js'],
    ['percent signs of the name itself', 'src/50%.js', {}, 'src/50%.js'],
    ['percent signs that encode one', 'src/50%25.js', {}, 'src/50%.js'],
    ['percent signs of the name that would decode', 'lit%20eral.js', {}, 'lit%20eral.js'],
    ['a name with a colon', 'x:y.js', {}, 'x:y.js'],
    ['a file URI into the tree', `file://${TREE}/a.js`, {}, 'a.js'],
    ['a file URI with a host', `file://localhost${TREE}/src/b%20c.js`, {}, 'src/b c.js'],
    ['a file URI with one slash', `file:${TREE}/a.js`, {}, 'a.js'],
    ['an absolute path', `${TREE}/a.js`, {}, 'a.js'],
    ['a known base', 'a.js', { uriBaseId: 'TOP' }, 'a.js'],
    ['a base of a base', 'b%20c.js', { uriBaseId: 'SRC' }, 'src/b c.js'],
    ['a base that nobody defines', 'a.js', { uriBaseId: '%SRCROOT%' }, 'a.js'],
    ['bases that go round', 'a.js', { uriBaseId: 'ROUND' }, null],
    ['a path that leads out', '../a.js', {}, null],
    ['a path that leads out and in again', '../tree/a.js', {}, null],
    ['an absolute path elsewhere', '/etc/passwd', {}, null],
    ['a file URI elsewhere', 'file:///etc/passwd', {}, null],
    ['a tree whose name only begins alike', `file://${TREE}2/a.js`, {}, null],
    ['a file beside the tree, whose name begins as the tree does', `file://${TREE}Xa.js`, {}, null],
    ['another scheme', 'https://example.com/a.js', {}, null],
    ['no file of the tree', 'c.js', {}, null],
  ])('is placed by %s', (_, uri, more, path) => {
    const originalUriBaseIds = {
      TOP: { uri: `file://${TREE}/` },
      SRC: { uri: 'src/', uriBaseId: 'TOP' },
      ROUND: { uri: 'x/', uriBaseId: 'ROUND' },
    };
    const { results, elsewhere } = read([result({ locations: [at(uri, { startLine: 1 }, more)] })], { originalUriBaseIds });
    expect(results.map((one) => one.path)).toEqual(path === null ? [] : [path]);
    expect(elsewhere).toBe(path === null ? 1 : 0);
  });

  it('is placed by the index of an artifact, and from the folder that the scanner ran in', () => {
    const artifacts = [{ location: { uri: 'x' } }, { location: { uri: 'a.js' } }];
    const physicalLocation = { artifactLocation: { index: 1 }, region: { startLine: 1 } };
    expect(first([result({ locations: [{ physicalLocation }] })], { artifacts })).toMatchObject({ path: 'a.js' });
    const lock = result({ locations: [at('package-lock.json')] });
    expect(first([lock], {}, { folder: 'sub' })).toMatchObject({ path: 'sub/package-lock.json', region: null });
  });

  it.each<[what: string, given: Json, run: Json, severity: string]>([
    ['its level', { level: 'error' }, {}, 'high'],
    ['a note', { level: 'note' }, {}, 'low'],
    ['none', { level: 'none' }, {}, 'info'],
    ['the default of SARIF', {}, {}, 'medium'],
    ['the default of its rule, by id', {}, withRules([{ id: 'r', defaultConfiguration: { level: 'error' } }]), 'high'],
    [
      'the default of its rule, by index',
      { ruleIndex: 1, ruleId: undefined },
      withRules([{ id: 'x' }, { id: 'y', defaultConfiguration: { level: 'note' } }]),
      'low',
    ],
    [
      'the default of a rule that its id begins with',
      { ruleId: 'r/1' },
      withRules([{ id: 'r', defaultConfiguration: { level: 'error' } }]),
      'high',
    ],
    ['a score of 9.0', {}, withRules([{ id: 'r', properties: { 'security-severity': '9.0' } }]), 'critical'],
    ['a score of 8.9', {}, withRules([{ id: 'r', properties: { 'security-severity': '8.9' } }]), 'high'],
    ['a score of 4.0', {}, withRules([{ id: 'r', properties: { 'security-severity': 4 } }]), 'medium'],
    ['a score of 3.9, whatever its level', { level: 'error' }, withRules([{ id: 'r', properties: { 'security-severity': '3.9' } }]), 'low'],
    [
      'a score of its own',
      { properties: { 'security-severity': '7' } },
      withRules([{ id: 'r', properties: { 'security-severity': '1' } }]),
      'high',
    ],
    ['its level where the score is none', { level: 'error' }, withRules([{ id: 'r', properties: { 'security-severity': 'bad' } }]), 'high'],
  ])('is as severe as %s says', (_, given, run, severity) => {
    expect(first([result(given)], run)).toMatchObject({ severity });
  });

  it('is as severe as the stage is said to be', () => {
    expect(first([result({ level: 'error' })], {}, { severity: 'low' })).toMatchObject({ severity: 'low' });
  });

  it('finds its rule in an extension', () => {
    const tool = {
      driver: { name: 't', rules: [{ id: 'd' }] },
      extensions: [{ name: 'e', rules: [{ id: 'x', helpUri: 'https://example.com/x' }] }],
    };
    const rule = { index: 0, toolComponent: { index: 0 } };
    expect(first([result({ ruleId: undefined, rule })], { tool })).toMatchObject({ rule: 'x', docs: 'https://example.com/x' });
  });

  it.each<[what: string, region: Json, expected: unknown]>([
    ['a line', { startLine: 3 }, { kind: 'lines', startLine: 3, endLine: 3, startColumn: null, endColumn: null, unit: 'utf16' }],
    [
      'columns',
      { startLine: 3, startColumn: 2, endColumn: 4 },
      { kind: 'lines', startLine: 3, endLine: 3, startColumn: 2, endColumn: 4, unit: 'utf16' },
    ],
    [
      'lines that go backwards',
      { startLine: 3, endLine: 1 },
      { kind: 'lines', startLine: 3, endLine: 3, startColumn: null, endColumn: null, unit: 'utf16' },
    ],
    ['characters from the start', { charOffset: 5, charLength: 2 }, { kind: 'offsets', start: 5, end: 7, unit: 'utf16' }],
    ['nothing', {}, null],
    ['line zero, as some write for the file', { startLine: 0 }, null],
    ['no number', { startLine: '3' }, null],
  ])('has a region of %s', (_, region, expected) => {
    expect(first([result({ locations: [at('a.js', region)] })]).region).toEqual(expected);
  });

  it('has columns as its run counts them', () => {
    expect(first([result()], { columnKind: 'unicodeCodePoints' }).region).toMatchObject({ unit: 'codePoint' });
  });

  it.each<[what: string, given: Json, count: number]>([
    ['it passed', { kind: 'pass' }, 0],
    ['it only informs', { kind: 'informational', level: 'none' }, 0],
    ['it is to be reviewed', { kind: 'review' }, 1],
    ['it is gone', { baselineState: 'absent' }, 0],
    ['it was there before', { baselineState: 'unchanged' }, 1],
  ])('counts, or does not, where %s', (_, given, count) => {
    expect(read([result(given)]).results).toHaveLength(count);
  });

  it.each<[what: string, suppressions: unknown, by: string | null]>([
    ['nobody says so', [], null],
    ['a comment does', [{ kind: 'inSource', justification: 'fine' }], 'inline'],
    ['a list elsewhere does', [{ kind: 'external', status: 'accepted' }], 'config'],
    ['somebody still looks at it', [{ kind: 'external', status: 'underReview' }], null],
    ['somebody has refused it', [{ kind: 'inSource' }, { kind: 'external', status: 'rejected' }], null],
  ])('is suppressed, or not, where %s', (_, suppressions, by) => {
    expect(first([result({ suppressions })]).suppression?.by ?? null).toBe(by);
  });

  it('takes its words from the rule where it has none', () => {
    const rules = [
      { id: 'r', messageStrings: { said: { text: '{0} of {1}, {7}' } }, shortDescription: { text: 'short' }, helpUri: 'javascript:1' },
    ];
    const message = { id: 'said', arguments: ['one', 'two'] };
    expect(first([result({ message })], withRules(rules))).toMatchObject({ message: 'one of two, {7}', why: 'short', docs: '' });
    expect(first([result({ message: {} })], withRules(rules))).toMatchObject({ message: 'short' });
    expect(first([result({ message: 'text' })])).toMatchObject({ message: 'r' });
  });

  it('says why in the words of its rule, without headings', () => {
    const fullDescription = { text: '## What it does\nChecks.\n\n## Why is this bad?\nIt is.\n' };
    expect(first([result()], withRules([{ id: 'r', fullDescription }])).why).toBe('Checks. It is.');
    expect(first([result()], withRules([{ id: 'r', shortDescription: { text: 'm' } }])).why).toBe('Another scanner found it.');
  });

  it('has texts that no terminal obeys, on one line and of some length', () => {
    const text = `a\u001b[31m\n\u202eb${'x'.repeat(2000)}`;
    const { message, rule } = first([result({ message: { text }, ruleId: `no eval\n${'y'.repeat(300)}` })]);
    expect(message).toMatch(/^a\ufffd\[31m \ufffdbx+…$/);
    expect(message).toHaveLength(500);
    expect(rule).toMatch(/^no-eval-y{92}$/);
  });
});

describe('a document', () => {
  it('may begin with a mark, have several runs, and no results', () => {
    const run = { tool: { driver: { name: 't' } } };
    const document = { version: '2.1.0', runs: [run, { ...run, results: [result()] }, { ...run, results: [result()] }] };
    expect(parseSarif(`\ufeff${JSON.stringify(document)}`, options).results).toHaveLength(2);
  });

  it.each<[what: string, text: string, words: string]>([
    ['is empty', ' \n', 'the output is empty'],
    ['is cut off', '{"version":"2.1.0","runs":[', 'the output is not valid JSON'],
    ['is a list', '[]', 'the output is not an object'],
    ['has no runs', '{"version":"2.1.0"}', 'it has no `runs`'],
    ['has runs that are none', '{"version":"2.1.0","runs":[1]}', 'it has no `runs`'],
    ['tells of no run', '{"version":"2.1.0","runs":[]}', '`runs` is empty'],
    ['is of another version', '{"version":"1.0.0","runs":[{}]}', 'it is version 1.0.0'],
  ])('that %s is refused', (_, text, words) => {
    expect(() => parseSarif(text, options)).toThrow(
      expect.objectContaining({ code: 'DETECTOR_FAILED', message: `not SARIF 2.1.0: ${words}` }),
    );
  });

  it.each<[what: string, run: Json, failure: string | null]>([
    ['nothing of that', {}, null],
    ['that it succeeded', { invocations: [{ executionSuccessful: true }] }, null],
    ['that it did not', { invocations: [{ executionSuccessful: true }, { executionSuccessful: false }] }, 'it reports a failure'],
    [
      'what went wrong',
      { invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'error', message: { text: 'no\nrules' } }] }] },
      'it reports: no rules',
    ],
    [
      'what is wrong with its config',
      { invocations: [{ toolConfigurationNotifications: [{ level: 'error', message: {} }] }] },
      'it reports a failure',
    ],
    ['a warning', { invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning' }] }] }, null],
  ])('may say %s', (_, run, failure) => {
    expect(read([result()], run)).toMatchObject({ failure, results: [{ rule: 'r' }] });
  });

  it('with more results than anybody reads is incomplete', () => {
    const many = Array.from({ length: 10_001 }, () => result());
    expect(read(many)).toMatchObject({ failure: 'it has more than 10000 results' });
    expect(read(many.slice(1)).failure).toBeNull();
  });

  it('that is broken in one result is read but for that', () => {
    expect(read([null, 1, {}, { locations: [{}] }, { locations: 'x' }, result()])).toMatchObject({
      results: [{ path: 'a.js' }],
      elsewhere: 3,
    });
  });
});
