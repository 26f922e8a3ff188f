/** A reader of `git cat-file --batch`. */
export interface BatchParser {
  /** Takes the next bytes of git's stdout. */
  readonly push: (chunk: Buffer) => void;
  /** What came behind the last answer that was asked for. */
  readonly rest: () => Buffer;
}

/**
 * Parses `git cat-file --batch`: `ID TYPE SIZE LF content LF`, or `NAME missing LF`.
 *
 * @param onObject called once a request, in order: id, content and its size in bytes; for what git does not have its words and null twice
 * @param count so many answers are parsed, and what follows is left alone
 * @param maxSize of a larger object only the size is told, and null in place of its content, which is never held
 */
export function createBatchParser(
  onObject: (id: string, bytes: Buffer | null, size: number | null) => void,
  count = Infinity,
  maxSize = Infinity,
): BatchParser {
  let pieces: Buffer[] = [];
  let size = 0;
  /** Bytes that the next step needs; 0: as many as there are until a LF. */
  let needed = 0;
  /** Bytes of a large object that are still to be passed over. */
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
