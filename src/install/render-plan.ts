import type { Note, Plan } from './plan.ts';

/**
 * A plan for people: one line for all hooks with the same result, details of single hooks below it, and the advice at the end.
 *
 * @param isDryRun the plan is not applied
 */
export function renderPlan({ notes, advice = [] }: Plan, isDryRun: boolean): string {
  const lines = groupedBy(notes, ({ heading }) => heading).flatMap(([heading, group]) => [
    `${isDryRun && group[0]!.isChange ? `Would be ${heading[0]!.toLowerCase()}${heading.slice(1)}` : heading}: ${namesOf(group)}`,
    ...groupedBy(
      group.flatMap(({ hook, details = [] }) => details.map((text) => ({ hook, text, shared: text.replaceAll(`${hook}.`, '*.') }))),
      ({ shared }) => shared,
    ).map(([shared, some]) => `  ${namesOf(some)}: ${some.length === 1 ? some[0]!.text : shared}`),
  ]);
  return [...lines, ...advice.map((paragraph) => `\n${paragraph}`)].map((line) => `${line}\n`).join('');
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups];
}

function namesOf(items: readonly Pick<Note, 'hook'>[]): string {
  return items.map(({ hook }) => hook).join(', ');
}
