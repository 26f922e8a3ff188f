import { type ArchiveKind, archiveKindOf } from './archive-kind.ts';
import { type Damage, type Entry, type Span, tooLarge } from './entry.ts';
import { memberPath } from './member-path.ts';
import { parseGzip } from './parse-gzip.ts';
import { parseTar } from './parse-tar.ts';
import { parseZip } from './parse-zip.ts';

/** One result of unpacking. `path` is the path of the member or of the archive. */
export type Part =
  /** The name of a member, even if its content cannot be read. */
  | { readonly kind: 'name'; readonly path: string }
  /** The content of a file; for an archive, all bytes that belong to no member's content. */
  | { readonly kind: 'content'; readonly path: string; readonly bytes: Buffer }
  /** Content that could not be scanned, or not completely. */
  | { readonly kind: 'missed'; readonly path: string; readonly reason: 'too-large' | 'unreadable'; readonly detail: string };

export interface UnpackLimits {
  /** An archive in an archive has depth 2. */
  readonly maxDepth: number;
  /** Maximum size of one member, in bytes. */
  readonly maxMember: number;
  /** Remaining bytes to unpack, for all members and nested archives. */
  readonly budget: { left: number };
  /** Config keys of these limits, for messages. */
  readonly keys: { readonly maxDepth: string; readonly maxMember: string; readonly budget: string };
}

const LISTS: Readonly<Record<ArchiveKind, (bytes: Buffer, path: string) => Generator<Entry | Damage>>> = {
  zip: parseZip,
  gzip: parseGzip,
  tar: parseTar,
};

/** Even an empty member costs a little. */
const MOST_MEMBERS = 100_000;

/**
 * Everything in an archive and in nested archives, one member at a time and only on demand. Content that could not be scanned is reported.
 * The bytes between the members (names, comments, data that no program unpacks) follow at the end as one more content, so that every byte
 * is scanned.
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
      yield miss(path, 'too-large', `more than ${MOST_MEMBERS} members`);
      break;
    }

    // Tar members are not compressed and were counted with the archive. A tar archive in a gzip file is not a member and may be larger.
    const isPacked = kind !== 'tar';
    const most = kind === 'gzip' ? budget.left : isPacked ? Math.min(maxMember, budget.left) : maxMember;
    const isBudget = isPacked && most === budget.left;
    const opened = most > 0 ? entry.open(most) : tooLarge(0);
    if (isPacked) budget.left -= opened.cost;
    if (opened.isTooLarge && isBudget) {
      budget.left = 0;
      yield miss(path, 'too-large', `unpacks to more than the limit; see ${keys.budget}`);
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
      if (isTooDeep) yield miss(name, 'too-large', `nested ${depth + 1} archives deep; see ${keys.maxDepth}`);
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

/** The bytes outside all spans, with a NUL in place of each span. */
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
