import { DISGUISES, isWord, surpriseOf } from './surprise.ts';
import { COMMON, DISGUISED, SHAPES } from './value-shapes.ts';

/** A run of consecutive letters or bytes of this length is not random. */
const LONGEST_RUN = 7;
const UUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;

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
