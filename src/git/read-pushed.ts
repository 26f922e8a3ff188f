import type { RefUpdate } from '../diff/ref-update.ts';
import type { GitClient } from './client.ts';
import { loadSimpleGit } from './start-git.ts';
import { type NewCommits, readNewCommits } from './read-new-commits.ts';
import { readTips, type Tip } from './read-tips.ts';
import { knownRefs, parseRemotes, readRemotes, type Remote, usualRefs } from './remotes.ts';

/** git output that the shim of pre-push collected while Node started; null if it failed or was not requested. */
export interface PushAnswers {
  /** `git config --list -z`. */
  readonly config: string | null;
  /** The new commits of the push, if the other side has nothing but its remote-tracking refs. */
  readonly commits: readonly string[] | null;
}

/** A push, as git describes it to a hook. */
export interface Push {
  readonly updates: readonly RefUpdate[];
  /** The remote's name, or its URL if it has none. Null: on the receiving side. */
  readonly to: { readonly remote: string; readonly url: string } | null;
  /** What the shim has collected already. */
  readonly answers?: PushAnswers;
}

/** The content of a push. */
export interface PushedObjects {
  /** The targets of the refs, by the new ids of the updates. */
  readonly tips: ReadonlyMap<string, Tip>;
  /** Ids of the commits that the other side does not have, oldest first. */
  readonly commits: readonly string[];
  /** How to list them again. */
  readonly range: NewCommits;
}

/**
 * Asks git for the content of a push without waiting for the answer.
 *
 * @returns the answer; throws GuardianError INPUT_INVALID for a missing object
 */
export async function askPush(git: GitClient, push: Push): Promise<() => Promise<PushedObjects>> {
  if (push.answers === undefined) await loadSimpleGit();
  const pushed = readPushed(git, push);
  // A failure before anyone awaits it must not be an unhandled rejection.
  pushed.catch(() => undefined);
  // simple-git starts its process some event-loop turns later.
  await new Promise(setImmediate);
  return () => pushed;
}

async function readPushed(git: GitClient, { updates, to, answers }: Push): Promise<PushedObjects> {
  const ids = (of: 'newId' | 'oldId'): string[] => [...new Set(updates.map((update) => update[of]).filter((id) => id !== null))];
  const names = ids('newId');
  if (names.length === 0) return { tips: new Map(), commits: [], range: { tips: [], old: [], known: [] } };
  // The pusher chooses the old id. The receiving side must not trust it, and need not: it has all refs.
  const old = to === null ? [] : ids('oldId');
  const { commits, known } = await listCommits(
    to,
    async () => (typeof answers?.config === 'string' ? parseRemotes(answers.config) : readRemotes(git)),
    (refs, isUsual) => {
      const listed = isUsual ? (answers?.commits ?? null) : null;
      return listed === null ? readNewCommits(git, { tips: names, old, known: refs }) : Promise.resolve(listed);
    },
  );
  const range = { tips: names, old, known };

  // Most refs point to one of these commits. Ask git about the others, and whether they exist.
  const brought = new Set(commits);
  const plain = names.filter((id) => brought.has(id)).map((id): [string, Tip] => [id, { id, tags: [], target: { id, type: 'commit' } }]);
  const others = await readTips(
    git,
    names.filter((id) => !brought.has(id)),
  );
  return { tips: new Map([...plain, ...others]), commits, range };
}

/** A remote without a name has only a URL. For all others the usual answer is fetched while the config is read. */
async function listCommits(
  to: Push['to'],
  remotes: () => Promise<readonly Remote[]>,
  list: (known: readonly string[], isUsual: boolean) => Promise<readonly string[]>,
): Promise<{ readonly commits: readonly string[]; readonly known: readonly string[] }> {
  if (to === null) return { commits: await list(['--all'], false), known: ['--all'] };
  const usual = to.remote === to.url ? null : usualRefs(to.remote);
  const [commits, known] = await Promise.all([
    usual === null ? null : list(usual, usual.length > 0),
    remotes().then((all) => knownRefs(all, to.remote, to.url)),
  ]);
  const isRight = commits !== null && known.join(' ') === usual!.join(' ');
  return { commits: isRight ? commits : await list(known, false), known };
}
