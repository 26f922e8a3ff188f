import { type BaselineDocument, type BaselineEntry, inOrder, parseBaseline, renderDocument } from './baseline.ts';

/** Result of an edit: the new text, or the entry was changed or removed by someone else. */
export type Edit =
  | { readonly status: 'edited'; readonly text: string }
  | { readonly status: 'changed'; readonly entry: BaselineEntry }
  | { readonly status: 'gone' };

/**
 * Changes one entry in a baseline's text and keeps everything else: the order, other entries, and unknown fields.
 *
 * @param known the entry as it was read before
 * @param next null: remove it
 * @throws GuardianError CONFIG_INVALID where the text is no baseline (any more)
 */
export function editEntry(text: string, path: string, known: BaselineEntry, next: BaselineEntry | null): Edit {
  const { entries: current } = parseBaseline(text, path);
  const document = JSON.parse(text) as BaselineDocument;
  const wanted = JSON.stringify(known);
  const place = document.entries.findIndex((entry) => JSON.stringify(entry) === wanted);
  if (place < 0) {
    const entry = current.find(({ fingerprint }) => fingerprint === known.fingerprint);
    return entry === undefined ? { status: 'gone' } : { status: 'changed', entry };
  }
  const entries = document.entries.toSpliced(place, 1, ...(next === null ? [] : [inOrder(next)]));
  return { status: 'edited', text: renderDocument({ ...document, entries }) };
}
