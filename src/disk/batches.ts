/** What to write: a text, the parts of a text, or bytes. */
export type Content = string | Uint8Array | Iterable<string>;

/** UTF-16 code units of a batch: large enough that the number of system calls does not matter. */
const SIZE = 1 << 16;

/** Joins small parts of a text into batches worth a system call each. */
export function* batchesOf(parts: Iterable<string>): Generator<string, void, undefined> {
  let batch: string[] = [];
  let length = 0;
  for (const part of parts) {
    batch.push(part);
    length += part.length;
    if (length < SIZE) continue;
    yield batch.join('');
    [batch, length] = [[], 0];
  }
  if (length > 0) yield batch.join('');
}

/** The bytes to write, one batch after the other. */
export function* bytesOf(content: Content, encoding: 'utf8' | 'latin1' = 'utf8'): Generator<Uint8Array, void, undefined> {
  if (content instanceof Uint8Array) yield content;
  else for (const batch of batchesOf(typeof content === 'string' ? [content] : content)) yield Buffer.from(batch, encoding);
}
