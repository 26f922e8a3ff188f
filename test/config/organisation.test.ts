import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergeOrigins } from '../../src/config/origins.ts';
import { renderConfig } from '../../src/config/render-config.ts';
import { USER_PLACES } from '../../src/config/search.ts';
import { situation } from './situation.ts';

const FILE = '.code-guardianrc.yaml';

describe("the organisation's config", () => {
  it.each(USER_PLACES)('is found as %s', async (place) => {
    const text = place === 'package.json' ? '{"code-guardian": {"bail": 7}}' : '{"bail": 7}';
    const here = situation({ [`etc:${place}`]: text });
    const { config, layerNames } = await here.load();
    expect(config.bail).toBe(7);
    expect(layerNames).toEqual(['defaults', `organisation:${here.etc}/${place}`]);
  });

  it('is the one that CODE_GUARDIAN_ORG_CONFIG names, in place of that of the machine', async () => {
    const here = situation({ 'etc:config.yaml': 'bail: 7', 'home:org.yaml': 'failOn: low' });
    const file = `${here.home}/.config/code-guardian/org.yaml`;
    const { config, layerNames } = await here.load({ env: { CODE_GUARDIAN_ORG_CONFIG: file } });
    expect(config).toMatchObject({ bail: 0, failOn: 'low' });
    expect(layerNames).toEqual(['defaults', `organisation:${file}`]);
    expect((await here.load({ env: { CODE_GUARDIAN_ORG_CONFIG: '' } })).config.bail).toBe(7);
  });

  it('stands below all others', async () => {
    const here = situation({
      'etc:config.yaml': 'bail: 1\nfailOn: low\nignore: { words: [org] }',
      'home:config.yaml': 'bail: 2\nignore: { words: [user] }',
      [FILE]: 'bail: 3\nignore: { words: [ours] }',
    });
    const { config, layers } = await here.load({ flags: { onIncomplete: 'warn' } });
    expect(config).toMatchObject({ bail: 3, failOn: 'low', ignore: { words: ['org', 'user', 'ours'] } });
    expect(layers.map(({ owner }) => owner)).toEqual(['defaults', 'organisation', 'user', 'repository', 'flags']);
  });

  it('owns what it extends, and its overlays', async () => {
    const here = situation({
      'etc:config.yaml': 'extends: [canary, ./base.yaml]\nenvironments: { ci: { bail: 4 } }',
      'etc:base.yaml': 'failOn: low\nenforce: { onIncomplete: block }',
    });
    const { config, layers } = await here.load({ env: { CI: '1' } });
    expect(config).toMatchObject({ failOn: 'low', bail: 4, failFast: false, onIncomplete: 'block' });
    expect(new Set(layers.slice(1).map(({ owner }) => owner))).toEqual(new Set(['organisation']));
  });

  it.each([
    ['is not there', {}, 'nothing.yaml', 'nothing.yaml: no such config file', 'Check the path after CODE_GUARDIAN_ORG_CONFIG.'],
    ['is a program', { 'org.js': '' }, 'org.js', 'org.js is not a config file: use JSON or YAML', undefined],
    ['is broken', { 'org.yaml': 'a: [' }, 'org.yaml', /org\.yaml:\d+:\d+: /, undefined],
    ['is a folder', { 'org/x': '' }, 'org', /cannot read the config .+org: /, undefined],
    [
      'has a mistake',
      { 'org.yaml': 'enforce: { failon: low }' },
      'org.yaml',
      'org.yaml:1:12: unknown key enforce.failon; did you mean failOn?',
      undefined,
    ],
    [
      'enforces an unknown rule',
      { 'org.yaml': 'enforce: { rules: { debuger: error } }' },
      'org.yaml',
      'unknown rule enforce.rules.debuger; did you mean debugger?',
      undefined,
    ],
    ['enforces what it extends', { 'org.yaml': 'enforce: { extends: web }' }, 'org.yaml', 'unknown key enforce.extends', undefined],
  ])('fails closed where it %s', async (_, files, named, message, hint) => {
    const error = await situation(files).fail({ env: { CODE_GUARDIAN_ORG_CONFIG: named } });
    expect(error.code).toBe('CONFIG_INVALID');
    if (typeof message === 'string') expect(error.message).toContain(message);
    else expect(error.message).toMatch(message);
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });

  it('fails closed where its place is taken by something else', async () => {
    const here = situation({ 'etc:x': '' });
    writeFileSync(`${here.etc}.file`, '');
    expect((await here.fail({ organisationFolder: `${here.etc}.file` })).message).toContain('cannot read');
  });
});

describe('enforce', () => {
  it.each([
    [FILE, `${FILE}:2:1: enforce is allowed only in the organisation's config`],
    ['home:config.yaml', "config.yaml:2:1: enforce is allowed only in the organisation's config"],
  ])('is a mistake in %s', async (file, said) => {
    const error = await situation({ [file]: 'bail: 1\nenforce: { failOn: low }' }).fail();
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(said) });
  });

  it('is a mistake in what a repository extends, and in an overlay', async () => {
    const extended = await situation({ [FILE]: 'extends: ./team.yaml', 'team.yaml': 'enforce: {}' }).fail();
    expect(extended.message).toContain("team.yaml:1:1: enforce is allowed only in the organisation's config");
    const overlay = await situation({ 'etc:config.yaml': 'environments: { ci: { enforce: {} } }' }).fail();
    expect(overlay.message).toContain('unknown key environments.ci.enforce');
  });

  it('is no variable', async () => {
    const { config, warnings } = await situation().load({ env: { CODE_GUARDIAN_ENFORCE_FAIL_ON: 'low', CODE_GUARDIAN_ENFORCE: '{}' } });
    expect(config.failOn).toBe('high');
    expect(warnings).toHaveLength(2);
  });

  const ENFORCED =
    'enforce: { failOn: medium, failFast: true, rules: { debugger: error }, ignore: { paths: [] }, security: { required: [private-key], allowSkip: false } }';
  const weaker =
    'failOn: critical\nfailFast: false\nrules: { debugger: off }\nignore: { paths: [src/**] }\noverrides: [{ files: [a], rules: { debugger: off } }]\nsecurity: { allowSkip: true }';

  it.each([
    ['the user', { 'home:config.yaml': weaker }, {}],
    ['the repository', { [FILE]: weaker }, {}],
    ['an overlay', { [FILE]: `environments:\n  ci:\n${weaker.replaceAll(/^/gm, '    ')}` }, { CI: '1' }],
    [
      'variables',
      {},
      {
        CODE_GUARDIAN_FAIL_ON: 'critical',
        CODE_GUARDIAN_FAIL_FAST: '0',
        CODE_GUARDIAN_RULES_DEBUGGER: 'off',
        CODE_GUARDIAN_IGNORE_PATHS: 'src/**',
        CODE_GUARDIAN_SECURITY_ALLOW_SKIP: '1',
      },
    ],
  ])('holds against %s, and against flags', async (_, files, env) => {
    const here = situation({ 'etc:config.yaml': ENFORCED, ...files });
    for (const flags of [{}, { failOn: 'critical', failFast: false } as const]) {
      const { config, layerNames } = await here.load({ env, flags });
      expect(config).toMatchObject({
        failOn: 'medium',
        failFast: true,
        rules: { debugger: 'error' },
        ignore: { paths: [] },
        overrides: [],
        security: { required: ['private-key'], allowSkip: false },
      });
      expect(layerNames.at(-1)).toBe('organisation (enforced)');
    }
  });

  it('is named beside what it set, and not beside what is stricter', async () => {
    const here = situation({
      'etc:config.yaml': ENFORCED,
      [FILE]: 'failOn: low\nrules: { debugger: warn, console-log: off }\nignore: { paths: [x], words: [y] }',
    });
    const { config, layers } = await here.load();
    expect(mergeOrigins(layers)).toMatchObject({
      failOn: `repository:${FILE}`,
      failFast: 'organisation (enforced)',
      rules: { debugger: 'organisation (enforced)', 'console-log': `repository:${FILE}` },
      ignore: { paths: [], words: [`repository:${FILE}`] },
      security: { required: ['organisation (enforced)'], allowSkip: 'organisation (enforced)' },
    });
    expect(renderConfig(config, mergeOrigins(layers)).split('\n')).toContain('failFast: true # organisation (enforced)');
  });

  it('guards what it requires', async () => {
    const here = situation({ 'etc:config.yaml': ENFORCED, [FILE]: 'ignore: { words: [dummy] }' });
    const { guards } = await here.load();
    expect([...guards.keys()]).toEqual(['private-key']);
    expect(guards.get('private-key')!.ignore.words).toEqual([]);
  });
});
