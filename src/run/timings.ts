/** A part of a run: when it began and ended, in milliseconds since the process started. Other scanners run within `scan`. */
export interface Timing {
  readonly name: 'acquire' | 'configure' | 'parse' | 'scan' | 'judge' | 'report' | `stage ${string}`;
  readonly start: number;
  readonly end: number;
}

export interface Timings {
  readonly done: readonly Timing[];
  /** Ends the part that began when the last one ended, or when our code started. */
  readonly end: (name: Exclude<Timing['name'], `stage ${string}`>) => void;
  /** Adds a part that ran in parallel. */
  readonly add: (timing: Timing) => void;
}

/** @param elapsed milliseconds since the process started */
export function createTimings(startMs: number, elapsed: () => number): Timings {
  const done: Timing[] = [];
  let start = startMs;
  return {
    done,
    end(name) {
      const end = elapsed();
      done.push({ name, start, end });
      start = end;
    },
    add: (timing) => void done.push(timing),
  };
}
