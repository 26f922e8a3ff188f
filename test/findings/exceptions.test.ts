import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseDirectives } from '../../src/findings/directives.ts';
import { exceptionsFor } from '../../src/findings/exceptions.ts';
import { createPathMatcher } from '../../src/policy/path-matcher.ts';

const at = (path: string, isRequired = false) => exceptionsFor({ rule: 'stripe-key', path, line: 3 }, isRequired);

describe('lines that let a finding pass', () => {
  it.each([
    ['a.ts', '// ', ''],
    ['a.unheard-of', '// ', ''],
    ['src/a.py', '# ', ''],
    ['deploy/Dockerfile', '# ', ''],
    ['.env.local', '# ', ''],
    ['a.html', '<!-- ', ' -->'],
    ['a.sql', '-- ', ''],
    ['a.css', '/* ', ' */'],
  ])('in %s stand in its own comments, and are read as they should', (path, before, behind) => {
    const { inline = '', above = '' } = at(path);
    expect(inline).toBe(`${before}code-guardian:ignore stripe-key -- why it may stay${behind}`);
    expect(parseDirectives(inline)).toMatchObject([{ from: 1, to: 1, rules: ['stripe-key'] }]);
    expect(parseDirectives(above)).toMatchObject([{ from: 2, to: 2, rules: ['stripe-key'] }]);
  });

  it.each([
    ['a file without comments', at('a.json')],
    ['a member of an archive', at('a.zip!/a.ts')],
    ['a required rule', at('a.ts', true)],
    ['a file as such', exceptionsFor({ rule: 'large-file', path: 'a.ts', line: 0 }, false)],
    ['a message', at('commit message')],
  ])('are none in %s', (_, exceptions) => {
    expect(exceptions).not.toHaveProperty('inline');
    expect(exceptions.baseline).toContain('baseline update');
  });

  it('of the config name this one file, whatever is in its name', () => {
    for (const path of ['a.js', 'pages/[id].tsx', 'a{b,c}.js', 'x*.ts', '!a.js', '#a.js', 'a "b".js', '(x).js', '+(a).js']) {
      const { overrides } = parse(at(path).config!) as { overrides: { files: string[]; rules: object }[] };
      expect(overrides[0]!.rules).toEqual({ 'stripe-key': 'off' });
      const matches = createPathMatcher(overrides[0]!.files);
      expect([path, matches(path), matches(`x/${path}`), matches('pages/i.tsx'), matches('ab.js')]).toEqual([
        path,
        true,
        false,
        false,
        false,
      ]);
    }
  });

  it('are none in the config for a required rule, nor for a commit that is made', () => {
    expect(at('a.ts', true)).not.toHaveProperty('config');
    expect(exceptionsFor({ rule: 'r', path: 'a.ts', line: 1, commit: 'c' }, false)).not.toHaveProperty('config');
  });
});
