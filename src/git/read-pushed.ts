import type { RefUpdate } from '../diff/ref-update.ts';
import type { GitClient } from './client.ts';
import { loadSimpleGit } from './start-git.ts';
import { type NewCommits, readNewCommits } from './read-new-commits.ts';
import { readTips, type Tip } from './read-tips.ts';
import { knownRefs, parseRemotes, readRemotes, type Remote, usualRefs } from './remotes.ts';

/** What git was asked by the shim of pre-push while Node started; null where it failed, or was not asked. */
export interface PushAnswers {
  /** `git config --list -z`. */
  readonly config: string | null;
  /** The commits that the push brings, if the refs that follow the remote are all that the other side is known to have. */
  readonly commits: readonly string[] | null;
}

/** A push, as git tells a hook of it. */
export interface Push {
  readonly updates: readonly RefUpdate[];
  /** Where it goes: the remote's name, or the URL where it has none. Null: it has arrived here. */
  readonly to: { readonly remote: string; readonly url: string } | null;
  /** What the shim has asked already. */
  readonly answers?: PushAnswers;
}

/** What a push brings. */
export interface PushedObjects {
  /** What the refs are to lead to, by the new ids of the updates. */
  readonly tips: ReadonlyMap<string, Tip>;
  /** Ids of the commits that the other side does not have, oldest first. */
  readonly commits: readonly string[];
  /** How to ask for them again. */
  readonly range: NewCommits;
}

/**
 * Asks git what a push brings, and does not wait for the answer.
 *
 * @returns the answer; it throws GuardianError INPUT_INVALID for an object that is not there
 */
export async function askPush(git: GitClient, push: Push): Promise<() => Promise<PushedObjects>> {
  if (push.answers === undefined) await loadSimpleGit();
  const pushed = readPushed(git, push);
  // That it failed before anybody waited for it is no unhandled rejection.
  pushed.catch(() => undefined);
  // simple-git starts a process some turns after it was asked to.
  await new Promise(setImmediate);
  return () => pushed;
}

async function readPushed(git: GitClient, { updates, to, answers }: Push): Promise<PushedObjects> {
  const ids = (of: 'newId' | 'oldId'): string[] => [...new Set(updates.map((update) => update[of]).filter((id) => id !== null))];
  const names = ids('newId');
  if (names.length === 0) return { tips: new Map(), commits: [], range: { tips: [], old: [], known: [] } };
  // An old id is what the pusher says. Where it arrives it must not be believed, and need not: all refs are there.
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

  // Most refs lead to one of these commits. What the others lead to is asked for, and whether it is there at all.
  const brought = new Set(commits);
  const plain = names.filter((id) => brought.has(id)).map((id): [string, Tip] => [id, { id, tags: [], target: { id, type: 'commit' } }]);
  const others = await readTips(
    git,
    names.filter((id) => !brought.has(id)),
  );
  return { tips: new Map([...plain, ...others]), commits, range };
}

/** A remote without a name is known by its URL alone. For all others the usual answer is fetched while the config is read. */
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
