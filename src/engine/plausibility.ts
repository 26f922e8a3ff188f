import { TRIGRAMS, WORDS } from './lexicon.ts';

/**
 * How hard a value is to explain as words, in bits: words, their suffixes and known abbreviations are cheap, letters that no word
 * covers cost what they surprise (letter trigrams), digits and symbols cost what a free choice among them costs.
 *
 * A password that a person or a program made up to be guessed by nobody takes 4 to 8 bits a character; words, identifiers and prose
 * 1 to 3.
 */
export interface Surprise {
  readonly bits: number;
  /** `bits` by the value's length. */
  readonly perChar: number;
}

const BITS_A_WORD = 11;
const BITS_A_DIGIT = 3.4;
const BITS_A_SYMBOL = 5;
/** `_`, `-`, `.`, `/` and space part words. */
const BITS_A_SEPARATOR = 2;
const LONGEST_WORD = 14;
const SUFFIX = /(?:s|es|e?d|ing|ers?|or|ly|able|ions?|ment|ness|al|ity|i[sz](?:e|er|ed|ing))$/;
/** Characters that stand for a letter in a disguised word (`p@ssw0rd`). */
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

/** Is a text in lower case a word of source code or its prose, as it is or with a suffix? */
export function isWord(text: string): boolean {
  words ??= new Set(WORDS.trim().split(/\s/));
  if (text.length < 3) return SHORT_WORDS.has(text);
  if (words.has(text)) return true;
  const stem = text.replace(SUFFIX, '');
  if (stem.length < 4 || stem === text) return false;
  return words.has(stem) || words.has(`${stem}e`) || (stem.at(-1) === stem.at(-2) && words.has(stem.slice(0, -1)));
}

/** See {@link Surprise}. Costs some microseconds a value: meant for the few candidates that the gate lets through. */
export function surpriseOf(value: string): Surprise {
  const plain = bitsOf(value);
  const undisguised = value.replace(/(?<=[a-z])[@4310$57!](?=[a-z])|^[@$](?=[a-z])/gi, (char) => DISGUISES[char] ?? char);
  // A disguise is itself a choice of few; one that gives no word was none.
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

/** A run up or down, or of one digit, is as cheap as a word. */
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

/** Cheapest way to write a run of letters as words, suffixes and single letters. */
function letterBits(run: string): number {
  const best = new Float64Array(run.length + 1);
  for (let end = 1; end <= run.length; end++) {
    let cost = best[end - 1]! + trigramBits(run, end - 1);
    for (let start = Math.max(0, end - LONGEST_WORD); start <= end - 2; start++) {
      // Two letters are a word only where they stand alone or beside the edge.
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

/** What a value is by its shape, whatever its letters; the first that fits names it. */
const SHAPES: readonly (readonly [reason: string, patterns: RegExp])[] = [
  ['bytes', anyOf(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/)],
  // A sign of another alphabet may well stand in a password, beside digits; most of a word does not.
  ['prose', anyOf(/^(?=[^]*[^\x20-\x7e])(?!(?=[^ ]*$)(?:\D*\d){2})|^[\x20-\x7e]*(?:[\x80-\xff]{2,}[\x20-\x7e]{0,3}){4,}/)],
  [
    'template',
    anyOf(
      // Shell, JavaScript, Ruby, make.
      /\$\{|#\{|\{#|\$\(|^\$[A-Za-z_{(]/,
      // Jinja, Mustache, ERB, printf, batch files.
      /\{\{|\}\}|<%|%>|%\([\w.]+\)|%[sdvqxr@](?!\w)|^%[\w.]+%?$|\[[^\]]*\]\w*%$|%\{|\{[\w.$]*\}/,
      // Commands of a shell, parameters of a message, the end of a literal that a variable goes on with.
      /^`|^(?:[^\w$]*\$\d)+[^\w$]*$|^['"]\s*[.+]\s*[$A-Za-z_]|^=\?[\w-]+\?[bq]\?/,
      // A part of a value, and anything.
      /^[A-Za-z]{1,8}\*$/,
      // Whole values in brackets, parameters, references, pointers.
      /^<.*>$|^\(.*\)$|^\[.*\]$|^\{.*\}$|^@[A-Za-z_.]+@$|^__\w+__$|^:[a-z_]+$|^&[a-z]|^\*[A-Za-z]/,
      // Escapes of bytes, regular expressions.
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
      // Schemes of LDAP and mail servers, names of algorithms.
      /^\{(?!(?:PLAIN|CLEAR)(?:TEXT)?\})[a-z][\w.-]{2,24}\}[\w$+/=.,-]{13,}$|^(?:s?sha|md|pbkdf|argon|[bs]?crypt|unixcrypt|aes|hmac)[-_]?\d{0,3}[a-z]{0,3}$/,
      // `Salted__` of OpenSSL, `opdata01` of 1Password, marks of the tools that decrypt; a key's id with its signature.
      /^U2FsdGVkX1|^b3BkYXRhMDE|^[\da-f]{20}:[\da-f]{64}$|^(?:NACL|GPG|PKCS7|ENC|KMS|CRYPT)[[(]/,
    ),
  ],
  [
    'placeholder',
    anyOf(
      /x{3,}|\*{3,}|\.{3}|#{3,}|-{4,}|_{4,}|\?{3,}|^(.)\1+$|^.{0,30}(.)\2{4,}.{0,30}$|^(.{2,4})\3{3,}$|^(.{3,})\4+$/,
      /your|insert|replace|change[-_ ]?(?:me|this|it)|placeholder|redacted|example|dummy|sample|fake|not[-_ ]?(?:a[-_ ]?)?real/,
      // Rows of `A` in base64. Hashes of nothing.
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
      // A point of a curve, plain or with what curve it is of; a structure that begins with another, as no private key does.
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

/** Rows of a keyboard, runs of digits, and what everybody tries first. */
const COMMON = anyOf(
  /qwert|querty|asdf|zxcv|qazwsx|1q2w|q1w2/,
  /12345|23456|98765|54321|0987|123123|abcde|bcdef|abc123|abcabc/,
  /deadbeef|cafebabe|p4ss|pa55|passw|p@ss|pa..w[o0]rd|passphrase|letmein|s[e3]k?[ck]+r[ei3]t|hunter2|admin/,
);
/** {@link COMMON} with other signs between its letters. */
const DISGUISED = /pa..word|secret|changeme|letmein/;
/** Letters or bytes in a row, up or down, that nobody draws. */
const LONGEST_RUN = 7;
const UUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;

/** One pattern out of several, in any case. Only the first may hold back references. */
function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
}

/**
 * Why a value that stands where a secret might is none whatever its letters: a template, a look-up, a path, prose …
 *
 * @returns the class in a word or two; null where nothing speaks against it
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

/** Words of whatever language; two that look like nothing else may be a password. */
function isSentence(value: string): boolean {
  const words = value.split(/ +/);
  return words.every((word) => WORD_OF_PROSE.test(word)) && (words.length > 2 || /^["'(]?[A-Z]|[.,:;!?]$/.test(value));
}

/** A word in whatever language, a number, a parameter: no letter stands beside a digit. */
const WORD_OF_PROSE = /^["'([]*(?:[A-Za-z\x80-\xff][A-Za-z\x80-\xff'/-]*|\d+|[$%{]\w+}?|[&+=-]+)["')\].,:;!?%]*$/;

/** Is a long value random, but for a row or a word in it, as chance or a prefix makes it? `speaksAgainst` judges the rest. */
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

/** A sentence that somebody wrote as a key: in hexadecimal, behind the key's name or without it, or in base32. */
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
  // Names of options, and of what hangs together by colons.
  if (parts.length > 2 && /^[a-z]+\d?(?:-[a-z]+\d?)+$/.test(value) && parts.filter(isWord).length * 2 >= parts.length) return true;
  if (parts.length > 3 && /^[a-z]+(?::[a-z]+)+$/.test(value)) return true;
  return surpriseOf(value).perChar < (parts.length > 3 ? 3.8 : 3.4);
}

export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** Does a value hold a row of the keyboard, a run of digits, or a word that everybody tries first? */
export function isCommonPassword(value: string): boolean {
  if (COMMON.test(value)) return !isRandomBeside(value, COMMON, (rest) => isCommonPassword(rest) || null);
  const plain = decodePercent(value);
  return plain !== value ? isCommonPassword(plain) : isDisguised(value) || hasRun(value);
}

/** `p@/s5w0rd`, `pass\0word`: something common, with signs in place of letters or between them. */
function isDisguised(value: string): boolean {
  const undisguised = value.replace(/[@4310$57!]/g, (char) => DISGUISES[char]!);
  return [undisguised, value].some((text) => DISGUISED.test(text.toLowerCase().replace(/[^a-z]/g, '')));
}

/** Do letters follow each other as in the alphabet, or the bytes of a hexadecimal number as in counting? */
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

/** How many of lower case, upper case, digits and symbols a value draws from. */
export function characterClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((pattern) => pattern.test(value)).length;
}

const TRANSLATION =
  /(?:^|[/._-])(?:i18n|l10n|lang|languages?|locales?|locali[sz]ations?|translations?|nls|strings|messages?|labels?)(?:[/._-]|$)|\.(?:po|pot|resx|strings|xlf|xliff|arb|ftl)$/i;

/** Texts for people, in languages of which no word list knows the words. */
export function isTranslation(path: string): boolean {
  return TRANSLATION.test(path);
}
