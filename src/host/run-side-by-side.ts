/**
 * Runs tasks side by side, at most `most` at once. Results have the order of the tasks. After a failure no other task starts; the promise
 * rejects when all that started have ended.
 */
export async function runSideBySide<T>(tasks: readonly (() => Promise<T>)[], most: number): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    try {
      for (let i = next++; i < tasks.length; i = next++) results[i] = await tasks[i]!();
    } catch (thrown) {
      next = tasks.length;
      throw thrown;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(most, tasks.length) }, work));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return results;
}
