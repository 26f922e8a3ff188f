import { realpathSync } from 'node:fs';
import type { CodeSplittingNameFunction } from 'rolldown';
import type { Chunk } from './chunk-table.ts';

/** Says which chunk of `table` a module is in: the first one that needs it. Null leaves the choice to rolldown. */
export function assignChunks(table: readonly Chunk[]): CodeSplittingNameFunction {
  const paths = (chunks: readonly Chunk[]): string[] => chunks.flatMap(({ entries }) => entries.map((entry) => realpathSync(entry)));
  const deferred = new Set(paths(table.filter(({ isOnFirstUse }) => isOnFirstUse)));
  const assigned = new Map<string, string>();
  return (id, graph) => {
    const assign = (module: string, name: string): void => {
      if (assigned.has(module)) return;
      assigned.set(module, name);
      for (const imported of graph.getModuleInfo(module)?.importedIds ?? []) if (!deferred.has(imported)) assign(imported, name);
    };
    if (assigned.size === 0) for (const chunk of table) for (const entry of paths([chunk])) assign(entry, chunk.name);
    return assigned.get(id) ?? null;
  };
}
