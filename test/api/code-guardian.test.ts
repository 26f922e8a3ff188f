import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodeGuardian, GuardianError } from '../../src/index.ts';
import { FORMATS } from '../../src/report/formats/formats.ts';
import { createFolder, createRepository, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

/** A repository with a commit, then one that adds a key, then one that removes it. */
function withHistory(): TestRepository & { readonly key: string } {
  const repository = createRepository();
  const key = stripeKey();
  const commit = (content: string): void => {
    repository.write('a.js', content);
    repository.git('add', '.');
    repository.git('commit', '--quiet', '--message', 'change');
  };
  commit('const a = 1;\n');
  commit(`const a = '${key}';\n`);
  repository.git('tag', 'leaked');
  commit('const a = 2;\n');
  return { ...repository, key };
}

describe('the library', () => {
  it('scans a text as a file of its path, and shows no value', async () => {
    const guardian = await CodeGuardian.open({ cwd: createFolder() });
    const key = stripeKey();
    const report = await guardian.scanText(`const a = '${key}';\n`, { path: 'src/a.ts' });
    expect(report).toMatchObject({ schema: 'code-guardian.report/1', verdict: 'blocked', run: { target: 'stdin', hook: null } });
    expect(report.findings).toMatchObject([{ rule: 'stripe-key', path: 'src/a.ts', line: 1, outcome: 'block' }]);
    expect(JSON.stringify(report)).not.toContain(key);
    expect((await guardian.scanText(Buffer.from('const a = 1;\n'))).verdict).toBe('clean');
  });

  it('is not fooled by a byte-order mark, or by two encodings in one file, and reports a value once', async () => {
    const guardian = await CodeGuardian.open({ cwd: createFolder() });
    const text = `const a = '${stripeKey()}';\n`;
    const marked = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text)]);
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const blob of [marked, wide, Buffer.concat([wide, Buffer.from(text)]), Buffer.concat([Buffer.from('1\n'.repeat(5000)), wide])]) {
      expect((await guardian.scanText(blob, { path: 'a.js' })).findings).toMatchObject([{ rule: 'stripe-key', outcome: 'block' }]);
    }
  });

  it('scans what is staged, a range, all files, the history and paths', async () => {
    const { top, key, git, write } = withHistory();
    const guardian = await CodeGuardian.open({ cwd: top });
    expect((await guardian.scanAll()).verdict).toBe('clean');
    expect((await guardian.scanHistory()).findings).toHaveLength(1);
    expect((await guardian.scanHistory({ since: 'leaked' })).verdict).toBe('clean');
    expect((await guardian.scanHistory({ since: '1 hour ago' })).findings).toHaveLength(1);
    expect((await guardian.scanRange('HEAD~2..HEAD~1')).findings).toMatchObject([{ rule: 'stripe-key', path: 'a.js' }]);
    write('b.js', `const b = '${key}';\n`);
    expect((await guardian.scanFiles(['b.js'])).verdict).toBe('blocked');
    expect((await guardian.scanStaged()).verdict).toBe('clean');
    git('add', 'b.js');
    expect((await guardian.scanStaged()).verdict).toBe('blocked');
  });

  it('has the layers of the command line, and its own config on top', async () => {
    const { top } = createRepository();
    writeFileSync(join(top, '.code-guardianrc.yaml'), 'rules: { debugger: warn }\nfailOn: medium\n');
    const text = 'debugger;\n';
    const plain = await (await CodeGuardian.open({ cwd: top })).scanText(text, { path: 'a.js' });
    expect(plain).toMatchObject({ verdict: 'warned', config: { layers: ['defaults', 'repository:.code-guardianrc.yaml'] } });
    const strict = await CodeGuardian.open({ cwd: top, config: { rules: { debugger: 'error' } } });
    expect((await strict.scanText(text, { path: 'a.js' })).verdict).toBe('blocked');
  });

  it('renders a report in any format', async () => {
    const guardian = await CodeGuardian.open({ cwd: createFolder() });
    const report = await guardian.scanText(`const a = '${stripeKey()}';\n`, { path: 'a.js' });
    expect(JSON.parse(guardian.format(report, 'json'))).toEqual(report);
    expect(guardian.format(report, 'pretty')).toContain('a.js:1:');
    for (const { name } of FORMATS) expect(guardian.format(report, name)).toContain('stripe-key');
    expect(() => guardian.format(report, 'sariff')).toThrow(/unknown format "sariff"; did you mean sarif\?/);
    expect(() => guardian.format({} as never, 'json')).toThrow(GuardianError);
  });

  it('lists the rules as plain data', async () => {
    const rules = (await CodeGuardian.open({ cwd: createFolder() })).rules();
    expect(rules.length).toBeGreaterThan(500);
    expect(rules.find(({ id }) => id === 'github-token')).toEqual({
      id: 'github-token',
      severity: 'critical',
      message: expect.any(String) as string,
      category: 'secret',
      docs: expect.stringMatching(/^https:/) as string,
    });
    expect(JSON.parse(JSON.stringify(rules))).toEqual(rules);
  });
});

describe('a signal', () => {
  it('that is aborted already ends a scan with its reason', async () => {
    const guardian = await CodeGuardian.open({ cwd: createFolder() });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(guardian.scanText('a', { signal })).rejects.toThrow('enough');
  });

  it('ends a scan that is under way', async () => {
    const { top } = withHistory();
    const guardian = await CodeGuardian.open({ cwd: top });
    const controller = new AbortController();
    const scan = guardian.scanHistory({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(scan).rejects.toThrow('enough');
  });
});

describe('wrong options', () => {
  it('of open are all named, with the nearest key', async () => {
    const wrong = { failOnn: 'medium', bail: -1, rules: { debuger: 'warn' }, extends: ['web'] };
    const thrown = await CodeGuardian.open({ cwd: createFolder(), config: wrong }).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'CONFIG_INVALID' });
    const { message } = thrown as GuardianError;
    for (const part of ['failOnn', 'did you mean failOn?', 'bail', 'did you mean debugger?', 'extends']) expect(message).toContain(part);
  });

  it.each([
    [{ 'fail-on': 'HIGH' }, /unknown option "fail-on"/],
    [{ config: 'strict' }, /config/],
    [{ config: { failOn: 'HIGH' } }, /failOn/],
    [{ cwd: 7 }, /cwd/],
    [{ cwd: '/nowhere/at/all' }, /no such directory/],
    [null, /must be an object/],
  ])('open(%j) throws', async (options, message) => {
    await expect(CodeGuardian.open(options as never)).rejects.toThrow(message);
    await expect(CodeGuardian.open(options as never)).rejects.toBeInstanceOf(GuardianError);
  });

  it('of methods throw, too', async () => {
    const guardian = await CodeGuardian.open({ cwd: withHistory().top });
    const calls = [
      () => guardian.scanText('a', { pth: 'a.js' } as never),
      () => guardian.scanText(7 as never),
      () => guardian.scanText('a', { path: '' }),
      () => guardian.scanFiles('a.js' as never),
      () => guardian.scanFiles([]),
      () => guardian.scanFiles(['nope.js']),
      () => guardian.scanStaged({ signal: true } as never),
      () => guardian.scanRange(''),
      () => guardian.scanRange('nope..HEAD'),
      () => guardian.scanRange('--all'),
      () => guardian.scanAll({ target: 'all' } as never),
      () => guardian.scanHistory({ since: 'the other day' }),
    ];
    for (const call of calls) await expect(call()).rejects.toBeInstanceOf(GuardianError);
  });
});
