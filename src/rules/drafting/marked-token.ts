import { surpriseOf } from '../../engine/surprise.ts';
import { looksRandom } from './named-secret.ts';
import type { Candidate, RuleDraft } from '../../engine/rule.ts';
import { allSamples, tokenSamples } from './sample.ts';
import { escapeRegExp, type Shape } from './shapes.ts';

interface MarkedToken {
  /** Prefixes of such tokens; each is a keyword. */
  readonly markers: readonly string[];
  /** The rest of the token. */
  readonly body: Shape;
  /** The marker also occurs in names and in base64: require a digit and a letter after it, and no base64 around the token. */
  readonly isAmbiguous?: boolean;
}

/** Minimum bits per character after the marker; words have fewer. */
const LEAST_SURPRISE = 2.8;

/** Minimum for values that were typed by hand and contain words: these are reported with low severity. */
const LEAST_MADE_UP = 2;
const MADE_UP = { severity: 'low', confidence: 'low', evidence: 'it looks made up' } as const;

/** The shared part of rules about a token with a known prefix: keywords, pattern, samples, and a check that the rest is random. */
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

/** The engine makes sure that no letter, digit or `_` follows a value; this covers the other characters of its alphabet. */
function notLonger(source: string): string {
  const [, alphabet = ''] = /\[([^\]]+)\]\{[\d,]+\}\)?$/.exec(source) ?? [];
  return alphabet.endsWith('-') ? '(?!-)' : alphabet.endsWith('+/') ? '(?![+/=])' : '';
}
