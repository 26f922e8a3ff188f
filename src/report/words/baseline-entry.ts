import type { BaselineEntry, EntryStatus } from '../../findings/baseline.ts';
import type { Finding } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import { plainly } from '../palette.ts';
import { labelled, renderPlace } from '../formats/pretty-findings.ts';
import { sentence } from '../text-layout.ts';
import type { View } from '../view.ts';

/** An accepted finding, and what is known of it now. */
export interface EntryView {
  readonly entry: BaselineEntry;
  readonly status: EntryStatus;
  /** Null: there is none of that name any more. */
  readonly rule: Pick<Finding, 'message' | 'severity'> | null;
  /** Where the tracked files still hold it. */
  readonly places: readonly Finding[];
  /** Why its file was not looked at; null: it was. */
  readonly gap: string | null;
  /** `3/9`. */
  readonly position: string;
}

/** So many places are shown. */
const MAX_PLACES = 3;

/** All that helps to say what an entry is. */
export function renderEntry({ entry, status, rule, places, gap, position }: EntryView, view: View): string[] {
  const { palette } = view;
  const { path, reason, expires, label } = entry;
  const { dot, ellipsis } = palette.signs;
  const known = places[0] ?? rule;
  const about = known === null ? [entry.rule, 'no such rule any more'] : [sentence(known.message), entry.rule, known.severity];
  const title = [...about, status, ...(label === undefined ? [] : [label])].join(` ${dot} `);
  const hidden = places.length - MAX_PLACES;
  const when = status === 'expired' ? `${expires}: over, so it counts again` : expires;
  return [
    `${palette.dim(position)}  ${palette.bold(plainly(visible(title), palette))}`,
    '',
    ...places.slice(0, MAX_PLACES).flatMap((finding) => renderPlace(finding, false, view)),
    ...(hidden > 0 ? [`  ${ellipsis} and ${hidden} more`, ''] : []),
    ...(places.length > 0 ? [] : [`  ${palette.cyan(plainly(visible(path), palette))}`, ...labelled('Gone', whyGone(gap), view)]),
    ...(reason === undefined ? [] : labelled('Reason', reason, view)),
    ...(when === undefined ? [] : labelled('Until', when, view)),
  ];
}

function whyGone(gap: string | null): string {
  return gap === null ? 'nothing in the tracked files matches it any more' : `perhaps not: the file was not looked at (${gap})`;
}
