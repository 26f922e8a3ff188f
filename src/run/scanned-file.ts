import { type AddedLines, type ChangedFile, MODE } from '../diff/changed-file.ts';

/** One file, or one text, that a run has to scan. */
export interface ScannedFile {
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
export function namePath(bytes: Buffer): Pick<ScannedFile, 'path' | 'pathBytes'> {
  const path = bytes.toString('utf8');
  return { path, pathBytes: Buffer.from(path, 'utf8').equals(bytes) ? undefined : bytes.toString('base64') };
}

/** The new version of a changed file. */
export function newVersionOf({ record, added, commit }: ChangedFile): ScannedFile {
  return {
    ...namePath(record.pathBytes),
    commit: commit ?? undefined,
    status: record.status.includes('A') ? 'added' : 'modified',
    isSymlink: record.newMode === MODE.symlink,
    added,
  };
}

/**
 * A text that is no file, such as a message.
 *
 * @param path the name it has in the report
 * @param commit the commit or tag that it belongs to
 */
export function textUnder(path: string, commit?: string): ScannedFile {
  return { path, pathBytes: undefined, commit, status: 'added', isSymlink: false, added: 'all' };
}
