import type { Redacted } from './finding.ts';

/** Longest public marker (`ghp_`, `AKIA`) that stays readable. */
const MAX_MARKER = 16;
const MAX_EXCERPT = 200;
/** Where a long line is cut, this much stays before the marked span. */
const CONTEXT = 60;

/**
 * A value with nothing of it left but its public marker and its length: `ghp_…[40]`.
 *
 * @param markers literals that providers publish; the longest one that the value begins with stays
 */
export function redactValue(value: string, markers: readonly string[]): Redacted {
  let marker = '';
  for (const candidate of markers) {
    const isLonger = candidate.length > marker.length && candidate.length <= MAX_MARKER && candidate.length * 2 <= value.length;
    if (isLonger && value.startsWith(candidate)) marker = candidate;
  }
  return visible(`${marker}…[${value.length}]`) as Redacted;
}

/** A stretch of a line that must not be shown, and what stands in its place. */
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
 * One line with its values covered, cut to at most 200 characters around the span of interest.
 *
 * @param line  the line as text
 * @param covers what is hidden: ascending, not overlapping, in characters of the line
 * @param span  what is marked, in characters of the line
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

/** Leading blanks go; a long line keeps what stands around the mark. */
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

/** Does a cut here divide a surrogate pair? */
function isHalf(text: string, at: number): boolean {
  return text.codePointAt(at - 1)! > 0xffff;
}

/** Control characters, which could move the cursor or forge lines, become one visible character each. Tabs become a blank. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (char) =>
    char === '\t' ? ' ' : '\ufffd',
  );
}
