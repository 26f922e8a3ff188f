import type { BaselineEntry, Label } from './baseline.ts';

/** Number of entries per label. */
export type LabelCounts = Readonly<Record<Label, number>>;

export const NO_LABELS: LabelCounts = { real: 0, ignored: 0, false: 0 };

/** Labels of entries by rule, without rules that have none. */
export function countLabels(entries: readonly BaselineEntry[]): ReadonlyMap<string, LabelCounts> {
  const counts = new Map<string, LabelCounts>();
  for (const { rule, label } of entries) {
    if (label === undefined) continue;
    const before = counts.get(rule) ?? NO_LABELS;
    counts.set(rule, { ...before, [label]: before[label] + 1 });
  }
  return counts;
}
