import { surpriseOf } from '../../engine/plausibility.ts';
import { looksRandom } from './named-secret.ts';
import type { Candidate, RuleDraft } from '../../engine/rule.ts';
import { allSamples, tokenSamples } from './sample.ts';
import { escapeRegExp, type Shape } from './shapes.ts';

interface MarkedToken {
  /** What such tokens begin with; each is a keyword. */
  readonly markers: readonly string[];
  /** The rest of the token. */
  readonly body: Shape;
  /** The marker may stand in names and in base64 as well: the rest needs a digit and a letter, and no more base64 around it. */
  readonly isAmbiguous?: boolean;
}

/** Least bits a character of what follows a marker: words have fewer. */
const LEAST_SURPRISE = 2.8;

/** Typed by hand, with words in it: it is said, and weighs little. */
const LEAST_MADE_UP = 2;
const MADE_UP = { severity: 'low', confidence: 'low', evidence: 'it looks made up' } as const;

/** The part of a rule about a token that its marker gives away: keywords, pattern, samples, and a look whether the rest is random. */
export function markedToken({
  markers,
  body,
  isAmbiguous = false,
}: MarkedToken): Pick<RuleDraft, 'keywords' | 'pattern' | 'judge' | 'samples'> {
  const [marker, rest] = [markers.map(escapeRegExp).join('|'), body.source];
  return {
    keywords: markers,
    pattern: new RegExp(isAmbiguous ? `(?<![+/])(?:${marker})${rest}(?![+/=-])` : `(?:${marker})${rest}${notLonger(rest)}`),
    judge: ({ secret }: Candidate) => {
      const value = secret.slice(markers.find((start) => secret.startsWith(start))!.length);
      const { perChar } = surpriseOf(value);
      if (perChar >= LEAST_SURPRISE) return !isAmbiguous || looksRandom(value);
      return !isAmbiguous && perChar >= LEAST_MADE_UP && /\d\D*\d/.test(value) && MADE_UP;
    },
    samples: () => allSamples(...markers.map((start) => tokenSamples(start, body.sample()))),
  };
}

/** The engine sees to it that no letter, digit or `_` follows a value; what else its alphabet has is told here. */
function notLonger(source: string): string {
  const [, alphabet = ''] = /\[([^\]]+)\]\{[\d,]+\}\)?$/.exec(source) ?? [];
  return alphabet.endsWith('-') ? '(?!-)' : alphabet.endsWith('+/') ? '(?![+/=])' : '';
}
