import { type ChangedFile, hasContent, isPartlyAdded, MODE } from '../../diff/changed-file.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { readCommitChanges } from '../../git/read-changes.ts';
import { addedFile, readCommitRecords, readTreeFiles } from '../../git/read-commit-records.ts';
import { type Message, readMessages } from '../../git/read-messages.ts';
import type { PushedObjects } from '../../git/read-pushed.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ScannedRecord } from '../../state/scanned-record.ts';
import { isComplete } from '../coverage.ts';
import type { RunContext } from '../run-context.ts';
import { namePath, textUnder } from '../scanned-file.ts';
import { scanCommitChanges, type ScanListener } from '../targets/scan-changes.ts';
import { COMMIT_MESSAGE, scanText, TAG_MESSAGE } from '../targets/scan-text.ts';
import type { PushTarget } from '../targets/target.ts';
import type { Await } from './deadline.ts';

/** Commits that are read at a time, at most, */
const COMMITS_AT_ONCE = 1000;
/** and files, unless one commit has more: their records are in memory together. */
const FILES_AT_ONCE = 10_000;

/** A push that is being scanned. */
export interface PushRun {
  readonly context: RunContext;
  /** Waits while there is time. */
  readonly wait: Await;
  /** What was scanned before; null: nothing is kept. */
  readonly record: ScannedRecord | null;
}

/** How far a push was scanned. */
export interface PushProgress {
  /** Ids of the commits that the push brings, oldest first; null: there was no time to list them. */
  readonly commits: readonly string[] | null;
  /** How many of them were scanned before. */
  readonly known: number;
  /** Commits, tags and other objects that were not scanned, or not whole. */
  readonly unscanned: ReadonlySet<string>;
}

/**
 * Scans everything that a push brings: each new commit on its own, so that nothing is missed that a later commit removes, with its message; the
 * messages of tags; and files and trees that a ref points to without a commit.
 */
export async function scanPushedObjects(given: PushRun, target: PushTarget, asked: Promise<PushedObjects>): Promise<PushProgress> {
  const { context, record } = given;
  const { collector, limits } = context;
  let isCutShort = false;
  const wait: Await = async (work) => {
    const result = await given.wait(work);
    isCutShort ||= result === null;
    return result;
  };
  const run = { ...given, wait };
  const pushed = await wait(asked);
  const commits = pushed?.commits ?? null;
  const unseen = commits?.filter((id) => record?.hasCommit(id) !== true) ?? [];
  const tags = [...new Set([...(pushed?.tips.values() ?? [])].flatMap((tip) => tip.tags))];
  const others = otherTips(target, pushed);
  const unscanned = new Set([...unseen, ...tags, ...others.map(({ id }) => id)]);
  const goesOn = (): boolean => !collector.isDone() && !limits.isOver() && !isCutShort;

  for (let at = 0; at < unseen.length && goesOn();) {
    const next = unseen.slice(at, at + COMMITS_AT_ONCE);
    const records = await wait(readCommitRecords(run.context.git, next, FILES_AT_ONCE));
    if (records === null) break;
    at += records.read;
    for (const id of await scanCommits(run, next.slice(0, records.read), records.changes)) unscanned.delete(id);
  }
  if (goesOn()) {
    const withMessage = new Set<string>();
    await wait(readMessages(run.context.git, tags, limits, takeMessage(run, TAG_MESSAGE, withMessage)));
    for (const id of withMessage) unscanned.delete(id);
  }
  for (const other of others) {
    if (goesOn() && (await scanOther(run, other))) unscanned.delete(other.id);
  }

  if (isCutShort || (limits.isOver() && unscanned.size > 0)) {
    const left = unseen.filter((id) => unscanned.has(id)).length;
    collector.fail(timeOver(target, commits === null ? null : [commits.length - left, commits.length]));
  } else if (unscanned.size > 0 && !collector.isDone() && collector.errors.length === 0 && isComplete(collector.coverage)) {
    collector.fail(unaccounted(unscanned.size));
  }
  return { commits, known: (commits?.length ?? 0) - unseen.length, unscanned };
}

/** Returns the commits that were scanned whole. */
async function scanCommits(run: PushRun, commits: readonly string[], records: readonly ChangedFile[]): Promise<string[]> {
  const { context, record } = run;
  const { limits } = context;
  const fresh = records.filter((change) => !(hasContent(change.record) && record?.hasContent(change.record) === true));
  const left = countFiles(context.policy, fresh);
  const onScanned: ScanListener['onScanned'] = (change, isSpotless) => {
    left.set(change.commit, left.get(change.commit)! - 1);
    if (isSpotless) record?.addContent(change.record);
  };
  // Only a patch tells which lines of a modified file are new, and patches are most of the work, so they are made only if something matches.
  const unclear: ChangedFile[] = [];
  const withMessage = new Set<string>();
  // The messages come with the first contents.
  for (let at = 0; at === 0 || (at < fresh.length && !limits.isOver()); at += FILES_AT_ONCE) {
    await scanCommitChanges(context, records, fresh.slice(at, at + FILES_AT_ONCE), {
      onScanned,
      isUnclear: (change) => isPartlyAdded(change.record),
      onUnclear: (change) => void unclear.push(change),
      read: (git, _top, requests, limits, onBlob) =>
        readMessages(git, at === 0 ? commits : [], limits, takeMessage(run, COMMIT_MESSAGE, withMessage), { requests, onBlob }),
    });
  }
  if (unclear.length > 0) await scanCommitChanges(context, records, await addLines(run, unclear), { onScanned });

  const scanned = commits.filter((id) => (left.get(id) ?? 0) === 0 && withMessage.has(id));
  const found = new Set(context.collector.findings.map(({ commit }) => commit));
  for (const id of scanned) if (!found.has(id)) record?.addCommit(id);
  return scanned;
}

/** How many files of each commit are to be scanned. */
function countFiles(policy: Policy, changes: readonly ChangedFile[]): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const { record, commit } of changes) {
    if (!hasContent(record) || record.newMode === MODE.submodule || policy.isIgnoredPath(namePath(record.pathBytes).path)) continue;
    counts.set(commit, (counts.get(commit) ?? 0) + 1);
  }
  return counts;
}

/**
 * The same changes with their new lines. If git cannot make the patches (a broken diff driver, a missing old blob), or there is no time for
 * them, all lines count as new.
 */
async function addLines({ context: { git }, wait }: PushRun, changes: readonly ChangedFile[]): Promise<readonly ChangedFile[]> {
  const commits = [...new Set(changes.map(({ commit }) => commit!))];
  const patched = await wait(
    readCommitChanges(git, commits).catch((thrown: unknown) => {
      if (thrown instanceof GuardianError && thrown.code === 'GIT_FAILED') return [];
      throw thrown;
    }),
  );
  // A tree that was made by hand may have two entries of one name.
  const keyOf = ({ commit, record }: ChangedFile): string => `${commit} ${record.newBlob} ${record.pathBytes.toString('latin1')}`;
  const byKey = new Map(patched?.map((change) => [keyOf(change), change]));
  return changes.map((change) => byKey.get(keyOf(change)) ?? change);
}

/** Scans messages, and keeps the ids of the scanned ones. */
function takeMessage({ context: { collector, limits } }: PushRun, path: string, scanned: Set<string>): (message: Message) => void {
  return ({ id, text, size }) => {
    if (collector.isDone()) return;
    if (text === null || text.length > limits.budget.left) {
      const name = `${path} of ${id}`;
      collector.expect(textUnder(name, id));
      if (size === null) collector.skip({ path: name }, 'unreadable', `git has no readable object ${id}`);
      else collector.skip({ path: name }, 'too-large', `${size} bytes`, size);
      return;
    }
    limits.budget.left -= text.length;
    scanText(collector, path, text, id);
    scanned.add(id);
  };
}

/** What a ref points to if it is no commit: a file or a tree, directly or through tags. */
interface OtherTip {
  /** What the ref names. */
  readonly id: string;
  readonly target: { readonly id: string; readonly type: 'tree' | 'blob' };
  readonly ref: string;
}

function otherTips({ updates }: PushTarget, pushed: PushedObjects | null): OtherTip[] {
  return updates.flatMap(({ ref, newId }) => {
    const tip = newId === null ? undefined : pushed?.tips.get(newId);
    if (tip === undefined || tip.target.type === 'commit') return [];
    return [{ id: tip.target.id, target: { id: tip.target.id, type: tip.target.type }, ref }];
  });
}

/** Returns whether all of it was scanned. A file has no name of its own, so it takes that of the ref. */
async function scanOther(run: PushRun, { target, ref }: OtherTip): Promise<boolean> {
  const files =
    target.type === 'blob'
      ? [addedFile('100644', target.id, Buffer.from(ref), target.id)]
      : await run.wait(readTreeFiles(run.context.git, target.id));
  if (files === null) return false;
  const fresh = files.filter(({ record }) => run.record?.hasContent(record) !== true);
  let left = countFiles(run.context.policy, fresh).get(target.id) ?? 0;
  for (let at = 0; at < fresh.length && !run.context.limits.isOver(); at += FILES_AT_ONCE) {
    const next = fresh.slice(at, at + FILES_AT_ONCE);
    await scanCommitChanges(run.context, next, next, {
      onScanned: (change, isSpotless) => {
        left--;
        if (isSpotless) run.record?.addContent(change.record);
      },
    });
  }
  return left === 0;
}

/** Everything pushed was scanned or is known to be missing. If neither holds, the push must not pass as clean. */
function unaccounted(number: number): GuardianError {
  return new GuardianError('GIT_FAILED', `git did not show everything that is pushed: ${number} objects were not scanned`, {
    hint: 'Try again; `git fsck` finds damaged objects.',
  });
}

/** @param done scanned commits, of how many; null: git was still listing them */
function timeOver({ kind }: PushTarget, done: readonly [number, number] | null): GuardianError {
  const where = done === null ? 'while git was listing the commits' : `after scanning ${done[0]} of ${done[1]} commits`;
  return new GuardianError('TIMEOUT', `timed out ${where}`, {
    hint:
      kind === 'push'
        ? 'Raise `performance.timeout`, or push fewer commits at a time: `git push REMOTE COMMIT:BRANCH`.'
        : 'Push fewer commits at a time: `git push REMOTE COMMIT:BRANCH`. The limit is `performance.timeout` of the server.',
  });
}
