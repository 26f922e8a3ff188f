import { unescape } from '../engine/escapes.ts';
import type { Redacted } from './finding.ts';

/** Characters of the index. Shorter values are not hidden elsewhere: they are parts of words. */
const KEY_LENGTH = 4;
/** A shorter value is hidden only as a whole word. */
const LENGTH_IN_WORDS = 8;
/** In base64 a shorter value occurs by chance. */
const LENGTH_IN_BASE64 = 6;
/** Lines of a multi-line value that are hidden on their own: shorter ones are separators. */
const LENGTH_OF_LINE = 16;
/** Values that are kept, so that memory stays bounded. */
const MAX_VALUES = 100_000;

interface Known {
  readonly value: string;
  readonly shown: Redacted;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly shown: string;
}

/** A text in which values are hidden. */
export interface Hidden {
  readonly text: string;
  /** Where an offset of the original text is now. One inside a hidden value moves to its start or end. */
  readonly move: (offset: number, side: 'start' | 'end') => number;
}

/**
 * The raw values that a run found, to hide them wherever else their text would be shown: on other lines, in other files, in names, also
 * escaped, percent-encoded, in base64, or cut by the edge of an excerpt. No other part of a run keeps a value, and none can be read back.
 */
export class FoundValues {
  readonly #byStart = new Map<string, Known[]>();
  readonly #byEnd = new Map<string, Known[]>();
  readonly #values = new Set<string>();

  /**
   * @param value as it is in the file
   * @param shown what takes its place
   */
  add(value: string, shown: Redacted): void {
    for (const spelling of spellingsOf(value)) this.#addOne({ value: spelling, shown });
  }

  /** Hides values in a text. `isCut`: it is an excerpt that an ellipsis may have cut. */
  hide(text: string, isCut = false): Hidden {
    if (this.#values.size === 0) return { text, move: (offset) => offset };
    const spans = [
      ...this.#findIn(text),
      ...this.#findUnescaped(text),
      ...this.#findInBase64(text),
      ...(isCut ? this.#findAtEdges(text) : []),
    ];
    return replaceSpans(text, mergeSpans(spans));
  }

  /** Hides values in a name or message. Plain words stay: `password123` hides nothing of `docs/password.md`. */
  hideInName(text: string): string {
    if (this.#values.size === 0) return text;
    const isTelling = ({ start, end }: Span): boolean => {
      const value = text.slice(start, end);
      return value.length >= LENGTH_IN_WORDS && !/^(?:[A-Za-z]?[a-z]+|[\W_]+)$/.test(value);
    };
    const spans = [...this.#findIn(text), ...this.#findUnescaped(text), ...this.#findInBase64(text)];
    return replaceSpans(text, mergeSpans(spans.filter(isTelling))).text;
  }

  #addOne(known: Known): void {
    const { value } = known;
    if (value.length < KEY_LENGTH || this.#values.has(value) || this.#values.size >= MAX_VALUES) return;
    this.#values.add(value);
    append(this.#byStart, value.slice(0, KEY_LENGTH), known);
    append(this.#byEnd, value.slice(-KEY_LENGTH), known);
  }

  #findIn(text: string, least = KEY_LENGTH): Span[] {
    const spans: Span[] = [];
    for (let start = 0; start + KEY_LENGTH <= text.length; start++) {
      const candidates = this.#byStart.get(text.slice(start, start + KEY_LENGTH)) ?? [];
      const isHere = ({ value }: Known): boolean =>
        value.length >= least &&
        text.startsWith(value, start) &&
        (value.length >= LENGTH_IN_WORDS || isWhole(text, start, start + value.length));
      const found = longest(candidates.filter(isHere));
      if (found === null) continue;
      spans.push({ start, end: start + found.value.length, shown: found.shown });
      start += found.value.length - 1;
    }
    return spans;
  }

  #findUnescaped(text: string): Span[] {
    const spans: Span[] = [];
    const percent = unescape(text, 0, text.length);
    for (const plain of [percent, withoutBackslashes(text)]) {
      if (plain === null) continue;
      for (const { start, end, shown } of this.#findIn(plain.text)) {
        spans.push({ start: plain.offsets[start]!, end: plain.offsets[end]!, shown });
      }
    }
    return spans;
  }

  #findInBase64(text: string): Span[] {
    const spans: Span[] = [];
    for (const { 0: token, index } of text.matchAll(/[A-Za-z\d+/_-]{8,}={0,2}/g)) {
      const [before, after] = [text[index - 1] ?? '', text[index + token.length] ?? ''].map((char) => (char === '…' ? char : ''));
      // The value may begin anywhere in the encoded text, and an excerpt anywhere in the token.
      const holds = [0, 1, 2, 3].some((skip) => {
        const decoded = Buffer.from(token.slice(skip), 'base64').toString('utf8');
        return this.#findIn(decoded, LENGTH_IN_BASE64).length > 0 || this.#findAtEdges(`${before}${decoded}${after}`).length > 0;
      });
      if (holds) spans.push({ start: index, end: index + token.length, shown: `…[${token.length}]` });
    }
    return spans;
  }

  /** The beginning of a value before the ellipsis at the end, and the end of one behind the ellipsis at the beginning. */
  #findAtEdges(text: string): Span[] {
    const spans: Span[] = [];
    if (text.endsWith('…')) {
      const end = text.length - 1;
      for (let start = 0; start + KEY_LENGTH <= end; start++) {
        const rest = text.slice(start, end);
        const found = this.#byStart
          .get(rest.slice(0, KEY_LENGTH))
          ?.find(({ value }) => value.length > rest.length && value.startsWith(rest));
        if (found === undefined) continue;
        spans.push({ start, end, shown: found.shown });
        break;
      }
    }
    if (text.startsWith('…')) {
      for (let end = text.length; end - 1 >= KEY_LENGTH; end--) {
        const rest = text.slice(1, end);
        const found = this.#byEnd.get(rest.slice(-KEY_LENGTH))?.find(({ value }) => value.length > rest.length && value.endsWith(rest));
        if (found === undefined) continue;
        spans.push({ start: 1, end, shown: found.shown });
        break;
      }
    }
    return spans;
  }
}

/** The spellings of a value that other texts may have, in addition to those that {@link FoundValues} decodes in the text. */
function spellingsOf(value: string): string[] {
  const plain = unescape(value, 0, value.length)?.text ?? value;
  const bare = withoutBackslashes(plain)?.text ?? plain;
  const lines = /[\r\n]/.test(value) ? value.split(/\r?\n|\r/).filter((line) => line.length >= LENGTH_OF_LINE) : [];
  return [value, plain, bare, ...lines];
}

/** A text without the backslashes that quote the next character; null if there are none. */
function withoutBackslashes(text: string): { readonly text: string; readonly offsets: readonly number[] } | null {
  if (!/\\["'`\\/]/.test(text)) return null;
  let plain = '';
  const offsets: number[] = [];
  for (let at = 0; at < text.length; at++) {
    offsets.push(at);
    if (text[at] === '\\' && /["'`\\/]/.test(text[at + 1] ?? '')) at++;
    plain += text[at];
  }
  offsets.push(text.length);
  return { text: plain, offsets };
}

function isWhole(text: string, start: number, end: number): boolean {
  return !/\w/.test(text[start - 1] ?? '') && !/\w/.test(text[end] ?? '');
}

function longest(candidates: readonly Known[]): Known | null {
  return candidates.reduce<Known | null>((best, one) => (best === null || one.value.length > best.value.length ? one : best), null);
}

function append(map: Map<string, Known[]>, key: string, known: Known): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [known]);
  else list.push(known);
}

/** Ascending, not overlapping. If two overlap, the first is shown. */
function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end };
  }
  return merged;
}

function replaceSpans(text: string, spans: readonly Span[]): Hidden {
  let shown = '';
  let at = 0;
  const moved: { readonly span: Span; readonly start: number; readonly end: number }[] = [];
  for (const span of spans) {
    shown += text.slice(at, span.start);
    const start = shown.length;
    shown += span.shown;
    moved.push({ span, start, end: shown.length });
    at = span.end;
  }
  shown += text.slice(at);
  return {
    text: shown,
    move(offset, side) {
      const before = moved.findLast(({ span }) => span.start < offset || (span.start === offset && side === 'start'));
      if (before === undefined) return offset;
      if (offset < before.span.end) return side === 'start' ? before.start : before.end;
      return before.end + (offset - before.span.end);
    },
  };
}
