import { type ChangedFile, isZeroId, MODE } from '../../diff/changed-file.ts';
import { viewsOf } from '../../engine/decode.ts';
import type { ScanInput } from '../../engine/scan-input.ts';
import { createScanner } from '../../engine/scanner.ts';
import { settle } from '../../findings/settle.ts';
import { type BlobRequest, readBlobs } from '../../git/read-blobs.ts';
import { contentKey, viewInput } from '../collector.ts';
import type { RunContext } from '../run-context.ts';
import { readContents } from './read-contents.ts';

/** An old version of a changed file. In a merge each side has one. */
interface OldVersion extends BlobRequest {
  readonly path: string;
  readonly commit: string | null;
  readonly side: number;
}

/**
 * Counts how often each content occurred in the old versions of files, for commits that have findings; in a merge, on the side that has it most
 * often. What occurs as often in the new versions only moved.
 */
export async function countOldContents(context: RunContext, changes: readonly ChangedFile[]): Promise<void> {
  const { git, policy, collector, limits, oldContents, startedAt } = context;
  const commits = new Set(collector.findings.filter(({ suppression }) => suppression === null).map(({ commit }) => commit ?? null));
  const versions = listOldVersions(changes, commits);
  if (versions.length === 0) return;

  const sides: Map<string, number>[] = [];
  // A rule that fails is reported where it scans the new version.
  const scanner = createScanner(policy.contentRules, {
    ruleTimeout: policy.config.performance.ruleTimeout,
    now: startedAt.getTime(),
    onFailure: () => undefined,
  });
  const count = ({ commit, side }: OldVersion, { path, bytes, isActive }: ScanInput): void => {
    const counts = (sides[side] ??= new Map<string, number>());
    const matches = scanner.scan({ bytes, path, isActive });
    const { ignored } = collector;
    for (const digest of settle({ path, pathBytes: undefined, commit: undefined, bytes, matches, added: 'all', ignored }).contents) {
      const key = contentKey(commit ?? undefined, digest);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  };
  await readContents({ git, top: null, limits }, versions, readBlobs, (index, answer, archives) => {
    if (answer.kind !== 'content') return;
    const version = versions[index]!;
    const { path } = version;
    if (archives === null) {
      for (const view of viewsOf(answer.bytes)) count(version, viewInput(policy, path, view));
    } else {
      for (const input of archives.listContents({ policy, limits }, path, answer.bytes)) count(version, input);
    }
  });
  const most = new Map<string, number>();
  for (const counts of sides) counts?.forEach((times, key) => most.set(key, Math.max(times, most.get(key) ?? 0)));
  for (const [key, times] of most) oldContents.set(key, times);
}

function listOldVersions(changes: readonly ChangedFile[], commits: ReadonlySet<string | null>): OldVersion[] {
  return changes
    .filter(({ record, commit }) => commits.has(commit) && record.oldMode !== MODE.submodule)
    .flatMap(({ record, commit }) => {
      const path = record.pathBytes.toString('utf8');
      return record.oldBlobs.map((id, side) => ({ id, mode: record.oldMode, pathBytes: null, path, commit, side }));
    })
    .filter(({ id }) => !isZeroId(id));
}
