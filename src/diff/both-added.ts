import { type ChangedFile, EMPTY_CHECKSUM } from './changed-file.ts';

/**
 * What differs from every side of a merge: the files that no side has as they are, with the lines that are new to all sides. Lines that came
 * from one of them were scanned when they got there.
 *
 * @param sides the same content compared with each side; at least one
 * @returns files in the order of the first side, with one old blob per side
 */
export function keepNewToAll(sides: readonly (readonly ChangedFile[])[]): ChangedFile[] {
  const [first = [], ...others] = sides;
  const byPath = others.map((changes) => new Map(changes.map((change) => [nameOf(change), change])));
  return first.flatMap((change) => {
    const changes = [change, ...byPath.flatMap((side) => side.get(nameOf(change)) ?? [])];
    return changes.length === sides.length ? [joined(change, changes)] : [];
  });
}

function nameOf({ record }: ChangedFile): string {
  return record.pathBytes.toString('latin1');
}

function joined({ record, commit }: ChangedFile, changes: readonly ChangedFile[]): ChangedFile {
  const statuses = new Set(changes.map(({ record: { status } }) => status));
  return {
    commit,
    added: addedToAll(changes.map(({ added }) => added)),
    record: { ...record, oldBlobs: changes.flatMap(({ record: { oldBlobs } }) => oldBlobs), status: [...statuses].join('') },
  };
}

function addedToAll(sides: readonly ChangedFile['added'][]): ChangedFile['added'] {
  const patches = sides.filter((added) => added !== 'all');
  const [first] = patches;
  if (first === undefined || patches.length === 1) return first ?? 'all';
  const ranges = patches.map((patch) => patch.ranges).reduce(intersectRanges);
  return { ranges, checksum: EMPTY_CHECKSUM, hunks: ranges.length / 2, patches };
}

/** Common lines: ascending pairs of first line and number of lines. */
function intersectRanges(a: Uint32Array, b: Uint32Array): Uint32Array {
  const common: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [endOfA, endOfB] = [a[i]! + a[i + 1]!, b[j]! + b[j + 1]!];
    const start = Math.max(a[i]!, b[j]!);
    const lines = Math.min(endOfA, endOfB) - start;
    if (lines > 0) common.push(start, lines);
    if (endOfA <= endOfB) i += 2;
    if (endOfB <= endOfA) j += 2;
  }
  return Uint32Array.from(common);
}
