import { crc32 } from 'node:zlib';
import { type Damage, decodeName, type Entry, type Opened, type Span, tooLarge, unopened } from './entry.ts';
import { inflate } from './inflate.ts';

/** Signatures of records, and their sizes without names and other variable fields. */
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const LISTED = 0x02014b50;
const LISTED_SIZE = 46;
const END = 0x06054b50;
const END_SIZE = 22;
const LONG_END = 0x06064b50;
const LONG_END_SIZE = 56;
const LONG_END_LOCATOR = 0x07064b50;
const LONG_END_LOCATOR_SIZE = 20;
const DESCRIPTOR = 0x08074b50;
/** A comment may follow the end. */
const MOST_COMMENT = 0xffff;

const ENCRYPTED = 1;
/** The sizes and the checksum follow the data. */
const SIZES_FOLLOW = 8;

const STORED = 0;
const DEFLATED = 8;
/** Compression methods that are in use and that Node does not support. */
const OTHER_METHODS: Readonly<Record<number, string>> = { 9: 'Deflate64', 12: 'BZip2', 14: 'LZMA', 93: 'Zstandard', 95: 'XZ', 99: 'AES' };

/** Marks a number that did not fit: the extra field has it, with 64 bits. */
const ELSEWHERE = 0xffffffff;
const LONG_FIELD = 1;

/** What the archive says about a member. */
interface Member {
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
interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** Base of all offsets: other data may precede the archive. */
  readonly base: number;
}

/**
 * The files in a zip archive: those that the directory lists, then those that only have a local header. Programs that read from the front
 * also see the latter, and without a directory there are no others.
 */
export function* parseZip(bytes: Buffer): Generator<Entry | Damage> {
  const taken: Span[] = [];
  const entryOf = (member: Member): Entry => ({
    name: member.name,
    open(most) {
      const { opened, end } = openMember(bytes, member, most);
      taken.push([member.at, Math.max(end, member.at + LOCAL_SIZE)]);
      return opened;
    },
  });
  const directory = findDirectory(bytes);
  if (directory === null) {
    yield { damage: 'missing or damaged directory: the archive may be truncated' };
  } else {
    let count = 0;
    for (const member of listMembers(bytes, directory)) {
      count++;
      if (isFolder(member)) taken.push([member.at, member.at + LOCAL_SIZE]);
      else yield entryOf(member);
    }
    if (count !== directory.count) yield { damage: `the directory lists ${count} of ${directory.count} members` };
  }
  for (const at of findUnlisted(bytes, taken)) {
    const member = parseLocal(bytes, at);
    if (member !== null && !isFolder(member)) yield entryOf(member);
  }
}

function signature(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

function hasSignature(bytes: Buffer, at: number, number: number, size: number): boolean {
  return at >= 0 && at + size <= bytes.length && bytes.readUInt32LE(at) === number;
}

/** Some programs compress the empty content of a folder, which takes two bytes. */
function isFolder({ name, packed, size }: Member): boolean {
  return name.endsWith('/') && size === 0 && packed! <= 2;
}

function findDirectory(bytes: Buffer): Directory | null {
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

function* listMembers(bytes: Buffer, { start, end, base }: Directory): Generator<Member> {
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
function longNumbers(extra: Buffer, numbers: readonly number[]): number[] {
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

/** Offsets of local headers of unlisted members. Ask for the next one only after opening the one before. */
function* findUnlisted(bytes: Buffer, taken: readonly Span[]): Generator<number> {
  const spans = taken.toSorted((a, b) => a[0] - b[0]);
  let next = 0;
  const local = signature(LOCAL);
  for (let at = bytes.indexOf(local); at !== -1;) {
    let from = at;
    for (; next < spans.length && spans[next]![0] <= at; next++) from = Math.max(from, spans[next]![1]);
    if (from === at) {
      const known = taken.length;
      yield at;
      from = taken.length > known ? taken.at(-1)![1] : at + 1;
    }
    at = bytes.indexOf(local, from);
  }
}

function parseLocal(bytes: Buffer, at: number): Member | null {
  if (!hasSignature(bytes, at, LOCAL, LOCAL_SIZE)) return null;
  const { start, nameEnd } = dataOf(bytes, at);
  const flags = bytes.readUInt16LE(at + 6);
  const isKnown = (flags & SIZES_FOLLOW) === 0;
  const [size, packed] = longNumbers(bytes.subarray(nameEnd, start), [bytes.readUInt32LE(at + 22), bytes.readUInt32LE(at + 18)]);
  return {
    name: decodeName(bytes.subarray(at + LOCAL_SIZE, nameEnd)),
    flags,
    method: bytes.readUInt16LE(at + 8),
    checksum: isKnown ? bytes.readUInt32LE(at + 14) : null,
    packed: isKnown ? packed! : null,
    size: isKnown ? size! : null,
    at,
  };
}

/** Offset of a member's data. */
function dataOf(bytes: Buffer, at: number): { start: number; nameEnd: number } {
  const nameEnd = at + LOCAL_SIZE + bytes.readUInt16LE(at + 26);
  return { start: nameEnd + bytes.readUInt16LE(at + 28), nameEnd };
}

/** `end`: the end of its data, as far as it is known. */
function openMember(bytes: Buffer, member: Member, most: number): { opened: Opened; end: number } {
  if (!hasSignature(bytes, member.at, LOCAL, LOCAL_SIZE)) {
    return { opened: unopened('not at the offset in the directory'), end: member.at };
  }
  const { start } = dataOf(bytes, member.at);
  const end = start + (member.packed ?? 0);
  const fail = (trouble: string): { opened: Opened; end: number } => ({ opened: unopened(trouble), end });
  if (start > bytes.length) return fail('truncated');
  if ((member.flags & ENCRYPTED) !== 0) return fail('encrypted');
  if (member.size !== null && member.size > most) return { opened: tooLarge(0), end };
  if (member.method === DEFLATED) return openDeflated(bytes, member, start, most);
  if (member.method !== STORED)
    return fail(`compressed with ${OTHER_METHODS[member.method] ?? `method ${member.method}`}, which is not supported`);
  if (member.packed === null) return fail('its size is unknown');
  if (member.packed > most) return { opened: tooLarge(0), end };
  const content = bytes.subarray(start, Math.min(end, bytes.length));
  return { opened: judge(member, content, [start, start + content.length], member.checksum), end };
}

function openDeflated(bytes: Buffer, member: Member, start: number, most: number): { opened: Opened; end: number } {
  const stated = start + (member.packed ?? Infinity);
  const inflated = inflate(bytes.subarray(start, Math.min(stated, bytes.length)), most, member.size ?? 0);
  const end = Math.min(stated, bytes.length);
  if (inflated.kind === 'too-large') return { opened: tooLarge(most), end };
  if (inflated.kind === 'damaged') {
    return { opened: { ...unopened('damaged data'), cost: inflated.cost }, end: member.packed === null ? start : end };
  }
  const used = start + inflated.used;
  return { opened: judge(member, inflated.bytes, [start, used], member.checksum ?? checksumBehind(bytes, used)), end: used };
}

function checksumBehind(bytes: Buffer, at: number): number | null {
  const isMarked = at + 4 <= bytes.length && bytes.readUInt32LE(at) === DESCRIPTOR;
  const from = isMarked ? at + 4 : at;
  return from + 4 <= bytes.length ? bytes.readUInt32LE(from) : null;
}

/** Does the content match its size and checksum? It is scanned in any case. */
function judge({ size }: Member, content: Buffer, span: Span, checksum: number | null): Opened {
  const isSame = crc32(content) === checksum && (size === null || size === content.length);
  return {
    bytes: content,
    span,
    trouble: isSame ? null : 'truncated, or its checksum is wrong',
    isTooLarge: false,
    cost: content.length,
  };
}
