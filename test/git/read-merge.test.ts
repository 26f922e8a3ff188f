import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { hadConflicts, isPublished, parseMergeVariables, readMergeHeads } from '../../src/git/read-merge.ts';
import { createFolder, createRepository } from '../support/repository.ts';

const [A, B] = ['a'.repeat(40), 'b'.repeat(64)] as const;

describe('commits that are merged', () => {
  it('are those of MERGE_HEAD, one a line', () => {
    const folder = createFolder();
    expect(readMergeHeads(folder)).toEqual([]);
    writeFileSync(join(folder, 'MERGE_HEAD'), `${A}\n${B}\n\nnone\n`);
    expect(readMergeHeads(folder)).toEqual([A, B]);
    expect(readMergeHeads(join(folder, 'MERGE_HEAD'))).toEqual([]);
  });

  it('are named in variables for pre-merge-commit', () => {
    expect(parseMergeVariables({ [`GITHEAD_${A}`]: 'side', GITHEAD_x: '', [`GITHEAD_${B}`]: 'other', PATH: A })).toEqual([A, B]);
    expect(parseMergeVariables({})).toEqual([]);
  });
});

describe('conflicts', () => {
  it.each([
    ["Merge branch 'side'\n\n# Conflicts:\n#\ta.js\n", true],
    ["Merge branch 'side'\n\n; Conflicts:\n;\ta.js\n", true],
    ["Merge branch 'side'\n\nConflicts:\n\ta.js\n", true],
    ["Merge branch 'conflicts'\n\nIt had Conflicts: many.\n", false],
  ])('%j: %s', (message, expected) => {
    const folder = createFolder();
    expect(hadConflicts(folder)).toBe(false);
    writeFileSync(join(folder, 'MERGE_MSG'), message);
    expect(hadConflicts(folder)).toBe(expected);
  });
});

it('a commit is published where a branch of any remote has it', async () => {
  const repository = createRepository();
  const git = openGit(repository.top, repository.env);
  repository.git('commit', '--quiet', '--allow-empty', '--message', 'one');
  repository.git('commit', '--quiet', '--allow-empty', '--message', 'two');
  const [one, two] = ['HEAD^', 'HEAD'].map((name) => repository.git('rev-parse', name).trim()) as [string, string];
  expect(await isPublished(git, one)).toBe(false);
  repository.git('update-ref', 'refs/remotes/upstream/main', one);
  mkdirSync(join(repository.top, two));
  expect([await isPublished(git, one), await isPublished(git, two)]).toEqual([true, false]);
});
