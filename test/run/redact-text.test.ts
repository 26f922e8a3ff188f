import { describe, expect, it } from 'vitest';
import type { Redacted } from '../../src/findings/finding.ts';
import { DEFAULT_CONFIG } from '../../src/policy/config.ts';
import { redactMarked, createRedactor } from '../../src/run/redact-text.ts';
import { letters, stripeKey } from '../support/secrets.ts';

const KEY = stripeKey();
const redact = createRedactor();

describe('a text that nobody has scanned', () => {
  it.each([
    [`keys/${KEY}.txt`, 'keys/sk_live_…[32].txt'],
    [`refs/heads/fix-${KEY}`, 'refs/heads/fix-sk_live_…[32]'],
    [`${KEY} and ${KEY}`, 'sk_live_…[32] and sk_live_…[32]'],
    [`é ${KEY} ü`, 'é sk_live_…[32] ü'],
    ['src/index.ts', 'src/index.ts'],
    ['', ''],
    ['fatal: https://ada:hunter2@forge.example/x.git', 'fatal: https://…@forge.example/x.git'],
    ['ssh://git@forge.example/x.git, mail ada@example.com', 'ssh://…@forge.example/x.git, mail ada@example.com'],
  ])('%s', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  it('is looked at by rules of the config, too', () => {
    const rule = { id: 'acme-key', keywords: ['acme_'], pattern: 'acme_[a-z0-9]{8}', message: 'a key' };
    const own = createRedactor({ ...DEFAULT_CONFIG, customRules: [rule] });
    expect(own(['acme', 'q1w8e7r2'].join('_'))).toBe('acme_…[13]');
  });
});

describe('a line with a mark', () => {
  const marked = (before: string, mark: string, after: string) => {
    const { text, mark: span } = redactMarked(redact, `${before}${mark}${after}` as Redacted, [before.length, before.length + mark.length]);
    return [text, text.slice(...span)];
  };

  it.each([
    ['', 'debugger', `; const key = "${KEY}"`, '; const key = "sk_live_…[32]"'],
    [`const key = "${KEY}"; `, 'debugger', '', ''],
  ])('keeps it: %s%s%s', (before, mark, after) => {
    const [text, shown] = marked(before, mark, after);
    expect(text).not.toContain(KEY);
    expect(shown).toBe(mark);
  });

  it('stays as it is where nothing is to be hidden', () => {
    expect(marked('  ', 'debugger', ';')).toEqual(['  debugger;', 'debugger']);
  });

  it('hides what is marked itself', () => {
    const [text, shown] = marked('x = ', `"${KEY}"`, `; // ${letters(3, 'x')}`);
    expect(text).not.toContain(KEY);
    expect(shown).toBe('"sk_live_…[32]"');
  });
});
