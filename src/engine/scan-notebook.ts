import { byPlace, type Match } from './match.ts';
import { readNotebook } from './notebook.ts';
import type { ScanInput, Scanner } from './scan-input.ts';

/**
 * Scans the raw file, and its cells as the code and text in them. Leftovers and comments only count in cells and outputs, not in images.
 */
export function scanNotebook(input: ScanInput, scanText: Scanner['scan']): Match[] {
  const raw = scanText(input);
  const notebook = readNotebook(input.bytes);
  if (notebook === null) return raw;
  const { bytes, extension, originOf, endOf, isText } = notebook;
  const matches = raw.filter(({ rule: { category }, start }) => category === 'secret' || category === 'conflict' || isText(start));
  const isActive: ScanInput['isActive'] = (rule) => rule.category === 'secret' && input.isActive(rule);
  for (const match of scanText({ bytes, path: input.path + extension, isActive })) {
    const [start, end] = [originOf(match.start), endOf(match.end)];
    if (matches.some((known) => known.rule.id === match.rule.id && known.start < end && start < known.end)) continue;
    const related = match.related === null ? null : ([originOf(match.related[0]), endOf(match.related[1])] as const);
    matches.push({ ...match, start, end, related });
  }
  return matches.sort(byPlace);
}
