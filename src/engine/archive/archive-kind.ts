export type ArchiveKind = 'zip' | 'gzip' | 'tar';

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
/** The last byte is the only defined compression method. */
const GZIP = Buffer.of(0x1f, 0x8b, 8);
const USTAR = Buffer.from('ustar');
const USTAR_AT = 257;

/** The kind of archive by the first bytes, never by the name; null if it is not an archive. */
export function archiveKindOf(bytes: Buffer): ArchiveKind | null {
  if (beginsWith(bytes, 0, ZIP)) return 'zip';
  if (beginsWith(bytes, 0, GZIP)) return 'gzip';
  return beginsWith(bytes, USTAR_AT, USTAR) ? 'tar' : null;
}

function beginsWith(bytes: Buffer, at: number, mark: Buffer): boolean {
  return bytes[at] === mark[0] && mark.equals(bytes.subarray(at, at + mark.length));
}
