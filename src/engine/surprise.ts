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
export const DISGUISES: Readonly<Record<string, string>> = {
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
