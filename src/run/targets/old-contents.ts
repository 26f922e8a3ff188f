import { type ChangedFile, isZeroId, MODE } from '../../diff/changed-file.ts';
import { viewsOf } from '../../engine/decode.ts';
import type { ScanInput } from '../../engine/scan-input.ts';
import { createScanner } from '../../engine/scanner.ts';
import { settle } from '../../findings/settle.ts';
import { type BlobRequest, readBlobs } from '../../git/read-blobs.ts';
import { contentKey, viewInput } from '../collector.ts';
import type { RunContext } from '../run-context.ts';
import { newVersionOf, type ScannedFile } from '../scanned-file.ts';
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
  const { collector, oldContents } = context;
  const commits = new Set(collector.findings.filter(({ suppression }) => suppression === null).map(({ commit }) => commit ?? null));
  const sides: Map<string, number>[] = [];
  await readOldContents(
    context,
    changes.filter(({ commit }) => commits.has(commit)),
    ({ commit, side }, content) => {
      const counts = (sides[side] ??= new Map<string, number>());
      const key = contentKey(commit ?? undefined, content);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
  );
  const most = new Map<string, number>();
  for (const counts of sides) counts?.forEach((times, key) => most.set(key, Math.max(times, most.get(key) ?? 0)));
  for (const [key, times] of most) oldContents.set(key, times);
}

/**
 * Finds secrets that git hides: it may take a file of the work tree for a blob of the same size and time, and then calls a staged line unchanged.
 * A secret that no old version of its file has is new, whatever git says.
 */
export async function findHiddenSecrets(context: RunContext, changes: readonly ChangedFile[]): Promise<void> {
  const { git, limits, collector } = context;
  const suspects = collector.unchanged.splice(0);
  if (suspects.length === 0) return;
  const keyOf = (path: string, commit: string | null | undefined): string => `${commit ?? ''} ${path}`;
  const byFile = new Map<string, { readonly file: ScannedFile; readonly hidden: Set<string> }>();
  for (const { file, contents } of suspects) {
    const key = keyOf(file.path, file.commit);
    // Each view of a file has its own entry.
    byFile.set(key, { file, hidden: new Set([...(byFile.get(key)?.hidden ?? []), ...contents]) });
  }
  const changed = changes.filter((change) => byFile.has(keyOf(newVersionOf(change).path, change.commit)));
  await readOldContents(context, changed, ({ path, commit }, content) => byFile.get(keyOf(path, commit))?.hidden.delete(content));

  const wanted = changed
    .map((change) => ({ change, ...byFile.get(keyOf(newVersionOf(change).path, change.commit))! }))
    .filter(({ hidden }) => hidden.size > 0);
  const requests = wanted.map(({ change: { record } }) => ({ id: record.newBlob, mode: record.newMode, pathBytes: null }));
  await readBlobs(git, null, requests, limits, (index, answer) => {
    const { file, hidden } = wanted[index]!;
    if (answer.kind === 'content') return collector.keepHidden(file, answer.bytes, hidden);
    // Expected once more and not scanned, so that the run is incomplete.
    collector.expect(file);
    collector.skip(file, answer.kind === 'timeout' ? 'timeout' : 'unreadable', 'not read again, although git hides some of its lines');
  });
}

/** Hands on the digest of each content of the old versions of files. */
async function readOldContents(
  { git, policy, collector, limits, startedAt }: RunContext,
  changes: readonly ChangedFile[],
  onContent: (version: OldVersion, content: string) => void,
): Promise<void> {
  const versions = listOldVersions(changes);
  if (versions.length === 0) return;
  const scanner = createScanner(policy.contentRules, {
    ruleTimeout: policy.config.performance.ruleTimeout,
    now: startedAt.getTime(),
    // A rule that fails is reported where it scans the new version.
    onFailure: () => undefined,
  });
  const scan = (version: OldVersion, { path, bytes, isActive }: ScanInput): void => {
    const matches = scanner.scan({ bytes, path, isActive });
    const { ignored } = collector;
    const { contents } = settle({ path, pathBytes: undefined, commit: undefined, bytes, matches, added: 'all', ignored });
    for (const content of contents) onContent(version, content);
  };
  await readContents({ git, top: null, limits }, versions, readBlobs, (index, answer, archives) => {
    if (answer.kind !== 'content') return;
    const version = versions[index]!;
    const { path } = version;
    if (archives === null) {
      for (const view of viewsOf(answer.bytes)) scan(version, viewInput(policy, path, view));
    } else {
      for (const input of archives.listContents({ policy, limits }, path, answer.bytes)) scan(version, input);
    }
  });
}

function listOldVersions(changes: readonly ChangedFile[]): OldVersion[] {
  return changes
    .filter(({ record }) => record.oldMode !== MODE.submodule)
    .flatMap(({ record, commit }) => {
      const path = record.pathBytes.toString('utf8');
      return record.oldBlobs.map((id, side) => ({ id, mode: record.oldMode, pathBytes: null, path, commit, side }));
    })
    .filter(({ id }) => !isZeroId(id));
}
