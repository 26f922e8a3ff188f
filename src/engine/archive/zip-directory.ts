import { decodeName } from './entry.ts';

/** Signatures of records, and their sizes without names and other variable fields. */
const LISTED = 0x02014b50;
const LISTED_SIZE = 46;
const END = 0x06054b50;
const END_SIZE = 22;
const LONG_END = 0x06064b50;
const LONG_END_SIZE = 56;
const LONG_END_LOCATOR = 0x07064b50;
const LONG_END_LOCATOR_SIZE = 20;
/** A comment may follow the end. */
const MOST_COMMENT = 0xffff;

/** Marks a number that did not fit: the extra field has it, with 64 bits. */
const ELSEWHERE = 0xffffffff;
const LONG_FIELD = 1;

/** What the archive says about a member. */
export interface Member {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  /** Null if it follows the data. */
  readonly checksum: number | null;
  readonly packed: number | null;
  readonly size: number | null;
  /** Offset of its local header. */
  readonly at: number;
}

/** The position of the directory, and the number of members that it should list. */
export interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** Base of all offsets: other data may precede the archive. */
  readonly base: number;
}

export function signature(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

export function hasSignature(bytes: Buffer, at: number, number: number, size: number): boolean {
  return at >= 0 && at + size <= bytes.length && bytes.readUInt32LE(at) === number;
}

export function findDirectory(bytes: Buffer): Directory | null {
  if (bytes.length < END_SIZE) return null;
  const at = bytes.lastIndexOf(signature(END), bytes.length - END_SIZE);
  if (at === -1 || at < bytes.length - END_SIZE - MOST_COMMENT) return null;
  const short = { end: at, count: bytes.readUInt16LE(at + 10), size: bytes.readUInt32LE(at + 12), offset: bytes.readUInt32LE(at + 16) };
  const { end, count, size, offset } = findLongEnd(bytes, at) ?? short;
  const start = end - size;
  return start < 0 || start < offset ? null : { start, end, count, base: start - offset };
}

/** The end record of an archive with more than 65,535 members or 4 GiB; null if there is only the short one. */
function findLongEnd(bytes: Buffer, endAt: number): { end: number; count: number; size: number; offset: number } | null {
  const locator = endAt - LONG_END_LOCATOR_SIZE;
  if (!hasSignature(bytes, locator, LONG_END_LOCATOR, LONG_END_LOCATOR_SIZE)) return null;
  // If other data precedes the archive, the offset is too small, but the record still ends right before its locator.
  const places = [readLong(bytes, locator + 8), locator - LONG_END_SIZE];
  const end = places.find((place) => hasSignature(bytes, place, LONG_END, LONG_END_SIZE));
  if (end === undefined) return null;
  return { end, count: readLong(bytes, end + 32), size: readLong(bytes, end + 40), offset: readLong(bytes, end + 48) };
}

/** Not exact beyond 2^53, but no file is that large. */
function readLong(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

export function* listMembers(bytes: Buffer, { start, end, base }: Directory): Generator<Member> {
  for (let at = start; at < end && hasSignature(bytes, at, LISTED, LISTED_SIZE);) {
    const nameEnd = at + LISTED_SIZE + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const [size, packed, offset] = longNumbers(bytes.subarray(nameEnd, extraEnd), [
      bytes.readUInt32LE(at + 24),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ]);
    yield {
      name: decodeName(bytes.subarray(at + LISTED_SIZE, nameEnd)),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      checksum: bytes.readUInt32LE(at + 16),
      packed: packed!,
      size: size!,
      at: base + offset!,
    };
    at = extraEnd + bytes.readUInt16LE(at + 32);
  }
}

/** The numbers of a record. Those that did not fit are taken from its extra field, which has them in the same order. */
export function longNumbers(extra: Buffer, numbers: readonly number[]): number[] {
  if (!numbers.includes(ELSEWHERE)) return [...numbers];
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== LONG_FIELD) continue;
    let next = at + 4;
    return numbers.map((number) => {
      if (number !== ELSEWHERE || next + 8 > extra.length) return number;
      next += 8;
      return readLong(extra, next - 8);
    });
  }
  return [...numbers];
}
