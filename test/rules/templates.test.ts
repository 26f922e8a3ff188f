import { describe, expect, it } from 'vitest';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { hostPassword } from '../../src/rules/drafting/host-password.ts';
import { markedToken } from '../../src/rules/drafting/marked-token.ts';
import { looksRandom, namedKey } from '../../src/rules/drafting/named-secret.ts';
import { isPlausiblePassword } from '../../src/rules/drafting/plausible-password.ts';
import { ruleSet, type ContentRule, type RuleDraft } from '../../src/engine/rule.ts';
import { alnum, base64, hex, uuid } from '../../src/rules/drafting/sample.ts';
import { alnumOf, base64Of, base64urlOf, bytesOf, either, hexOf, shape, UUID } from '../../src/rules/drafting/shapes.ts';

/** The values that a rule of this draft finds. */
function find(draft: Omit<RuleDraft, 'id' | 'message'>, text: string): readonly string[] {
  const rules = ruleSet({}, () => [{ id: 'north-key', message: 'North key', ...draft }])();
  const scanner = createScanner(sourceOf(rules as readonly ContentRule[]));
  return scanner
    .scan({ bytes: Buffer.from(text), path: 'src/settings.txt', isActive: () => true })
    .filter(({ placeholder }) => placeholder === null)
    .map(({ value }) => value);
}

describe('shapes', () => {
  it.each([
    ['hex digits', hexOf(32)],
    ['a range', alnumOf(20, 40)],
    ['base64url', base64urlOf(43)],
    ['bytes in base64', bytesOf(32)],
    ['bytes in base64 without padding', bytesOf(33)],
    ['a UUID', UUID],
    ['a sequence', shape`sk_${hexOf(8)}.${alnumOf(12)}|${UUID}`],
    ['a choice', either(hexOf(16), alnumOf(20))],
  ])('have samples of themselves: %s', (_, one) => {
    for (const seed of ['', 'a', 'b']) expect(one.sample(seed)).toMatch(new RegExp(`^(?:${one.source})$`));
  });

  it('take literals as they are', () => {
    expect('a+b').not.toMatch(new RegExp(`^${shape`a.${hexOf(1)}`.source}$`));
    expect(new RegExp(`^${shape`$a|${hexOf(2)}`.source}$`).test('$a|0f')).toBe(true);
  });

  it('know whether all have one length', () => {
    expect([hexOf(8), shape`a${hexOf(8)}`, UUID].map(({ isFixed }) => isFixed)).toEqual([true, true, true]);
    expect([hexOf(8, 9), shape`a${hexOf(8, 9)}`, either(hexOf(8), UUID)].map(({ isFixed }) => isFixed)).toEqual([false, false, false]);
  });
});

describe('a marked token', () => {
  const body = alnum(24);

  it('is found where its marker begins a word', () => {
    const draft = markedToken({ markers: ['north_', 'north-'], body: alnumOf(24) });
    expect(find(draft, `a=north_${body} b='north-${body}'`)).toEqual([`north_${body}`, `north-${body}`]);
    expect(find(draft, `anorth_${body} north_${body}0 north_${body.slice(1)}`)).toEqual([]);
  });

  it('weighs little where words with digits follow the marker', () => {
    expect(find(markedToken({ markers: ['north_'], body: alnumOf(24) }), 'north_helloworld380testing42ab')).toHaveLength(1);
  });

  it('is none where words follow the marker', () => {
    expect(find(markedToken({ markers: ['north_'], body: alnumOf(24) }), 'north_ApplicationSettingsObject')).toEqual([]);
  });

  it('is no part of a longer value', () => {
    expect(find(markedToken({ markers: ['north_'], body: base64urlOf(24) }), `north_${body}-a`)).toEqual([]);
    expect(find(markedToken({ markers: ['north_'], body: base64Of(24) }), `north_${body}/a`)).toEqual([]);
    const ambiguous = markedToken({ markers: ['NRTH'], body: alnumOf(24), isAmbiguous: true });
    expect(find(ambiguous, `NRTH${body}`)).toHaveLength(1);
    expect(find(ambiguous, `abc/NRTH${body} abc+NRTH${body} NRTH${body}/abc NRTH${body}=`)).toEqual([]);
  });
});

describe('a named key', () => {
  const value = hex(32);
  const draft = namedKey({ names: ['north'], value: hexOf(32) });

  it.each([
    `NORTH_API_KEY=${value}`,
    `NORTH_API_KEY ?= "${value}"`,
    `NORTH_API_KEY ::= "${value}"`,
    `$northToken .= "${value}"`,
    `var northToken string = "${value}"`,
    `const northToken: string = '${value}';`,
    `<northToken>\n    ${value}\n</northToken>`,
    `{\\"north_token\\": \\"${value}\\"}`,
    `variable "north_api_token" {\n  default = "${value}"\n}`,
    `headers: { 'X-North-Key': '${value}' }`,
    `north:\n  auth:\n    token: ${value}`,
  ])('is found in %j', (text) => {
    expect(find(draft, `${text}\n`)).toEqual([value]);
  });

  it.each([
    ['another name', `SOUTH_API_KEY=${value}`],
    ['no word for a credential', `north_checksum=${value}`],
    ['longer words', `north author: ${value}, north pattern: ${value}, north keyboard: ${value}`],
    ['another alphabet', `NORTH_API_KEY=${value.toUpperCase()}`],
    ['a longer value', `NORTH_API_KEY=${value}0a`],
    ['a value in base64', `NORTH_API_KEY=${value}/a`],
    ['a template', 'NORTH_API_KEY=${NORTH_API_KEY}'],
    ['too far away', `north ${'a '.repeat(60)} key=${value}`],
  ])('is none with %s', (_, text) => {
    expect(find(draft, `${text}\n`)).toEqual([]);
  });

  it.each([
    `new North('${value}')`,
    `North.init("${value}")`,
    `const client = new NorthClient(\`${value}\`)`,
    `Set \`NORTH_TOKEN\` to \`${value}\`.`,
    `| NORTH_TOKEN | ${value} |`,
    `[north]\napi_key = ${value}`,
    `https://api.north.dev/items?api_key=${value}&page=2`,
    `<key>NorthKey</key>\n\t<string>${value}</string>`,
    String.raw`"{\\\"northToken\\\": \\\"${value}\\\"}"`,
    `buildConfigField "String", "NORTH_KEY", "\\"${value}\\""`,
    `NSString *northKey = @"${value}";`,
    `API_NORTH='${value}'`,
  ])('is found in %j', (text) => {
    expect(find(draft, `${text}\n`)).toEqual([value]);
  });

  it('weighs little where somebody typed it', () => {
    const rules = ruleSet({}, () => [{ id: 'north-key', message: 'North key', ...draft }])() as readonly ContentRule[];
    const weigh = (key: string): readonly string[] =>
      createScanner(sourceOf(rules))
        .scan({ bytes: Buffer.from(`NORTH_KEY=${key}\n`), path: 'a.txt', isActive: () => true })
        .map(({ severity, confidence }) => `${severity} ${confidence}`);
    expect(weigh(value)).toEqual(['critical medium']);
    expect(weigh(`12e4${'12e45678'.repeat(3)}9012`)).toEqual(['low low']);
    expect(weigh('a'.repeat(32))).toEqual([]);
  });

  it('may have to begin a word', () => {
    const short = namedKey({ names: ['nor'], value: hexOf(32), isWordStart: true });
    expect(find(short, `NOR_KEY=${value} my_nor_key=${value}`)).toEqual([value, value]);
    expect(find(short, `minor_key=${value}`)).toEqual([]);
  });

  it('may need no word', () => {
    expect(find(namedKey({ names: ['north'], value: UUID }), `north: "${uuid()}"`)).toEqual([]);
    expect(find(namedKey({ names: ['north'], value: UUID, isNameEnough: true }), `north: "${uuid()}"`)).toEqual([uuid()]);
  });
});

describe('a password in an address', () => {
  it('stands before the host, or is the user', () => {
    const secret = alnum(20);
    expect(find(hostPassword(['north.dev']), `https://me:${secret}@git.north.dev/a`)).toEqual([secret]);
    expect(find(hostPassword(['north.dev'], 'user'), `https://${secret}:@north.dev/a https://${secret}@north.dev/a`)).toEqual([
      secret,
      secret,
    ]);
    expect(find(hostPassword(['north.dev']), `https://me:${secret}@south.dev/north.dev https://north.dev/a:${secret}@b`)).toEqual([]);
  });
});

describe('plausible values', () => {
  it('are no words, templates or what everybody tries first', () => {
    expect([alnum(16), `${alnum(6)}!4f`].every((value) => isPlausiblePassword(value))).toBe(true);
    for (const value of ['password', 'changeme', '${PASSWORD}', '<password>', 'correct horse', 'admin123', 'abc']) {
      expect([value, isPlausiblePassword(value)]).toEqual([value, false]);
    }
  });

  it('look random with letters and digits', () => {
    expect([hex(32), uuid(), base64(32)].every(looksRandom)).toBe(true);
    expect(['0'.repeat(32), 'applicationSettings', '12345678901234567890'].some(looksRandom)).toBe(false);
  });
});
