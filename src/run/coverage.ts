import { countAdded, countLines } from '../diff/added-lines.ts';
import type { Coverage } from '../report/scan-report.ts';
import type { ScannedFile } from './scanned-file.ts';

type Counts = { -readonly [K in keyof Coverage]: { -readonly [C in keyof Coverage[K]]: number } };

/** Counts what a run has to scan against what it scanned. */
export class CoverageCounter {
  readonly counts: Counts = { files: zero(), hunks: zero(), lines: zero(), bytes: zero() };

  /** A file that the run has to scan. Its lines are known if they come from a diff; its bytes are not yet. */
  expect({ added }: ScannedFile): void {
    const { files, hunks, lines } = this.counts;
    files.expected++;
    hunks.expected += added === 'all' ? 1 : added.hunks;
    lines.expected += added === 'all' ? 0 : countAdded(added);
  }

  /**
   * The file was scanned.
   *
   * @param isAllAdded every line counts as added, whatever the diff says
   */
  cover({ added }: ScannedFile, content: Buffer, isAllAdded: boolean): void {
    const { files, hunks, lines, bytes } = this.counts;
    const scanned = added === 'all' || isAllAdded ? countLines(content) : countAdded(added);
    files.scanned++;
    hunks.scanned += added === 'all' ? 1 : added.hunks;
    lines.expected += scanned - (added === 'all' ? 0 : countAdded(added));
    lines.scanned += scanned;
    bytes.expected += content.length;
    bytes.scanned += content.length;
  }

  /** Bytes that are not scanned. */
  miss(bytes: number): void {
    this.counts.bytes.expected += bytes;
  }
}

/** Was everything scanned that had to be? */
export function isComplete(coverage: Coverage): boolean {
  return Object.values(coverage).every(({ expected, scanned }) => expected === scanned);
}

function zero(): { expected: number; scanned: number } {
  return { expected: 0, scanned: 0 };
}
