import { type ArchiveKind, archiveKindOf } from './archive-kind.ts';
import { type Damage, type Entry, type Span, tooLarge } from './entry.ts';
import { memberPath } from './member-path.ts';
import { parseGzip } from './parse-gzip.ts';
import { parseTar } from './parse-tar.ts';
import { parseZip } from './parse-zip.ts';

/** One thing that an archive gives. `path` is that of the member it is about, or of the archive. */
export type Part =
  /** There is a file of this name, whatever becomes of its content. */
  | { readonly kind: 'name'; readonly path: string }
  /** A file's content; of an archive: what of it is no content of a member. */
  | { readonly kind: 'content'; readonly path: string; readonly bytes: Buffer }
  /** Something that could not be looked at, or not all of it. */
  | { readonly kind: 'missed'; readonly path: string; readonly reason: 'too-large' | 'unreadable'; readonly detail: string };

export interface UnpackLimits {
  /** An archive in an archive is 2 deep. */
  readonly maxDepth: number;
  /** Bytes of one member. */
  readonly maxMember: number;
  /** Bytes that may still be unpacked: of all members, and of archives in archives. Counted down. */
  readonly budget: { left: number };
  /** Keys of the config that these come from, for the words. */
  readonly keys: { readonly maxDepth: string; readonly maxMember: string; readonly budget: string };
}

const LISTS: Readonly<Record<ArchiveKind, (bytes: Buffer, path: string) => Generator<Entry | Damage>>> = {
  zip: parseZip,
  gzip: parseGzip,
  tar: parseTar,
};

/** Each costs a little, even where there is nothing in it. */
const MOST_MEMBERS = 100_000;

/**
 * All that is in an archive, and in archives in it: one member at a time, and no more of them than is asked for. What could not be looked at
 * is said; what stands between the members (names, comments, what no program would unpack) comes at the end as one more content, so that
 * every byte is seen.
 *
 * @param path of the archive
 */
export function* unpack(bytes: Buffer, path: string, limits: UnpackLimits): Generator<Part> {
  const kind = archiveKindOf(bytes);
  if (kind !== null) yield* unpackAt(kind, bytes, path, 1, limits);
}

function* unpackAt(kind: ArchiveKind, bytes: Buffer, path: string, depth: number, limits: UnpackLimits): Generator<Part> {
  const { budget, keys, maxMember } = limits;
  const seen: Span[] = [];
  let members = 0;
  for (const entry of LISTS[kind](bytes, path)) {
    if ('damage' in entry) {
      yield miss(path, 'unreadable', entry.damage);
      continue;
    }
    if (++members > MOST_MEMBERS) {
      yield miss(path, 'too-large', `it has more than ${MOST_MEMBERS} members`);
      break;
    }

    // What is in a tape archive lies there unpacked, and was counted with it. One that is packed as a whole is no member, and may be larger.
    const isPacked = kind !== 'tar';
    const most = kind === 'gzip' ? budget.left : isPacked ? Math.min(maxMember, budget.left) : maxMember;
    const isBudget = isPacked && most === budget.left;
    const opened = most > 0 ? entry.open(most) : tooLarge(0);
    if (isPacked) budget.left -= opened.cost;
    if (opened.isTooLarge && isBudget) {
      budget.left = 0;
      yield miss(path, 'too-large', `more comes out of it than may; see ${keys.budget}`);
      break;
    }

    const { bytes: content, trouble } = opened;
    const inner = content === null ? null : archiveKindOf(content);
    const isPackedTar = kind === 'gzip' && inner === 'tar';
    const name = isPackedTar ? path : memberPath(path, entry.name);
    if (!isPackedTar) yield { kind: 'name', path: name };
    if (trouble !== null) yield miss(name, 'unreadable', trouble);
    if (opened.isTooLarge || (!isPackedTar && content !== null && content.length > maxMember)) {
      yield miss(name, 'too-large', `more than ${maxMember} bytes; see ${keys.maxMember}`);
    } else if (content !== null) {
      seen.push(opened.span);
      const isTooDeep = inner !== null && !isPackedTar && depth >= limits.maxDepth;
      if (isTooDeep) yield miss(name, 'too-large', `an archive ${depth + 1} deep; see ${keys.maxDepth}`);
      if (inner === null || isTooDeep) yield { kind: 'content', path: name, bytes: content };
      else yield* unpackAt(inner, content, name, isPackedTar ? depth : depth + 1, limits);
    }
  }
  const rest = outside(bytes, seen);
  if (rest.length > 0) yield { kind: 'content', path, bytes: rest };
}

function miss(path: string, reason: 'too-large' | 'unreadable', detail: string): Part {
  return { kind: 'missed', path, reason, detail };
}

const BETWEEN = Buffer.of(0);

/** The bytes in none of the spans, with a NUL where one was left out. */
function outside(bytes: Buffer, spans: readonly Span[]): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (start > at) pieces.push(bytes.subarray(at, start), BETWEEN);
    at = Math.max(at, end);
  }
  if (at < bytes.length) pieces.push(bytes.subarray(at));
  return Buffer.concat(pieces);
}
