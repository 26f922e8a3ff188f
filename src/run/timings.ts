/** A part of a run: when it began and ended, in milliseconds since the process began. Those of other scanners lie within `scan`. */
export interface Timing {
  readonly name: 'acquire' | 'configure' | 'parse' | 'scan' | 'judge' | 'report' | `stage ${string}`;
  readonly start: number;
  readonly end: number;
}

export interface Timings {
  readonly done: readonly Timing[];
  /** What has gone on since the last one, or since our code began, is over. */
  readonly end: (name: Exclude<Timing['name'], `stage ${string}`>) => void;
  /** What went on beside them. */
  readonly add: (timing: Timing) => void;
}

/** @param elapsed milliseconds since the process began */
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
