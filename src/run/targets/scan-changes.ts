import { lstatSync, readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import { type ChangedFile, hasContent, isZeroId, MODE } from '../../diff/changed-file.ts';
import { archiveKindOf } from '../../engine/archive/archive-kind.ts';
import { type BlobAnswer, type BlobLimits, type BlobRequest, readBlobs } from '../../git/read-blobs.ts';
import type { GitClient } from '../../git/client.ts';
import type { FileFacts } from '../../engine/rule.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Collector, contentKey } from '../collector.ts';
import { decodeText } from '../../engine/decode.ts';
import { createScanner, type ScanInput } from '../../engine/scanner.ts';
import { settle } from '../../findings/settle.ts';
import type * as scanArchives from './scan-archive.ts';
import { type Unit, unitOf } from '../scanned-file.ts';

/** What scanning the blobs of some changes needs. */
export interface BlobRun {
  readonly git: GitClient;
  /** Top of the work tree, where its files may stand in for blobs; null: there is none. */
  readonly top: string | null;
  readonly policy: Policy;
  readonly collector: Collector;
  readonly limits: BlobLimits;
  /** Tracked names that equal one but for case. */
  readonly collisionsOf: (path: string) => readonly string[];
}

/** For who wants to know more than the collector does. */
export interface ScanListener {
  /** A file has been scanned. `isSpotless`: no rule matches in it, on added lines or not, and none has a word about the file as such. */
  readonly onScanned: (change: ChangedFile, isSpotless: boolean) => void;
  /** A file whose added lines are not known, and in which something matches: they have to be known now. Nothing is noted of it. */
  readonly onUnclear?: (change: ChangedFile) => void;
  /** Which files that may be. */
  readonly isUnclear?: (change: ChangedFile) => boolean;
  /** Reads the contents, in place of {@link readBlobs}. */
  readonly read?: typeof readBlobs;
}

/** Looks at the new content of changed files. */
export async function scanChanges(run: BlobRun, changes: readonly ChangedFile[], listener?: ScanListener): Promise<void> {
  const { top, policy, collector } = run;
  const wanted: { unit: Unit; change: ChangedFile }[] = [];
  const present = new Set<string>();
  const isUnclear = (change: ChangedFile): boolean => listener?.isUnclear?.(change) === true;

  for (const change of changes) {
    if (!hasContent(change.record)) continue;
    const unit = unitOf(change);
    present.add(unit.path);
    if (policy.isIgnoredPath(unit.path)) {
      collector.skip(unit, 'excluded', 'ignore.paths');
    } else if (change.record.newMode === MODE.submodule) {
      collector.skip(unit, 'submodule');
    } else {
      if (!isUnclear(change)) collector.expect(unit);
      if (isZeroId(change.record.newBlob)) collector.skip(unit, 'unreadable', 'it has conflicts that are not resolved');
      else wanted.push({ unit, change });
    }
  }

  const requests = wanted.map(({ change: { record, commit } }) => ({
    id: record.newBlob,
    mode: record.newMode,
    pathBytes: commit === null ? record.pathBytes : null,
  }));
  const exists = (path: string): boolean => present.has(path) || (top !== null && isOnDisk(`${top}/${path}`));
  await readContents(run, requests, listener?.read ?? readBlobs, (index, answer, archives) => {
    const { unit, change } = wanted[index]!;
    if (collector.isDone()) return;
    // What lies on the disk says nothing about the tree of another commit.
    const look = takeAnswer(run, unit, answer, archives, {
      exists: change.commit === null ? exists : () => true,
      isUnclear: isUnclear(change),
    });
    if (look === 'unclear') listener?.onUnclear?.(change);
    else if (look !== 'partial') listener?.onScanned(change, look === 'spotless');
  });
}

/** How archives are looked into. */
type Archives = Pick<typeof scanArchives, 'scanArchive' | 'listContents'>;

/**
 * Hands on what is asked for as {@link readBlobs} does, but archives last: the code that looks into them is loaded when the first one is met,
 * and until then none is kept.
 *
 * @param onBlob `archives` comes with an archive; null for all else
 */
async function readContents(
  { git, top, limits }: Pick<BlobRun, 'git' | 'top' | 'limits'>,
  requests: readonly BlobRequest[],
  read: typeof readBlobs,
  onBlob: (index: number, answer: BlobAnswer, archives: Archives | null) => void,
): Promise<void> {
  const met: number[] = [];
  await read(git, top, requests, limits, (index, answer) => {
    if (answer.kind !== 'content' || requests[index]!.mode === MODE.symlink || archiveKindOf(answer.bytes) === null) {
      onBlob(index, answer, null);
      return;
    }
    limits.budget.left += answer.bytes.length;
    met.push(index);
  });
  if (met.length === 0) return;
  const archives = await import('./scan-archive.ts');
  const again = met.map((index) => requests[index]!);
  await readBlobs(git, top, again, limits, (i, answer) => onBlob(met[i]!, answer, archives));
}

/**
 * What looking at a file came to. `unclear`: something matches, and it is not known whether on an added line; `partial`: it was not looked at,
 * or not all of it.
 */
export type Look = 'spotless' | 'marked' | 'unclear' | 'partial';

function takeAnswer(
  run: BlobRun,
  unit: Unit,
  answer: BlobAnswer,
  archives: Archives | null,
  { exists, isUnclear }: Pick<FileFacts, 'exists'> & { readonly isUnclear: boolean },
): Look {
  const { collector, collisionsOf } = run;
  if (isUnclear) {
    // A changed archive counts whole.
    if (answer.kind === 'content' && archives === null && !collector.scanSpotless(unit, answer.bytes)) return 'unclear';
    collector.expect(unit);
  }
  const content = answer.kind === 'content' ? answer.bytes : null;
  const isFine = collector.checkFile(unit, {
    size: content?.length ?? (answer.kind === 'too-large' ? answer.size : null),
    target: unit.isSymlink && content !== null ? content.toString('utf8') : null,
    exists,
    caseCollisions: collisionsOf(unit.path),
  });
  switch (answer.kind) {
    case 'content': {
      if (archives !== null) {
        const look = archives.scanArchive(run, unit, answer.bytes);
        return look === 'spotless' && !isFine ? 'marked' : look;
      }
      return (isUnclear || collector.scan(unit, answer.bytes)) && isFine ? 'spotless' : 'marked';
    }
    case 'too-large':
      collector.skip(unit, 'too-large', `${answer.size} bytes; see ${answer.detail}`, answer.size);
      break;
    case 'unreadable':
      collector.skip(unit, 'unreadable', answer.detail);
      break;
    case 'timeout':
      collector.skip(unit, 'timeout', 'performance.timeout');
      break;
  }
  return 'partial';
}

function isOnDisk(path: string): boolean {
  return lstatSync(posix.normalize(path), { throwIfNoEntry: false }) !== undefined;
}

/** Target of a symlink on disk; null where it is none. */
export function readTarget(path: string | Buffer): string | null {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
}

/**
 * How often each content stood in the old versions of the files that some commits change; in a merge, on the side that has it most often.
 * What stands there as often as in the new ones has only moved.
 *
 * @param commits only these; null is the index
 */
export async function countOldContents(
  { git, policy, collector, limits }: Pick<BlobRun, 'git' | 'policy' | 'collector' | 'limits'>,
  changes: readonly ChangedFile[],
  commits: ReadonlySet<string | null>,
): Promise<Map<string, number>> {
  const sides: Map<string, number>[] = [];
  const scanner = createScanner(policy.contentRules, { ruleTimeout: policy.config.performance.ruleTimeout, onFailure: () => undefined });
  const old = changes.flatMap(({ record, commit }) =>
    commits.has(commit) && record.oldMode !== MODE.submodule
      ? record.oldBlobs
          .map((id, side) => ({ id, mode: record.oldMode, pathBytes: null, change: record, commit, side }))
          .filter(({ id }) => !isZeroId(id))
      : [],
  );
  await readContents({ git, top: null, limits }, old, readBlobs, (index, answer, archives) => {
    if (answer.kind !== 'content') return;
    const { change, commit, side } = old[index]!;
    const counts = (sides[side] ??= new Map<string, number>());
    const count = ({ path, bytes, isActive }: ScanInput): void => {
      const matches = scanner.scan({ bytes, path, isActive });
      const { contents } = settle({
        path,
        pathBytes: undefined,
        commit: undefined,
        bytes,
        matches,
        added: 'all',
        ignored: collector.ignored,
      });
      for (const digest of contents) {
        const key = contentKey(commit ?? undefined, digest);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    };
    const path = change.pathBytes.toString('utf8');
    if (archives === null) {
      count({ bytes: decodeText(answer.bytes).bytes, path, isActive: (rule) => policy.isActive(rule, path) });
    } else {
      for (const input of archives.listContents({ policy, limits }, path, answer.bytes)) count(input);
    }
  });
  const most = new Map<string, number>();
  for (const counts of sides) counts?.forEach((count, key) => most.set(key, Math.max(count, most.get(key) ?? 0)));
  return most;
}
