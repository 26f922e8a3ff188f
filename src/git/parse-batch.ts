/** A reader of `git cat-file --batch`. */
export interface BatchParser {
  /** Parses the next bytes of git's stdout. */
  readonly push: (chunk: Buffer) => void;
  /** The bytes after the last requested object. */
  readonly rest: () => Buffer;
}

/**
 * Parses `git cat-file --batch`: `ID TYPE SIZE LF content LF`, or `NAME missing LF`.
 *
 * @param onObject called once per request, in order, with id, content and size in bytes; for a missing object with git's answer and null twice
 * @param count number of objects to parse; later bytes are not read
 * @param maxSize a larger object is reported with its size and null as content, and is never held in memory
 */
export function createBatchParser(
  onObject: (id: string, bytes: Buffer | null, size: number | null) => void,
  count = Infinity,
  maxSize = Infinity,
): BatchParser {
  let pieces: Buffer[] = [];
  let size = 0;
  /** Bytes that the next step needs; 0: up to the next LF. */
  let needed = 0;
  /** Remaining bytes of a large object to skip. */
  let passing = 0;
  let name = '';
  let left = count;
  return {
    rest: () => Buffer.concat(pieces),
    push(chunk) {
      pieces.push(chunk);
      size += chunk.length;
      if (size < needed) return;
      let bytes = pieces.length === 1 ? chunk : Buffer.concat(pieces);
      while (left > 0) {
        if (passing > 0) {
          const passed = Math.min(passing, bytes.length);
          bytes = bytes.subarray(passed);
          passing -= passed;
          if (passing > 0) break;
        }
        if (needed === 0) {
          const end = bytes.indexOf(0x0a);
          if (end === -1) break;
          const header = bytes.toString('utf8', 0, end);
          bytes = bytes.subarray(end + 1);
          const [, subject = '', length] = /^(.*) [a-z]+ (\d+)$/.exec(header) ?? [];
          if (length === undefined) {
            left--;
            onObject(header, null, null);
            continue;
          }
          if (Number(length) > maxSize) {
            left--;
            onObject(subject, null, Number(length));
            passing = Number(length) + 1;
            continue;
          }
          name = subject;
          needed = Number(length) + 1;
        }
        if (bytes.length < needed) break;
        left--;
        onObject(name, bytes.subarray(0, needed - 1), needed - 1);
        bytes = bytes.subarray(needed);
        needed = 0;
      }
      pieces = [bytes];
      size = bytes.length;
    },
  };
}
