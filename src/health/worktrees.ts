/** A worktree in git's list. The first is the main one, which may be bare. */
export interface ListedWorktree {
  readonly path: string;
  readonly isBare: boolean;
}

/** Output of `git worktree list --porcelain` → worktrees. */
export function parseWorktrees(text: string): ListedWorktree[] {
  return text
    .split('\n\n')
    .map((block) => block.split('\n'))
    .flatMap((lines) => {
      const path = lines.find((line) => line.startsWith('worktree '))?.slice('worktree '.length);
      return path === undefined ? [] : [{ path, isBare: lines.includes('bare') }];
    });
}
