import { surpriseOf } from '../../engine/surprise.ts';
import type { Candidate, Judgement, RuleDraft, Samples } from '../../engine/rule.ts';
import { escapeRegExp, type Shape } from './shapes.ts';

/** From the provider's name to a word for a credential: `acme: { auth: { `. */
const TO_CREDENTIAL = String.raw`[\w.\s:"'{(=<>,/@\\\[\]?&-]{0,60}?`;
/** Words for a credential. The lookaheads exclude longer words. */
const WORDS = 'key(?!board|word|frame|up)|token(?!i[sz])|secret|password|passwd|pat(?![ch]|tern)|auth(?!or)|credential|licen[sc]e';
/**
 * From the name of a credential to its value: the rest of the name, a type, an operator, the next cell or element, a word before the value
 * (`value:` on the next line, `Bearer`), an opening quote.
 */
export const TO_VALUE =
  String.raw`[\w.-]{0,20}["'\])\\\x60]{0,4}(?::?\s?[A-Za-z&]{1,20}(?=\s?=))?\s{0,4}` +
  String.raw`(?:=>|[:?.|]{0,3}=|\|\|?|\?\?|<\/[\w:.-]{1,40}>\s{0,20}<\w{1,12}>|[:,(>{]|\s)\s{0,20}` +
  String.raw`(?:(?:value|or|to|is|bearer|basic|token|ssws|default)\b[\s=:"'\x60]{0,5})?(?:[@$bLN](?=["']))?\\{0,3}["'\x60]{0,2}(?:\\["'])?`;

/** From the provider's name to a value right after it. */
const NAME_TO_VALUE = String.raw`["']?\s{0,3}[:=,]\s{0,3}["']?`;
/** The same if the word for a credential precedes the name: `API_ACME`, `TOKEN_ACME`. */
const TURNED_TO_VALUE = String.raw`(?<=\b(?:api|key|token|secret)[_-]\w{3,24})${NAME_TO_VALUE}`;
/** From the provider's name to the only argument of its client: `new Acme('…')`, `Acme.init("…")`. */
const NAME_TO_ARGUMENT =
  String.raw`(?:\w{0,20}(?:client|api|sdk|provider|service|bot))?` +
  String.raw`(?:\.\w{0,20}(?:init|configure|connect|create|client|api|key|token))?\(\s{0,5}["'\x60]`;

const MADE_UP = { severity: 'low', confidence: 'low', evidence: 'it looks made up' } as const;

interface NamedSecret {
  /** How people write the provider's name, in any case; each is a keyword. */
  readonly names: readonly string[];
  /** Regular expression of the value, case-sensitive. */
  readonly value: string;
  /** Words, one of which has to be between name and value. Default: any word for a credential. */
  readonly credential?: string;
  /** The name alone is enough: `acme: '…'`. */
  readonly isNameEnough?: boolean;
  /** The name is short and occurs inside other words: it has to begin a word. */
  readonly isWordStart?: boolean;
}

type NamedPart = Pick<RuleDraft, 'keywords' | 'pattern' | 'boundary' | 'skipsGenerated' | 'judge' | 'confidence'>;

/**
 * The shared part of rules about a value without a prefix of its own: it follows the provider's name and a word for a credential
 * (`ACME_API_KEY=…`, `acme: { token: '…' }`), and does not look like a word.
 */
export function namedSecret({ names, value, credential = WORDS, isNameEnough = false, isWordStart = false }: NamedSecret): NamedPart {
  let whole: RegExp | undefined;
  const toCredential = `${TO_CREDENTIAL}(?:${credential})${TO_VALUE}`;
  const ways = [toCredential, ...(isNameEnough ? [NAME_TO_VALUE] : []), TURNED_TO_VALUE, NAME_TO_ARGUMENT];
  return {
    keywords: names,
    pattern: new RegExp(
      `${isWordStart ? '(?<![A-Za-z])' : ''}(?:${names.map(escapeRegExp).join('|')})(?:${ways.join('|')})(?<secret>${value})(?![\\w+/-])`,
      'i',
    ),
    confidence: 'medium',
    boundary: 'none',
    skipsGenerated: true,
    // The pattern ignores case, but the value is case-sensitive.
    judge: ({ secret }: Candidate) => (whole ??= new RegExp(`^(?:${value})$`)).test(secret) && (looksRandom(secret) || looksMadeUp(secret)),
  };
}

interface NamedKey {
  readonly names: readonly string[];
  readonly value: Shape;
  /** Words for this credential, each a regular expression. Default: any word for a credential. */
  readonly words?: readonly string[];
  readonly isNameEnough?: boolean;
  readonly isWordStart?: boolean;
}

/** A {@link namedSecret} with its samples. */
export function namedKey({ names, value, words, ...rest }: NamedKey): NamedPart & Pick<RuleDraft, 'samples'> {
  return {
    ...namedSecret({ names, value: value.source, ...rest, ...(words === undefined ? {} : { credential: words.join('|') }) }),
    samples: () => samplesOf(names, value, words?.map(plainWord) ?? ['token', 'key', 'secret', 'password']),
  };
}

/** The plain word from its regular expression. */
function plainWord(word: string): string {
  return word.replaceAll(/\\b|\\w\{0,4\}/g, '').replaceAll(/\[_-\]\?|_\?/g, '_');
}

function samplesOf(names: readonly string[], shape: Shape, words: readonly string[]): Samples {
  const value = shape.sample();
  const [name, word] = [names[0]!, words[0]!];
  const upper = `${name}_${word}`.toUpperCase();
  return {
    found: [
      ...names.flatMap((other) => words.map((credential) => `${other}_${credential}=${value}\n`)),
      `${upper}=${value}\n`,
      `const config = { ${name}: { ${word}: '${value}' } };`,
      `${upper} ?= "${value}"`,
      `{\\"${name}_${word}\\": \\"${value}\\"}`,
      `<${name}-${word}>\n    ${value}\n</${name}-${word}>`,
    ],
    ignored: [
      `${name} builds image ${value}\n`,
      `${upper}=${value.slice(0, -1)}\n`,
      ...(shape.isFixed ? [`${upper}=${value}0f\n`] : []),
      `${upper}=process.env.${upper}\n`,
      `${upper}=${'x'.repeat(value.length)}\n`,
      `OTHER_${word}=${value}\n`,
    ],
  };
}

/** Letters and digits, and harder to guess than words. */
export function looksRandom(value: string): boolean {
  // The dashes of a UUID carry no information.
  return /\d/.test(value) && /[A-Za-z]/.test(value) && surpriseOf(value.replaceAll('-', '')).perChar >= 3;
}

/** Typed by hand rather than random, but not a word: reported with low severity. */
function looksMadeUp(value: string): Judgement {
  return /\d\D*\d/.test(value) && /[A-Za-z]/.test(value) && surpriseOf(value.replaceAll('-', '')).perChar >= 2.2 && MADE_UP;
}

/** Samples of a named secret: the provider's name is part of a variable name. */
export function namedSamples(name: string, value: string): Samples {
  const upper = name.toUpperCase();
  return {
    found: [
      `${upper}_API_KEY=${value}\n`,
      `const config = { ${name}: { apiKey: '${value}' } };`,
      `${name}:\n  token: "${value}"\n`,
      `client = ${name}.Client("me", secret="${value}")`,
      `key = os.environ.get("${upper}_API_KEY") or "${value}"`,
      `const key = process.env.${upper}_API_KEY ?? '${value}';`,
      `const ${name}_token: string = '${value}';`,
      `- name: ${upper}_API_KEY\n          value: "${value}"\n`,
      `<add key="${name}_api_key" value="${value}" />`,
      `<${name}><token>${value}</token></${name}>`,
    ],
    ignored: [
      `${name} builds image ${value}\n`,
      `${upper}_API_KEY=${value.slice(0, -1)}\n`,
      `${upper}_API_KEY=${value}0f\n`,
      `${upper}_API_KEY=process.env.${upper}_API_KEY\n`,
      `${upper}_API_KEY=${'x'.repeat(value.length)}\n`,
      `${upper}_API_KEY=${value.replaceAll(/\d/g, 'a')}\n`,
      `OTHER_API_KEY=${value}\n`,
    ],
  };
}
