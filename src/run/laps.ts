/** A part of a run: when it began and ended, in milliseconds since the process began. Those of other scanners lie within `scan`. */
export interface Lap {
  readonly name: 'acquire' | 'configure' | 'parse' | 'scan' | 'judge' | 'report' | `stage ${string}`;
  readonly start: number;
  readonly end: number;
}

export interface Laps {
  readonly done: readonly Lap[];
  /** What has gone on since the last one, or since our code began, is over. */
  readonly end: (name: Exclude<Lap['name'], `stage ${string}`>) => void;
  /** What went on beside them. */
  readonly add: (lap: Lap) => void;
}

/** @param elapsed milliseconds since the process began */
export function createLaps(startMs: number, elapsed: () => number): Laps {
  const done: Lap[] = [];
  let start = startMs;
  return {
    done,
    end(name) {
      const end = elapsed();
      done.push({ name, start, end });
      start = end;
    },
    add: (lap) => void done.push(lap),
  };
}
