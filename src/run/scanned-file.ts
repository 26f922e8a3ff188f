import { type AddedLines, type ChangedFile, MODE } from '../diff/changed-file.ts';

/** One file that a run has to look at. */
export interface Unit {
  /** With forward slashes; U+FFFD for what is not UTF-8. */
  readonly path: string;
  /** Base64 of the name's bytes, where it is not valid UTF-8. */
  readonly pathBytes: string | undefined;
  readonly commit: string | undefined;
  readonly status: 'added' | 'modified';
  readonly isSymlink: boolean;
  readonly added: AddedLines | 'all';
}

/** Names as bytes → as text for people and globs, with the bytes where text cannot hold them. */
export function namePath(bytes: Buffer): Pick<Unit, 'path' | 'pathBytes'> {
  const path = bytes.toString('utf8');
  return { path, pathBytes: Buffer.from(path, 'utf8').equals(bytes) ? undefined : bytes.toString('base64') };
}

export function unitOf({ record, added, commit }: ChangedFile): Unit {
  return {
    ...namePath(record.pathBytes),
    commit: commit ?? undefined,
    status: record.status.includes('A') ? 'added' : 'modified',
    isSymlink: record.newMode === MODE.symlink,
    added,
  };
}
