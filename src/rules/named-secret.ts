import { surpriseOf } from '../engine/plausibility.ts';
import type { Candidate, RuleDraft, Samples } from './rule.ts';

/** From the provider's name to a word for a credential: `acme: { auth: { `. */
const TO_CREDENTIAL = String.raw`[\w.\s:"'{(=<>,/@-]{0,60}?`;
const CREDENTIAL = 'key|token|secret|password|passwd|pat|auth|credential|license|licence';
/**
 * From a credential's name to its value: the rest of the name, a type, an operator, a word before the value (`value:` of the next line,
 * `Bearer`), an opening quote.
 */
export const TO_VALUE =
  String.raw`[\w.-]{0,20}["'\])]{0,3}(?::\s?[A-Za-z&]{1,20}(?=\s?=))?\s{0,4}(?:=>|:=|\|\||\?\?|[=:,(>]|\s)\s{0,20}` +
  String.raw`(?:(?:value|or|bearer|basic|token|ssws)\b[\s=:"']{0,5})?["'\x60]{0,2}`;

interface NamedSecret {
  /** How people write the provider's name, in any case; each is a keyword. */
  readonly names: readonly string[];
  /** Regular expression of the value, case counts. */
  readonly value: string;
  /** Words, one of which has to stand between name and value. Default: any for a credential. */
  readonly credential?: string;
}

/**
 * The part of a rule about a value without a marker of its own: it follows the provider's name and a word for a credential
 * (`ACME_API_KEY=…`, `acme: { token: '…' }`), and looks like no word.
 */
export function namedSecret({
  names,
  value,
  credential = CREDENTIAL,
}: NamedSecret): Pick<RuleDraft, 'keywords' | 'pattern' | 'boundary' | 'skipsGenerated' | 'judge' | 'confidence'> {
  const words = names.map((name) => name.replaceAll(/[.+]/g, '\\$&')).join('|');
  const whole = new RegExp(`^(?:${value})$`);
  return {
    keywords: names,
    pattern: new RegExp(`(?:${words})${TO_CREDENTIAL}(?:${credential})${TO_VALUE}(?<secret>${value})(?![\\w+/-])`, 'i'),
    confidence: 'medium',
    boundary: 'none',
    skipsGenerated: true,
    judge: ({ secret }: Candidate) => whole.test(secret) && looksRandom(secret),
  };
}

/** Letters and digits, and harder to guess than words. */
export function looksRandom(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && surpriseOf(value).perChar >= 3;
}

/** Samples of a named secret: the name is one that stands in a variable. */
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
