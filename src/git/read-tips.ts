import { GuardianError } from '../errors/guardian-error.ts';
import type { GitClient } from './client.ts';
import { createBatchParser } from './parse-batch.ts';

/** What a ref is to lead to. */
export interface Tip {
  /** The object that the ref names. */
  readonly id: string;
  /** The tags on the way, the outer one first; none where the ref names no tag. */
  readonly tags: readonly string[];
  /** What is behind them. */
  readonly target: { readonly id: string; readonly type: 'commit' | 'tree' | 'blob' };
}

interface Found {
  readonly id: string;
  readonly type: Tip['target']['type'] | 'tag';
}

/** A tag holds a name and a message. One that is larger was made for trouble. */
const MAX_TAG = 16 * 1024 * 1024;

/**
 * Finds out what some refs are to lead to.
 *
 * @param names object ids, or anything else that git takes for an object
 * @returns by name
 * @throws GuardianError INPUT_INVALID for what is not there
 */
export async function readTips(git: GitClient, names: readonly string[]): Promise<Map<string, Tip>> {
  const tips = new Map<string, Tip>();
  const found = await readTypes(git, names);
  let open = names.map((name, i) => ({ name, id: found[i]!.id, tags: [] as readonly string[], target: found[i]! }));
  while (open.length > 0) {
    const tagged = open.filter(({ target }) => target.type === 'tag');
    for (const { name, id, tags, target } of open) {
      if (target.type !== 'tag') tips.set(name, { id, tags, target: target as Tip['target'] });
    }
    // A tag may be on another one. Each has a message of its own, so none is passed over.
    const inner = tagged.length === 0 ? [] : await readTagged(git, [...new Set(tagged.map(({ target }) => target.id))]);
    const targetOf = new Map(inner);
    open = tagged.map(({ name, id, tags, target }) => ({ name, id, tags: [...tags, target.id], target: targetOf.get(target.id)! }));
  }
  return tips;
}

async function readTypes(git: GitClient, names: readonly string[]): Promise<Found[]> {
  if (names.length === 0) return [];
  const out = await git.read(['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'], { input: `${names.join('\n')}\n` });
  const lines = out.toString().split('\n');
  return names.map((name, i) => {
    const [, id, type] = /^([\da-f]{40,64}) (commit|tag|tree|blob)$/.exec(lines[i] ?? '') ?? [];
    if (id !== undefined && type !== undefined) return { id, type: type as Found['type'] };
    throw new GuardianError('INPUT_INVALID', `git has no object ${JSON.stringify(name)}, which is to be pushed`, {
      hint: 'See whether `git cat-file -t` knows it here, and `git fsck` whether the repository is whole.',
    });
  });
}

/** What some tags are on: `object ID LF type TYPE LF` is how a tag begins. */
async function readTagged(git: GitClient, tags: readonly string[]): Promise<[tag: string, target: Found][]> {
  const targets: [string, Found][] = [];
  const parser = createBatchParser(
    (tag, bytes) => {
      const [, id, type] = /^object ([\da-f]{40,64})\ntype (commit|tag|tree|blob)\n/.exec(bytes?.toString('latin1', 0, 200) ?? '') ?? [];
      if (id === undefined || type === undefined) {
        throw new GuardianError('INPUT_INVALID', `the tag ${tag} cannot be read`, {
          hint: 'Recreate the tag. To see what is wrong with it: `git fsck`',
        });
      }
      targets.push([tag, { id, type: type as Found['type'] }]);
    },
    Infinity,
    MAX_TAG,
  );
  await git.stream(['cat-file', '--batch', '--buffer'], { input: `${tags.join('\n')}\n`, onData: parser.push });
  return targets;
}
