import { lstatSync, readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import { type ChangedFile, hasContent, isZeroId, MODE } from '../diff/changed-file.ts';
import { type BlobAnswer, type BlobLimits, readBlobs } from '../git/read-blobs.ts';
import type { GitDoor } from '../git/door.ts';
import type { FileFacts } from '../rules/rule.ts';
import type { Policy } from '../policy/policy.ts';
import { type Collector, contentKey } from './collector.ts';
import { decodeText } from '../engine/decode.ts';
import { createScanner } from '../engine/scanner.ts';
import { settle } from '../findings/settle.ts';
import { type Unit, unitOf } from './unit.ts';

/** What scanning the blobs of some changes needs. */
export interface BlobRun {
  readonly git: GitDoor;
  /** Top of the work tree, where its files may stand in for blobs; null: there is none. */
  readonly top: string | null;
  readonly policy: Policy;
  readonly collector: Collector;
  readonly limits: BlobLimits;
  /** Tracked names that equal one but for case. */
  readonly twinsOf: (path: string) => readonly string[];
}

/** Looks at the new content of changed files. */
export async function scanChanges(run: BlobRun, changes: readonly ChangedFile[]): Promise<void> {
  const { git, top, policy, collector, limits } = run;
  const wanted: { unit: Unit; change: ChangedFile }[] = [];
  const present = new Set<string>();

  for (const change of changes) {
    if (!hasContent(change.record)) continue;
    const unit = unitOf(change);
    present.add(unit.path);
    if (policy.isIgnoredPath(unit.path)) {
      collector.skip(unit, 'excluded', 'ignore.paths');
    } else if (change.record.newMode === MODE.submodule) {
      collector.skip(unit, 'submodule');
    } else {
      collector.expect(unit);
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
  await readBlobs(git, top, requests, limits, (index, answer) => {
    const { unit } = wanted[index]!;
    if (collector.isDone()) return;
    takeAnswer(run, unit, answer, exists);
  });
}

function takeAnswer({ collector, twinsOf }: BlobRun, unit: Unit, answer: BlobAnswer, exists: FileFacts['exists']): void {
  const content = answer.kind === 'content' ? answer.bytes : null;
  collector.checkFile(unit, {
    size: content?.length ?? (answer.kind === 'too-large' ? answer.size : null),
    target: unit.isSymlink && content !== null ? content.toString('utf8') : null,
    exists,
    caseTwins: twinsOf(unit.path),
  });
  switch (answer.kind) {
    case 'content':
      return collector.scan(unit, answer.bytes);
    case 'too-large':
      return collector.skip(unit, 'too-large', `${answer.size} bytes; see ${answer.detail}`, answer.size);
    case 'unreadable':
      return collector.skip(unit, 'unreadable', answer.detail);
    case 'timeout':
      return collector.skip(unit, 'timeout', 'performance.timeout');
  }
}

function isOnDisk(path: string): boolean {
  return lstatSync(posix.normalize(path), { throwIfNoEntry: false }) !== undefined;
}

/** Target of a symlink on disk; null where it is none. */
export function readTarget(path: string | Buffer): string | null {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
}

/**
 * How often each content stood in the old versions of the files that some commits change. What stands there as often as in the new ones
 * has only moved.
 *
 * @param commits only these; null is the index
 */
export async function countOldContents(
  { git, policy, limits }: Pick<BlobRun, 'git' | 'policy' | 'limits'>,
  changes: readonly ChangedFile[],
  commits: ReadonlySet<string | null>,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const scanner = createScanner(policy.contentRules, { ruleTimeout: policy.config.performance.ruleTimeout, onFailure: () => undefined });
  const old = changes.flatMap(({ record, commit }) =>
    commits.has(commit) && record.oldMode !== MODE.submodule
      ? record.oldBlobs.filter((id) => !isZeroId(id)).map((id) => ({ id, mode: record.oldMode, pathBytes: null, change: record, commit }))
      : [],
  );
  await readBlobs(git, null, old, limits, (index, answer) => {
    if (answer.kind !== 'content') return;
    const { change, commit } = old[index]!;
    const path = change.pathBytes.toString('utf8');
    const { bytes } = decodeText(answer.bytes);
    const matches = scanner.scan({ bytes, path, isActive: (rule) => policy.isActive(rule, path) });
    const { contents } = settle({ path, pathBytes: undefined, commit: undefined, bytes, matches, added: 'all', ignored: policy });
    for (const digest of contents) {
      const key = contentKey(commit ?? undefined, digest);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  });
  return counts;
}
