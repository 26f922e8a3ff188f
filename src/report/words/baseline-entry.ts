import type { BaselineEntry, EntryStatus } from '../../findings/baseline.ts';
import type { Finding } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import { plainly } from '../palette.ts';
import { labelled, renderPlace } from '../formats/pretty-findings.ts';
import { sentence } from '../text-layout.ts';
import type { View } from '../view.ts';

/** An accepted finding and its current state. */
export interface EntryView {
  readonly entry: BaselineEntry;
  readonly status: EntryStatus;
  /** Null: the rule no longer exists. */
  readonly rule: Pick<Finding, 'message' | 'severity'> | null;
  /** Where it still is in the tracked files. */
  readonly places: readonly Finding[];
  /** Why its file was not scanned; null if it was. */
  readonly gap: string | null;
  /** `3/9`. */
  readonly position: string;
}

const MAX_PLACES = 3;

/** What a person needs to judge an entry. */
export function renderEntry({ entry, status, rule, places, gap, position }: EntryView, view: View): string[] {
  const { palette } = view;
  const { path, reason, expires, label } = entry;
  const { dot, ellipsis } = palette.signs;
  const known = places[0] ?? rule;
  const about = known === null ? [entry.rule, 'rule no longer exists'] : [sentence(known.message), entry.rule, known.severity];
  const title = [...about, status, ...(label === undefined ? [] : [label])].join(` ${dot} `);
  const hidden = places.length - MAX_PLACES;
  const when = status === 'expired' ? `${expires}: expired, so it is reported again` : expires;
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
  return gap === null ? 'it is no longer in the tracked files' : `maybe not: the file was not scanned (${gap})`;
}
