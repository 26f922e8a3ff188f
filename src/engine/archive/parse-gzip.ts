import { crc32 } from 'node:zlib';
import { type Damage, decodeName, type Entry, type Opened, tooLarge, unopened } from './entry.ts';
import { inflate } from './inflate.ts';

const MAGIC = Buffer.of(0x1f, 0x8b, 8);
/** Size of the header without its optional fields: magic, flags, time, hints. */
const HEAD = 10;
const TRAILER = 8;
const FLAGS_AT = 3;
const FLAG = { headerChecksum: 2, extra: 4, name: 8, comment: 16, unknown: 0xe0 } as const;

/** `cat a.gz b.gz` is also a gzip file, and tools for random access write one part for every 64 KiB. */
const MOST_PARTS = 10_000;

interface Head {
  readonly name: string | null;
  /** Offset of the packed data. */
  readonly end: number;
}

/**
 * The one file in a gzip file (RFC 1952), with all its parts.
 *
 * @param path of the archive; used if the file has no name of its own
 */
export function* parseGzip(bytes: Buffer, path: string): Generator<Entry | Damage> {
  const head = parseHead(bytes, 0);
  if (head === null) yield { damage: 'damaged header' };
  else yield { name: head.name ?? nameFrom(path), open: (most) => openParts(bytes, head, most) };
}

function parseHead(bytes: Buffer, at: number): Head | null {
  if (bytes.length < at + HEAD || !bytes.subarray(at, at + MAGIC.length).equals(MAGIC)) return null;
  const flags = bytes[at + FLAGS_AT]!;
  if ((flags & FLAG.unknown) !== 0) return null;
  let end = at + HEAD;
  let name: string | null = null;
  if ((flags & FLAG.extra) !== 0) end += 2 + (end + 2 <= bytes.length ? bytes.readUInt16LE(end) : 0);
  for (const text of [FLAG.name, FLAG.comment]) {
    if ((flags & text) === 0) continue;
    const nul = bytes.indexOf(0, end);
    if (nul === -1) return null;
    if (text === FLAG.name) name = decodeName(bytes.subarray(end, nul));
    end = nul + 1;
  }
  if ((flags & FLAG.headerChecksum) !== 0) end += 2;
  return end <= bytes.length ? { name, end } : null;
}

function nameFrom(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.tgz$/i, '.tar').replace(/\.gz$/i, '');
}

function openParts(bytes: Buffer, first: Head, most: number): Opened {
  const parts: Buffer[] = [];
  let size = 0;
  let lost = 0;
  let end = first.end;
  let trouble: string | null = null;
  for (let head: Head | null = first; head !== null && trouble === null; head = parseHead(bytes, end)) {
    if (parts.length === MOST_PARTS) {
      trouble = `more than ${MOST_PARTS} parts`;
      break;
    }
    // The size of the last part, which is usually the only part.
    const expected = parts.length > 0 || bytes.length - head.end < TRAILER ? 0 : bytes.readUInt32LE(bytes.length - 4);
    const inflated = inflate(bytes.subarray(head.end), most - size, expected);
    if (inflated.kind === 'too-large') return tooLarge(most);
    if (inflated.kind === 'damaged') {
      trouble = 'damaged data';
      lost = inflated.cost;
      break;
    }
    parts.push(inflated.bytes);
    size += inflated.bytes.length;
    end = head.end + inflated.used;
    trouble = judgeTrailer(bytes, end, inflated.bytes);
    end += TRAILER;
  }
  if (parts.length === 0) return { ...unopened(trouble!), cost: lost };
  const content = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  return { bytes: content, span: [first.end, Math.min(end, bytes.length)], trouble, isTooLarge: false, cost: size + lost };
}

function judgeTrailer(bytes: Buffer, at: number, content: Buffer): string | null {
  if (bytes.length < at + TRAILER) return 'truncated';
  return bytes.readUInt32LE(at) === crc32(content) ? null : 'wrong checksum';
}
