import { crc32 } from 'node:zlib';
import { type Damage, decodeName, type Entry, type Opened, type Span, tooLarge, unopened } from './entry.ts';
import { inflate } from './inflate.ts';
import { findDirectory, hasSignature, listMembers, longNumbers, type Member, signature } from './zip-directory.ts';

/** Signatures of records, and their sizes without names and other variable fields. */
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const DESCRIPTOR = 0x08074b50;

const ENCRYPTED = 1;
/** The sizes and the checksum follow the data. */
const SIZES_FOLLOW = 8;

const STORED = 0;
const DEFLATED = 8;
/** Compression methods that are in use and that Node does not support. */
const OTHER_METHODS: Readonly<Record<number, string>> = { 9: 'Deflate64', 12: 'BZip2', 14: 'LZMA', 93: 'Zstandard', 95: 'XZ', 99: 'AES' };

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

/** Some programs compress the empty content of a folder, which takes two bytes. */
function isFolder({ name, packed, size }: Member): boolean {
  return name.endsWith('/') && size === 0 && packed! <= 2;
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
