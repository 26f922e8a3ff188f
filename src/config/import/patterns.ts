import { describeRisk, findPatternRisks } from '../../patterns/pattern-safety.ts';
import { attempt, cannotCarry } from '../../errors/cannot-carry.ts';
import { parseGoPattern } from '../../patterns/parse-go-pattern.ts';
import { pathGlobs } from './path-globs.ts';
import { renderPattern } from '../../patterns/render-pattern.ts';

/** Converts one pattern of a list. Failures are reported by index, because a pattern may contain a secret. */
type Translate = (sources: readonly string[], where: string, tell: (note: string) => void) => string[];

/** Patterns of paths → globs. */
export const translatePaths: Translate = (sources, where, tell) =>
  translateAll(sources, where, tell, (source) => pathGlobs(parseGoPattern(source)));

/** Patterns of values → patterns without flags. They have no timeout, so risky ones are skipped. */
export const translateValues: Translate = (sources, where, tell) =>
  translateAll(sources, where, tell, (source) => {
    const pattern = renderPattern(parseGoPattern(source), { secretGroup: null, ignoresCase: false });
    checkPattern(pattern);
    const [risk] = findPatternRisks(pattern, '');
    return risk === undefined ? [pattern] : cannotCarry(`it ${describeRisk(pattern, risk)}`);
  });

function translateAll(
  sources: readonly string[],
  where: string,
  tell: (note: string) => void,
  translate: (source: string) => readonly string[],
): string[] {
  const translated = sources.flatMap((source, i) => {
    const tried = attempt(() => translate(source));
    if ('made' in tried) return tried.made;
    tell(`${where}[${i}]: ${tried.reason}`);
    return [];
  });
  return [...new Set(translated)];
}

/** @throws GuardianError INPUT_INVALID for what a config may not hold */
export function checkPattern(source: string, flags = ''): void {
  if (new RegExp(source, flags).test('')) cannotCarry('it matches an empty text');
}

/** A word in any case, as a pattern without flags. */
export function wordPattern(word: string): string {
  return Array.from(word, (char) => {
    if (/^[a-z]$/i.test(char)) return `[${char.toUpperCase()}${char.toLowerCase()}]`;
    return /^[\x20-\x7e]$/.test(char) ? char.replace(/[\\^$.*+?()[\]{}|]/, '\\$&') : hexBytes(char);
  }).join('');
}

function hexBytes(char: string): string {
  return [...Buffer.from(char)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
