import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { locateAddedLines } from '../../src/diff/added-lines.ts';
import { type ChangedFile, isPartlyAdded } from '../../src/diff/changed-file.ts';
import { openGit } from '../../src/git/client.ts';
import { readCommitChanges, readCommitIds } from '../../src/git/read-changes.ts';
import { readCommitRecords } from '../../src/git/read-commit-records.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';

/** Histories to try, and commits of each. */
const RUNS = Math.ceil(Number(process.env['FUZZ_RUNS'] ?? 200) / 100);
const COMMITS = 60;

const NAMES = ['a', 'b.txt', 'dir/c', '-d', 'e e', 'f"g', 'h\nj', 'ü', '@', '0'.repeat(40)];
const MODES = ['100644', '100644', '100644', '100755', '120000'] as const;

/** Choices that make a commit: parents, as steps back; and for each name what becomes of it. */
const commitOf = fc.record({
  parents: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
  files: fc.array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      does: fc.constantFrom('remove', 'replace', 'insert', 'append', 'cut', 'rename'),
      mode: fc.constantFrom(...MODES),
      to: fc.constantFrom(...NAMES),
      at: fc.nat({ max: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

interface File {
  readonly mode: string;
  readonly lines: readonly string[];
}

type Tree = ReadonlyMap<string, File>;

interface Made {
  readonly tree: Tree;
  readonly parents: readonly number[];
}

/** A commit takes the tree of its first parent, and changes some files. Every new line is unique. */
function make(choices: readonly (typeof commitOf extends fc.Arbitrary<infer C> ? C : never)[]): Made[] {
  const all: Made[] = [];
  let lines = 0;
  const newLine = (): string => `line ${lines++}`;
  for (const [i, { parents, files }] of choices.entries()) {
    const known = [...new Set(parents.map((back) => i - back).filter((at) => at >= 0))];
    const tree = new Map(known.length === 0 ? [] : all[known[0]!]!.tree);
    for (const { name, does, mode, to, at } of files) {
      const old = tree.get(name)?.lines ?? [];
      if (does === 'remove' || does === 'rename') tree.delete(name);
      if (does === 'replace') tree.set(name, { mode, lines: [newLine(), newLine()] });
      if (does === 'insert') tree.set(name, { mode, lines: [...old.slice(0, at), newLine(), ...old.slice(at)] });
      if (does === 'append') tree.set(name, { mode, lines: [...old, newLine()] });
      if (does === 'cut') tree.set(name, { mode, lines: old.slice(0, at) });
      if (does === 'rename') tree.set(to, { mode, lines: [...old, newLine()] });
    }
    all.push({ tree, parents: known });
  }
  return all;
}

/** The last line has no end in a symlink. */
function textOf({ mode, lines }: File): string {
  return mode === '120000' ? lines.join('\n') : lines.map((line) => `${line}\n`).join('');
}

function quote(name: string): string {
  return `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Writes the commits, and gives back their ids. */
function write({ top, env, git }: TestRepository, commits: readonly Made[]): string[] {
  const out = ['feature done'];
  for (const [i, { tree, parents }] of commits.entries()) {
    out.push(`commit refs/heads/c${i}`, `mark :${i + 1}`, 'committer Ada <ada@example.com> 1767225600 +0000', 'data 1', 'm');
    const [first, ...merged] = parents;
    if (first !== undefined) out.push(`from :${first + 1}`);
    for (const parent of merged) out.push(`merge :${parent + 1}`);
    out.push('deleteall');
    for (const [name, file] of tree) {
      const text = textOf(file);
      out.push(`M ${file.mode} inline ${quote(name)}`, `data ${Buffer.byteLength(text)}`, text);
    }
    out.push('');
  }
  out.push('done', '');
  const { status, stderr } = spawnSync('git', ['fast-import', '--quiet'], { cwd: top, env, input: out.join('\n') });
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
  return git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads')
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .toSorted(([a = ''], [b = '']) => Number(a.slice(12)) - Number(b.slice(12)))
    .map(([, id]) => id!);
}

/** The new lines of each file of a commit that no parent has, by its name. */
function newLines({ tree, parents }: Made, all: readonly Made[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [name, file] of tree) {
    const olds = parents.map((parent) => all[parent]!.tree.get(name));
    if (olds.some((old) => old !== undefined && textOf(old) === textOf(file))) continue;
    const known = new Set(olds.flatMap((old) => old?.lines ?? []));
    const added = file.lines.flatMap((line, i) => (known.has(line) ? [] : [i + 1]));
    if (added.length > 0) found.set(name, added);
  }
  return found;
}

/** Does a scan count a line as added? It takes the whole file if the lines of the patch are not those of the blob: git counts some merges wrongly. */
function covers({ added }: ChangedFile, file: File, line: number): boolean {
  if (added === 'all' || locateAddedLines(Buffer.from(textOf(file)), added) === null) return true;
  const { ranges } = added;
  for (let i = 0; i < ranges.length; i += 2) if (line >= ranges[i]! && line < ranges[i]! + ranges[i + 1]!) return true;
  return false;
}

it('no line that a commit brings is left out, whatever it merges, renames or retypes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(commitOf, { minLength: COMMITS, maxLength: COMMITS }), async (choices) => {
      const repository = createRepository();
      const commits = make(choices);
      const ids = write(repository, commits);
      const git = openGit(repository.top, repository.env);
      expect(new Set(await readCommitIds(git, { kind: 'history' }))).toEqual(new Set(ids));

      const keyOf = (id: string, name: string): string => `${id} ${name}`;
      const index = (changes: readonly ChangedFile[]): Map<string, ChangedFile> =>
        new Map(changes.map((change) => [keyOf(change.commit!, change.record.pathBytes.toString()), change]));
      const patched = index(await readCommitChanges(git, ids));
      const recorded = index((await readCommitRecords(git, ids, Infinity)).changes);

      const missed = commits.flatMap((commit, i) =>
        [...newLines(commit, commits)].flatMap(([name, lines]) => {
          const key = keyOf(ids[i]!, name);
          const [patch, record] = [patched.get(key), recorded.get(key)];
          if (patch === undefined || record === undefined) return [`${key}: the file`];
          // A push scans a file whole unless its record says that only a patch can tell.
          if (!isPartlyAdded(record.record) && patch.added !== 'all') return [`${key}: that it is new`];
          return lines.filter((line) => !covers(patch, commit.tree.get(name)!, line)).map((line) => `${key}: line ${line}`);
        }),
      );
      expect(missed).toEqual([]);
    }),
    // To shrink a history takes minutes: each try writes a repository.
    { numRuns: RUNS, endOnFailure: true },
  );
});
