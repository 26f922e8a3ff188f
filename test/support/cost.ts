/**
 * CPU time of this process in milliseconds: the least of several runs, because a busy machine only ever adds to it.
 * Every thread of the process counts, so a test that uses it is a `*.cost.test.ts`, which runs in a process of its own.
 */
export function cpuTime(work: () => void, runs = 1): number {
  let least = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Below this, a measurement is noise. */
const LEAST_MS = 0.5;

/**
 * Whether four times the input costs about four times as much. Quadratic code takes sixteen times as long: the limit of
 * nine lies between the two.
 *
 * @param inputOf makes the input of a size, which is not measured
 * @param size of the smaller input: quadratic code must need a few milliseconds for it, or nothing is proved
 */
export function isLinear<T>(inputOf: (size: number) => T, work: (input: T) => void, size: number): boolean {
  const [small, large] = [inputOf(size), inputOf(4 * size)];
  const least = cpuTime(() => work(small), 3);
  const limit = 9 * Math.max(least, LEAST_MS);
  return [1, 3].some((runs) => cpuTime(() => work(large), runs) < limit);
}
