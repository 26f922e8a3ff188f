import type { Redacted } from '../findings/finding.ts';
import { visible } from '../findings/redact.ts';
import { type Palette, plainly } from './palette.ts';
import { clipEnd, clipStart, columnsOf } from './text-layout.ts';

/** A redacted line in three parts; the middle one gets marked. */
export interface ExcerptParts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** Share of the columns around the mark that the text before it may take. */
const BEFORE = 0.6;

/**
 * Cuts an excerpt to a width around its marked span.
 *
 * @param mark start and end in characters of the excerpt
 * @param width columns that it may take
 */
export function layOutExcerpt(
  excerpt: Redacted,
  mark: readonly [start: number, end: number],
  { palette, width }: { readonly palette: Palette; readonly width: number },
): ExcerptParts {
  const { ellipsis } = palette.signs;
  const part = (start: number, end?: number): string => plainly(visible(excerpt.slice(start, end)), palette);
  const before = part(0, mark[0]);
  const after = part(mark[1]);
  const marked = clipEnd(part(mark[0], mark[1]), width, ellipsis);
  const room = width - columnsOf(marked);
  const roomBefore = Math.max(room - columnsOf(after), Math.floor(room * BEFORE));
  const shownBefore = clipStart(before, roomBefore, ellipsis);
  return { before: shownBefore, marked, after: clipEnd(after, room - columnsOf(shownBefore), ellipsis) };
}
