import { TRIGRAMS, WORDS } from './lexicon.ts';

/**
 * How hard a value is to explain as words, in bits. Words, their suffixes and known abbreviations are cheap; other letters cost their
 * surprise (letter trigrams); digits and symbols cost what a free choice among them costs.
 *
 * A password that is hard to guess takes 4 to 8 bits per character; words, identifiers and prose take 1 to 3.
 */
export interface Surprise {
  readonly bits: number;
  /** `bits` divided by the length of the value. */
  readonly perChar: number;
}

const BITS_A_WORD = 11;
const BITS_A_DIGIT = 3.4;
const BITS_A_SYMBOL = 5;
/** `_`, `-`, `.`, `/` and spaces separate words. */
const BITS_A_SEPARATOR = 2;
const LONGEST_WORD = 14;
const SUFFIX = /(?:s|es|e?d|ing|ers?|or|ly|able|ions?|ment|ness|al|ity|i[sz](?:e|er|ed|ing))$/;
/** Characters that replace a letter in a disguised word (`p@ssw0rd`). */
const DISGUISES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};
const SHORT_WORDS = new Set(
  'am an as at be by db do go he hi id if in io is it js me my no of ok on or os pw so to ui up us we'.split(' '),
);

let words: Set<string> | undefined;

/** Is a lower-case text a word of source code or its prose, with or without a suffix? */
export function isWord(text: string): boolean {
  words ??= new Set(WORDS.trim().split(/\s/));
  if (text.length < 3) return SHORT_WORDS.has(text);
  if (words.has(text)) return true;
  const stem = text.replace(SUFFIX, '');
  if (stem.length < 4 || stem === text) return false;
  return words.has(stem) || words.has(`${stem}e`) || (stem.at(-1) === stem.at(-2) && words.has(stem.slice(0, -1)));
}

/** See {@link Surprise}. Takes a few microseconds per value: meant for the few candidates that pass the gate. */
export function surpriseOf(value: string): Surprise {
  const plain = bitsOf(value);
  const undisguised = value.replace(/(?<=[a-z])[@4310$57!](?=[a-z])|^[@$](?=[a-z])/gi, (char) => DISGUISES[char] ?? char);
  // A disguise costs 3 bits, because there are few to choose from. If it does not give a word, it was not a disguise.
  const word = undisguised === value ? plain : bitsOf(undisguised) + 3;
  const bits = word < 2.8 * value.length ? Math.min(plain, word) : plain;
  return { bits, perChar: value.length === 0 ? 0 : bits / value.length };
}

function bitsOf(value: string): number {
  let bits = 0;
  for (const [run] of value.matchAll(/[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d]/g)) {
    const code = run.charCodeAt(0);
    if (code >= 48 && code <= 57) bits += digitBits(run);
    else if (/[A-Za-z]/.test(run)) bits += letterBits(run.toLowerCase());
    else bits += /[-_./\s:]/.test(run) ? BITS_A_SEPARATOR : BITS_A_SYMBOL;
  }
  return bits;
}

/** An ascending or descending run, or a repeated digit, is as cheap as a word. */
function digitBits(run: string): number {
  if (
    /^(?:19|20)\d\d$/.test(run) ||
    '01234567890123456789'.includes(run) ||
    '98765432109876543210'.includes(run) ||
    /^(\d)\1*$/.test(run)
  ) {
    return Math.min(BITS_A_WORD / 2, run.length * BITS_A_DIGIT);
  }
  return run.length * BITS_A_DIGIT;
}

/** The cheapest way to write a run of letters as words, suffixes and single letters. */
function letterBits(run: string): number {
  const best = new Float64Array(run.length + 1);
  for (let end = 1; end <= run.length; end++) {
    let cost = best[end - 1]! + trigramBits(run, end - 1);
    for (let start = Math.max(0, end - LONGEST_WORD); start <= end - 2; start++) {
      // Two letters are a word only at an edge of the run.
      if (end - start === 2 && start !== 0 && end !== run.length) continue;
      const price = best[start]! + Math.min(BITS_A_WORD, 4 * (end - start));
      if (price < cost && isWord(run.slice(start, end))) cost = price;
    }
    best[end] = cost;
  }
  return best[run.length]!;
}

function trigramBits(run: string, at: number): number {
  const a = at >= 2 ? run.charCodeAt(at - 2) - 96 : 0;
  const b = at >= 1 ? run.charCodeAt(at - 1) - 96 : 0;
  const c = run.charCodeAt(at) - 96;
  return Number.parseInt(TRIGRAMS[(a * 27 + b) * 27 + c]!, 36) / 2.5;
}

/** What a value is by its shape, independent of its letters; the first match wins. */
const SHAPES: readonly (readonly [reason: string, patterns: RegExp])[] = [
  ['bytes', anyOf(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/)],
  // A password with digits may contain a character of another alphabet, but not most of a word.
  ['prose', anyOf(/^(?=[^]*[^\x20-\x7e])(?!(?=[^ ]*$)(?:\D*\d){2})|^[\x20-\x7e]*(?:[\x80-\xff]{2,}[\x20-\x7e]{0,3}){4,}/)],
  [
    'template',
    anyOf(
      // Shell, JavaScript, Ruby, make.
      /\$\{|#\{|\{#|\$\(|^\$[A-Za-z_{(]/,
      // Jinja, Mustache, ERB, printf, batch files.
      /\{\{|\}\}|<%|%>|%\([\w.]+\)|%[sdvqxr@](?!\w)|^%[\w.]+%?$|\[[^\]]*\]\w*%$|%\{|\{[\w.$]*\}/,
      // Shell commands, message parameters, the end of a literal that a variable continues.
      /^`|^(?:[^\w$]*\$\d)+[^\w$]*$|^['"]\s*[.+]\s*[$A-Za-z_]|^=\?[\w-]+\?[bq]\?/,
      // A prefix with a wildcard.
      /^[A-Za-z]{1,8}\*$/,
      // Whole values in brackets, parameters, references, pointers.
      /^<.*>$|^\(.*\)$|^\[.*\]$|^\{.*\}$|^@[A-Za-z_.]+@$|^__\w+__$|^:[a-z_]+$|^&[a-z]|^\*[A-Za-z]/,
      // Byte escapes, regular expressions.
      /\\[nrtu]|\\x[\da-f]{2}|(?:\\0){2}|\(\?[:=!<]|\[(?:\^|a-[fz]|0-9|\\[wds])|\\[wsdb][+*\]]|\\[().]|\)[+*]|\.[*+](?:$|[\\)$/])|^\/\^|\$\/[gimsu]{0,3}$/,
    ),
  ],
  [
    'look-up',
    anyOf(
      /\b(?:process|env|environ|getenv|import\.meta|config|settings|secrets|vault|ssm)[.[(]/,
      /\b(?:options|args|params|props|req|request|this|self)[.[(]/,
      /^(?:op|ref|vault|ssm|arn|secret|keyvault|doppler|berglas|env|file|data|sops|gcp|aws|azure|urn|tag):|^!\w|^projects\//,
      /=>|\(\)|\[-?\d*\]\.|::|->|&&|\|\||^\.[A-Za-z]\w*$|^#\[/,
    ),
  ],
  [
    'encrypted or hashed',
    anyOf(
      /^(?:ENC[[(]|\$ANSIBLE|\{(?:SSHA|SHA|bcrypt|noop|MD5|AES|cipher)|AQICAH|vault:v|age1|(?:hmac[-_]?)?sha\d|md5[-:])/,
      /^\$(?:2[abxy]|argon2|[1569]\$|apr1|pbkdf2)|\$2[abxy]\$\d\d\$|\$argon2(?:i|d|id)\$|^[a-z][a-z\d_]*(?:\$[^$]+){2,3}$|^scram-sha/,
      // Password schemes of LDAP and mail servers, names of algorithms.
      /^\{(?!(?:PLAIN|CLEAR)(?:TEXT)?\})[a-z][\w.-]{2,24}\}[\w$+/=.,-]{13,}$|^(?:s?sha|md|pbkdf|argon|[bs]?crypt|unixcrypt|aes|hmac)[-_]?\d{0,3}[a-z]{0,3}$/,
      // `Salted__` of OpenSSL, `opdata01` of 1Password, prefixes of decryption tools; a key ID with its signature.
      /^U2FsdGVkX1|^b3BkYXRhMDE|^[\da-f]{20}:[\da-f]{64}$|^(?:NACL|GPG|PKCS7|ENC|KMS|CRYPT)[[(]/,
    ),
  ],
  [
    'placeholder',
    anyOf(
      /x{3,}|\*{3,}|\.{3}|#{3,}|-{4,}|_{4,}|\?{3,}|^(.)\1+$|^.{0,30}(.)\2{4,}.{0,30}$|^(.{2,4})\3{3,}$|^(.{3,})\4+$/,
      /your|insert|replace|change[-_ ]?(?:me|this|it)|placeholder|redacted|example|dummy|sample|fake|not[-_ ]?(?:a[-_ ]?)?real/,
      // Runs of `A` in base64. Hashes of the empty string.
      /(?:QUFB){3}/,
      /^(?:d41d8cd98f00|da39a3ee5e6b|e3b0c44298fc)/,
      /\btodo\b|fixme|lorem|ipsum|^(?:none|null|nullptr|nil|undefined|true|false|default|empty|unset|secret|n\/a)$/,
    ),
  ],
  [
    'path or address',
    anyOf(
      /:\\?\/\\?\/|^(?:\.{0,2}|~)\/(?![A-Za-z\d+/]{39,}={0,2}$)[\w.]|^[A-Za-z]:[\\/]|^\\\\/,
      /^(?:[\w-]+\.)+(?:com|org|net|io|dev|local|internal)(?:[:/].*)?$/,
    ),
  ],
  [
    'file',
    anyOf(/^(?:[\w-]+\.)+(?:html?|js|ts|json|ya?ml|xml|php|py|rb|go|java|pem|key|crt|txt|md|svg|png|css|sh|cfg|conf|toml|properties)$/),
  ],
  [
    'public key',
    anyOf(
      /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2)|^AAAA(?:[BC]3NzaC1|E2VjZHNh)|^-----BEGIN (?:PUBLIC|CERT|RSA PUBLIC)|^xpub|^<RSAKeyValue>/,
      // A curve point, with or without its curve; a nested structure, which no private key begins with.
      /^B[A-P][\w+/-]{85}=?$|^(?:\d{1,4}:){1,3}0[234][\da-f]{60,}|^30(?:[0-7][\da-f]|81[\da-f]{2}|82[\da-f]{4})30[\da-f]{20,}$/,
      /^(?:amzn1\.(?:account|application)|pk_(?:live|test)_|phc_|sb_publishable_|(?:pub|sub)-c-|pk-lf-|pk\.eyJ|sq0idp-|mob-|dvc_client_)|^pub[\da-f]{32}$/,
    ),
  ],
  ['version', anyOf(/^\d+(?:\.\d+){2,}|(?:^|[-_v@:])\d+\.\d+\.\d+(?!\w)/)],
  ['date', anyOf(/^\d{4}[-/.]\d\d[-/.]\d\d(?:[T ].*)?$|^\d{1,2}[-/.:]\d{1,2}(?:[-/.:]\d{2,4})?$/)],
  ['mail address', anyOf(/^[\w.+-]+@(?:localhost|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6})$/)],
  ['number', anyOf(/^#[\da-f]{3,8}$|^0x[\da-f]{1,40}$/)],
  ['rate', anyOf(/^\d+(?:\/\w+)+(?:,|$)/)],
];

/** Keyboard rows, runs of digits, and the first guesses of every attacker. */
const COMMON = anyOf(
  /qwert|querty|asdf|zxcv|qazwsx|1q2w|q1w2/,
  /12345|23456|98765|54321|0987|123123|abcde|bcdef|abc123|abcabc/,
  /deadbeef|cafebabe|p4ss|pa55|passw|p@ss|pa..w[o0]rd|passphrase|letmein|s[e3]k?[ck]+r[ei3]t|hunter2|admin/,
);
/** {@link COMMON} with other characters between its letters. */
const DISGUISED = /pa..word|secret|changeme|letmein/;
/** A run of consecutive letters or bytes of this length is not random. */
const LONGEST_RUN = 7;
const UUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;

/** One case-insensitive pattern out of several. Only the first may contain back references. */
function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
}

/**
 * Why a value in the place of a secret is not a secret, independent of its letters: a template, a lookup, a path, prose …
 *
 * @returns the class in a word or two; null if it may be a secret
 */
export function harmlessReason(raw: string): string | null {
  const value = decodePercent(raw);
  const [shape] = SHAPES.find(([, patterns]) => patterns.test(value)) ?? [];
  if (shape !== undefined && !(shape === 'placeholder' && isRandomBeside(value, /([a-z\d])\1{2,4}/i, harmlessReason))) return shape;
  if (value.includes(' ') && (isSentence(value) || surpriseOf(value).perChar < 4.5)) return 'prose';
  if (isIdentifierPath(value)) return 'identifier';
  if (isEncodedPlaceholder(value)) return 'placeholder';
  return isEncodedText(value.replace(/^(?:\+|\d{3}) /, '')) ? 'text in base64' : null;
}

/** Words of any language. Two words that do not look like a sentence may be a password. */
function isSentence(value: string): boolean {
  const words = value.split(/ +/);
  return words.every((word) => WORD_OF_PROSE.test(word)) && (words.length > 2 || /^["'(]?[A-Z]|[.,:;!?]$/.test(value));
}

/** A word of any language, a number, a parameter: no letter next to a digit. */
const WORD_OF_PROSE = /^["'([]*(?:[A-Za-z\x80-\xff][A-Za-z\x80-\xff'/-]*|\d+|[$%{]\w+}?|[&+=-]+)["')\].,:;!?%]*$/;

/** Is a long value random except for a run or word in it, by chance or as a prefix? `speaksAgainst` judges the rest. */
function isRandomBeside(value: string, row: RegExp, speaksAgainst: (rest: string) => unknown): boolean {
  if (value.length < 24 || !/^[\w+/=.-]+$/.test(value)) return false;
  const rest = value.replace(row, '');
  const isMostOfIt = rest.length < value.length && rest.length >= Math.max(18, value.length - 10);
  return isMostOfIt && /\d/.test(rest) && surpriseOf(rest).perChar >= 3.4 && speaksAgainst(rest) === null;
}

/** `%3B` → `;`. */
export function decodePercent(value: string): string {
  return value.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Words in base64, encoded once or more: a sample, or a message. */
function isEncodedText(value: string): boolean {
  if (value.length < 12 || !/^[A-Za-z\d+/]+={0,2}$/.test(value)) return false;
  const text = Buffer.from(value, 'base64').toString('latin1').trim();
  return /^[\x20-\x7e]+$/.test(text) && ((/^[\w .,:;!?'-]+$/.test(text) && surpriseOf(text).perChar < 3) || isEncodedText(text));
}

/** A sentence written as a key: in hexadecimal, with or without the name of the key before it, or in base32. */
function isEncodedPlaceholder(value: string): boolean {
  const [, hex] = /(?:^|:)((?:[2-7][\da-f]){12,})$/i.exec(value) ?? [];
  const text = hex !== undefined ? Buffer.from(hex, 'hex').toString('latin1') : /^[A-Z2-7]{16,}$/i.test(value) ? decodeBase32(value) : '';
  return /^[\x20-\x7e]{10,}$/.test(text) && (isCommonPassword(text) || harmlessReason(text) !== null || surpriseOf(text).perChar < 3);
}

function decodeBase32(value: string): string {
  let bits = 0;
  let held = 0;
  let text = '';
  for (const char of value.toUpperCase()) {
    held = ((held << 5) | (char >= 'A' ? char.charCodeAt(0) - 65 : char.charCodeAt(0) - 24)) & 0xfff;
    bits += 5;
    if (bits >= 8) text += String.fromCharCode((held >> (bits -= 8)) & 0xff);
  }
  return text;
}

/** Two or more segments of words: `a.b.c`, `SOME_NAME`, `kebab-case`, `a/b/c`, `user:password:(shell)`. */
function isIdentifierPath(value: string): boolean {
  const parts = value.replace(/(?<=^|:)\(([a-z]+)\)(?=:|$)/g, '$1').split(/[-_./:]/);
  if (parts.length < 2 || !parts.every((part) => part === '' || /^[A-Za-z]+\d{0,3}$/.test(part))) return false;
  // Names of options, and words joined by colons.
  if (parts.length > 2 && /^[a-z]+\d?(?:-[a-z]+\d?)+$/.test(value) && parts.filter(isWord).length * 2 >= parts.length) return true;
  if (parts.length > 3 && /^[a-z]+(?::[a-z]+)+$/.test(value)) return true;
  return surpriseOf(value).perChar < (parts.length > 3 ? 3.8 : 3.4);
}

export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** Does a value contain a keyboard row, a run of digits, or a word that is guessed first? */
export function isCommonPassword(value: string): boolean {
  if (COMMON.test(value)) return !isRandomBeside(value, COMMON, (rest) => isCommonPassword(rest) || null);
  const plain = decodePercent(value);
  return plain !== value ? isCommonPassword(plain) : isDisguised(value) || hasRun(value);
}

/** `p@/s5w0rd`, `pass\0word`: a common password with symbols in place of letters or between them. */
function isDisguised(value: string): boolean {
  const undisguised = value.replace(/[@4310$57!]/g, (char) => DISGUISES[char]!);
  return [undisguised, value].some((text) => DISGUISED.test(text.toLowerCase().replace(/[^a-z]/g, '')));
}

/** Do letters follow the alphabet, or the bytes of a hexadecimal number count up or down? */
function hasRun(value: string): boolean {
  const isNumber = /^(?:[\da-f]{2}){8,}$/i.test(value);
  return (
    isRun(value, (code) => (code | 32) >= 97 && (code | 32) <= 122) || (isNumber && isRun(Buffer.from(value, 'hex').toString('latin1')))
  );
}

function isRun(text: string, counts: (code: number) => boolean = () => true): boolean {
  for (let at = 1, up = 1, down = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const step = counts(code) ? code - text.charCodeAt(at - 1) : 0;
    up = step === 1 ? up + 1 : 1;
    down = step === -1 ? down + 1 : 1;
    if (up >= LONGEST_RUN || down >= LONGEST_RUN) return true;
  }
  return false;
}

/** How many of these a value uses: lower case, upper case, digits, symbols. */
export function characterClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((pattern) => pattern.test(value)).length;
}

const TRANSLATION =
  /(?:^|[/._-])(?:i18n|l10n|lang|languages?|locales?|locali[sz]ations?|translations?|nls|strings|messages?|labels?)(?:[/._-]|$)|\.(?:po|pot|resx|strings|xlf|xliff|arb|ftl)$/i;

/** Translated texts: their words are in no word list. */
export function isTranslation(path: string): boolean {
  return TRANSLATION.test(path);
}
