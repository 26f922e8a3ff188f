import { lstatSync } from 'node:fs';
import { posix } from 'node:path';
import { type ChangedFile, hasContent, isZeroId, MODE } from '../../diff/changed-file.ts';
import type { FileFacts } from '../../engine/rule.ts';
import { type BlobAnswer, readBlobs } from '../../git/read-blobs.ts';
import { readCaseCollisions } from '../../git/read-names.ts';
import type { RunContext } from '../run-context.ts';
import { newVersionOf, type ScannedFile } from '../scanned-file.ts';
import { countOldContents, findHiddenSecrets } from './old-contents.ts';
import { type Archives, readContents } from './read-contents.ts';

/** Callbacks for callers that track individual files. */
export interface ScanListener {
  /** A file was scanned. `isSpotless`: no rule matches in it, on added lines or not, and no rule about files has anything to report. */
  readonly onScanned: (change: ChangedFile, isSpotless: boolean) => void;
  /** A file whose added lines are unknown, and in which something matches: they are needed now. Nothing of it is recorded. */
  readonly onUnclear?: (change: ChangedFile) => void;
  /** Files of which that may happen. */
  readonly isUnclear?: (change: ChangedFile) => boolean;
  /** Reads the contents, in place of {@link readBlobs}. */
  readonly read?: typeof readBlobs;
}

/**
 * Scans the new contents of files, and recognises what only moved.
 *
 * @param files of them, those to scan
 * @param changes everything that the same commits change
 */
export async function scanCommitChanges(
  context: RunContext,
  changes: readonly ChangedFile[],
  files = changes,
  listener?: ScanListener,
): Promise<void> {
  await scanChanges(context, files, listener);
  await findHiddenSecrets(context, files);
  await countOldContents(context, changes);
}

/** Scans the new contents of files that have no history to compare with. */
export async function scanChanges(context: RunContext, changes: readonly ChangedFile[], listener?: ScanListener): Promise<void> {
  const { top, collector } = context;
  const isUnclear = (change: ChangedFile): boolean => listener?.isUnclear?.(change) === true;
  const files = changes.filter(({ record }) => hasContent(record)).map((change) => ({ change, file: newVersionOf(change) }));
  const wanted = files.filter(({ change, file }) => isReadable(context, change, file, isUnclear(change)));
  const requests = wanted.map(({ change: { record, commit } }) => ({
    id: record.newBlob,
    mode: record.newMode,
    pathBytes: commit === null ? record.pathBytes : null,
  }));
  const present = new Set(files.map(({ file }) => file.path));
  const exists = (path: string): boolean => present.has(path) || (top !== null && isOnDisk(`${top}/${path}`));
  const collisionsOf = await readCollisions(context, changes);
  await readContents(context, requests, listener?.read ?? readBlobs, (index, answer, archives) => {
    const { file, change } = wanted[index]!;
    if (collector.isDone()) return;
    const look = takeAnswer(context, file, answer, archives, {
      // What is on the disk says nothing about the tree of another commit.
      exists: change.commit === null ? exists : () => true,
      caseCollisions: collisionsOf(file.path),
      isUnclear: isUnclear(change),
    });
    if (look === 'unclear') listener?.onUnclear?.(change);
    else if (look !== 'partial') listener?.onScanned(change, look === 'spotless');
  });
}

/** Is the content of a file to be read? If not, the file is named, with the reason. */
function isReadable({ policy, collector }: RunContext, { record }: ChangedFile, file: ScannedFile, isUnclear: boolean): boolean {
  if (policy.isIgnoredPath(file.path)) {
    collector.skip(file, 'excluded', 'ignore.paths');
    return false;
  }
  if (record.newMode === MODE.submodule) {
    collector.skip(file, 'submodule');
    return false;
  }
  if (!isUnclear) collector.expect(file);
  if (!isZeroId(record.newBlob)) return true;
  collector.skip(file, 'unreadable', 'it has conflicts that are not resolved');
  return false;
}

/** Tracked names that equal one but for case. They matter only for names that are new. */
async function readCollisions({ git, policy }: RunContext, changes: readonly ChangedFile[]): Promise<(path: string) => readonly string[]> {
  if (!policy.fileRules.some(({ id }) => id === 'case-conflict')) return () => [];
  const added = changes.filter(({ record, commit }) => commit === null && record.status === 'A' && hasContent(record));
  const collisions = await readCaseCollisions(
    git,
    added.map(({ record }) => record.pathBytes.toString()),
  );
  return (path) => (collisions.get(path.toLowerCase()) ?? []).filter((other) => other !== path);
}

/**
 * The result of scanning a file. `unclear`: something matches, and it is unknown whether on an added line; `partial`: the file was not scanned,
 * or not all of it.
 */
type Look = 'spotless' | 'marked' | 'unclear' | 'partial';

function takeAnswer(
  context: RunContext,
  file: ScannedFile,
  answer: BlobAnswer,
  archives: Archives | null,
  { exists, caseCollisions, isUnclear }: Pick<FileFacts, 'exists' | 'caseCollisions'> & { readonly isUnclear: boolean },
): Look {
  const { collector } = context;
  if (isUnclear) {
    // A changed archive counts whole.
    if (answer.kind === 'content' && archives === null && !collector.scanSpotless(file, answer.bytes)) return 'unclear';
    collector.expect(file);
  }
  const content = answer.kind === 'content' ? answer.bytes : null;
  const isFine = collector.checkFile(file, {
    size: content?.length ?? (answer.kind === 'too-large' ? answer.size : null),
    target: file.isSymlink && content !== null ? content.toString('utf8') : null,
    exists,
    caseCollisions,
  });
  switch (answer.kind) {
    case 'content': {
      if (archives !== null) {
        const look = archives.scanArchive(context, file, answer.bytes);
        return look === 'spotless' && !isFine ? 'marked' : look;
      }
      return (isUnclear || collector.scan(file, answer.bytes)) && isFine ? 'spotless' : 'marked';
    }
    case 'too-large':
      collector.skip(file, 'too-large', `${answer.size} bytes; see ${answer.detail}`, answer.size);
      break;
    case 'unreadable':
      collector.skip(file, 'unreadable', answer.detail);
      break;
    case 'timeout':
      collector.skip(file, 'timeout', 'performance.timeout');
      break;
  }
  return 'partial';
}

function isOnDisk(path: string): boolean {
  return lstatSync(posix.normalize(path), { throwIfNoEntry: false }) !== undefined;
}
