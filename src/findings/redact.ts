import type { Redacted } from './finding.ts';

/** Longest public marker (`ghp_`, `AKIA`) that stays readable. */
const MAX_MARKER = 16;
const MAX_EXCERPT = 200;
/** Characters kept before the marked span of a cut line. */
const CONTEXT = 60;

/**
 * Redacts a value to its public marker and its length: `ghp_…[40]`.
 *
 * @param markers literals published by providers; the longest matching prefix stays
 */
export function redactValue(value: string, markers: readonly string[]): Redacted {
  let marker = '';
  for (const candidate of markers) {
    const isLonger = candidate.length > marker.length && candidate.length <= MAX_MARKER && candidate.length * 2 <= value.length;
    if (isLonger && value.startsWith(candidate)) marker = candidate;
  }
  return visible(`${marker}…[${value.length}]`) as Redacted;
}

/** A span of a line that must not be shown, and its replacement. */
export interface Cover {
  readonly start: number;
  readonly end: number;
  readonly text: Redacted;
}

export interface Excerpt {
  readonly text: Redacted;
  readonly mark: readonly [start: number, end: number];
}

/**
 * One line with its values redacted, cut to at most 200 characters around the span of interest.
 *
 * @param line  the line as text
 * @param covers spans to redact: ascending, not overlapping, in characters of the line
 * @param span  the marked span, in characters of the line
 */
export function renderExcerpt(line: string, covers: readonly Cover[], span: readonly [number, number]): Excerpt {
  let text = '';
  let at = 0;
  let markStart: number | null = null;
  let markEnd: number | null = null;
  const copyTo = (end: number): void => {
    if (markStart === null && span[0] >= at && span[0] <= end) markStart = text.length + visible(line.slice(at, span[0])).length;
    if (markEnd === null && span[1] >= at && span[1] <= end) markEnd = text.length + visible(line.slice(at, span[1])).length;
    text += visible(line.slice(at, end));
    at = end;
  };
  for (const cover of covers) {
    if (cover.start > at) copyTo(cover.start);
    const from = text.length;
    text += cover.text;
    if (span[0] < cover.end && span[1] > cover.start) {
      markStart = Math.min(markStart ?? from, from);
      markEnd = text.length;
    }
    at = Math.max(at, cover.end);
  }
  copyTo(line.length);
  const mark: [number, number] = [markStart ?? 0, Math.max(markEnd ?? text.length, (markStart ?? 0) + 1)];
  return cut(text, mark);
}

/** Drops leading whitespace; a long line keeps the text around the mark. */
function cut(full: string, [start, end]: readonly [number, number]): Excerpt {
  const indent = Math.min(/^\s*/.exec(full)![0].length, start);
  let text = full.slice(indent);
  let [from, to] = [start - indent, end - indent];
  if (text.length > MAX_EXCERPT && from > CONTEXT) {
    let drop = Math.min(from - CONTEXT, text.length - MAX_EXCERPT + 1);
    if (isHalf(text, drop + 1)) drop++;
    text = `…${text.slice(drop + 1)}`;
    [from, to] = [from - drop, to - drop];
  }
  if (text.length > MAX_EXCERPT) {
    const most = MAX_EXCERPT - 1;
    text = `${text.slice(0, isHalf(text, most) ? most - 1 : most)}…`;
  }
  text = text.trimEnd();
  return { text: text as Redacted, mark: [Math.min(from, text.length), Math.min(to, text.length)] };
}

/** Whether a cut here splits a surrogate pair. */
function isHalf(text: string, at: number): boolean {
  return text.codePointAt(at - 1)! > 0xffff;
}

/** Replaces control characters, which could move the cursor or forge lines, with one visible character each. Tabs become a space. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (char) =>
    char === '\t' ? ' ' : '\ufffd',
  );
}
