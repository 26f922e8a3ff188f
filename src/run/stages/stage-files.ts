import { type ChangedFile, hasContent, isZeroId, MODE } from '../../diff/changed-file.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { type BlobAnswer, readBlobs } from '../../git/read-blobs.ts';
import { createPathMatcher } from '../../policy/path-matcher.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Stage } from '../../stages/stage.ts';
import type { StageTree } from '../../stages/tree.ts';
import type { RunContext } from '../run-context.ts';
import { newVersionOf, type ScannedFile } from '../scanned-file.ts';

/** Where the files of a stage come from. */
export type StageSource = Pick<RunContext, 'git' | 'top' | 'limits' | 'policy'>;

/** One state of the repository: the index, or a commit. */
export interface StageView {
  /** What is new in it. */
  readonly changes: readonly ChangedFile[];
  /** All of it, for a stage that needs more than what changed. */
  readonly list: () => Promise<readonly ChangedFile[]>;
}

/** The files that a stage scans, by their path. */
export function filesOf(changes: readonly ChangedFile[], { paths }: Stage, policy: Policy): ReadonlyMap<string, ChangedFile> {
  const covers = createPathMatcher(paths);
  const isFile = ({ record }: ChangedFile): boolean =>
    hasContent(record) && !isZeroId(record.newBlob) && record.newMode !== MODE.symlink && record.newMode !== MODE.submodule;
  const wanted = changes
    .filter(isFile)
    .map((change) => [newVersionOf(change).path, change] as const)
    .filter(([path]) => covers(path) && !policy.isIgnoredPath(path));
  return new Map(wanted);
}

/** Writes what a stage needs, byte for byte as git stores it: no filter, no link, no file of the work tree. */
export async function fillTree(
  { git, top, limits, policy }: StageSource,
  tree: StageTree,
  { support }: Stage,
  view: StageView,
  files: ReadonlyMap<string, ChangedFile>,
): Promise<{ readonly contents: ReadonlyMap<string, Buffer>; readonly refused: readonly string[] }> {
  const contents = new Map<string, Buffer>();
  const refused: string[] = [];
  const supporting = support.length === 0 ? [] : (await view.list()).filter(({ record }) => record.newMode.startsWith('100'));
  const covers = createPathMatcher(support);
  const others = supporting
    .map((change) => ({ change, file: newVersionOf(change) }))
    .filter(({ file }) => covers(file.path) && !files.has(file.path));
  const wanted = [
    ...[...files.values()].map((change) => ({ change, file: newVersionOf(change), isGiven: true })),
    ...others.map((other) => ({ ...other, isGiven: false })),
  ];
  const changes = wanted.map(({ change }) => change);
  await readFiles({ git, top, limits, policy }, changes, (index, answer) => {
    const { change, file, isGiven } = wanted[index]!;
    const why = answer.kind === 'content' ? writeFile(tree, file, answer.bytes, change.record.newMode) : answer.kind;
    if (why !== null) refused.push(`${file.path} (${why})`);
    else if (isGiven && answer.kind === 'content') contents.set(file.path, answer.bytes);
  });
  return { contents, refused };
}

function writeFile(tree: StageTree, { path, pathBytes }: ScannedFile, content: Buffer, mode: string): string | null {
  // Such a name cannot be passed to a program as an argument.
  if (pathBytes !== undefined) return 'its name is not valid UTF-8';
  return tree.write(path, content, mode === '100755');
}

/** Files that a message names, at most. */
const MAX_NAMED = 10;

export function refusedError({ id }: Stage, refused: readonly string[]): GuardianError | null {
  if (refused.length === 0) return null;
  const more = refused.length > MAX_NAMED ? ` and ${refused.length - MAX_NAMED} more` : '';
  return new GuardianError('DETECTOR_FAILED', `stage ${id} did not get all files: ${refused.slice(0, MAX_NAMED).join(', ')}${more}`, {
    hint: 'Exclude them with its `paths` or with `ignore.paths`, or raise the limit that is named.',
  });
}

/** Contents of files, under the limits of our own scan but with a byte budget of their own. */
export function readFiles(
  { git, top, limits, policy }: StageSource,
  changes: readonly ChangedFile[],
  onFile: (index: number, answer: BlobAnswer) => void,
): Promise<void> {
  const requests = changes.map(({ record, commit }) => ({
    id: record.newBlob,
    mode: record.newMode,
    pathBytes: commit === null ? record.pathBytes : null,
  }));
  return readBlobs(git, top, requests, { ...limits, budget: { left: policy.config.performance.maxTotalBytes } }, onFile);
}
