import type { Check } from '../report/health-report.ts';

/** How a git hook runs us. */
export type Reach =
  /** Our own shim, absolute. `original`: the hook next to it that runs first, or ''. `by`: the manager that calls it. */
  | { readonly kind: 'shim'; readonly path: string; readonly content: string; readonly original: string; readonly by: string | null }
  /** A manager, or the user's own hook, calls `code-guardian hook NAME`. */
  | { readonly kind: 'guest'; readonly by: string }
  /** `hook.<name>.command` in git's config. `content`: our script that it runs, or ''. */
  | { readonly kind: 'config'; readonly name: string; readonly command: string; readonly content: string };

/** Facts about one hook in one worktree. */
export interface HookFacts {
  readonly hook: string;
  /** The file that git runs, for messages. */
  readonly path: string;
  /** The same as a shell word, relative to the current folder. */
  readonly word: string;
  readonly file: 'none' | 'ours' | 'foreign';
  readonly isExecutable: boolean;
  /** Who wrote that file, if it is not ours and the writer is known. */
  readonly manager: string | null;
  /** Null: we do not run. */
  readonly reach: Reach | null;
  /** Whether this release would write a different shim. */
  readonly isStale: boolean;
  /** Our hook that git does not run, for messages. */
  readonly unused: string | null;
  /** How to install it. */
  readonly way: string;
}

/** What is not scanned without the hook. */
const UNSEEN: Readonly<Record<string, string>> = {
  'pre-commit': 'commits are not scanned',
  'pre-merge-commit': 'merges are not scanned',
  'commit-msg': 'commit messages are not scanned',
  'pre-push': 'pushes are not scanned',
  'pre-receive': 'pushes to this repository are not scanned',
};

/** Without these nothing is scanned. The other hooks are optional. */
const ESSENTIAL: ReadonlySet<string> = new Set(['pre-commit', 'pre-receive']);

/** Whether git will run us for this hook. */
export function judgeHook(facts: HookFacts): Check {
  const { hook, path, word, isExecutable, manager, reach, isStale, way } = facts;
  if (reach === null) return judgeAbsence(facts);
  const check = (status: Check['status'], detail: string, hint?: string): Check => ({
    name: hook,
    status,
    detail,
    ...(hint === undefined ? {} : { hint }),
  });
  const inConfig = reach.kind === 'config' ? `hook.${reach.name} in git’s config` : null;
  if (inConfig === null && !isExecutable)
    return check('fail', `${path} is not executable, so git does not run it: ${UNSEEN[hook]}`, `Run \`chmod +x ${word}\`.`);
  if (isStale) return check('warn', `${inConfig ?? path} was written by another release of code-guardian`, way);
  if (reach.kind === 'config') return check('ok', `${inConfig}`);
  if (reach.kind === 'guest') return check('ok', `${path}: ${reach.by} calls code-guardian`);
  if (reach.by !== null) return check('ok', `${path}: ${reach.by} runs our hook`);
  const chained = reach.original === '' ? '' : `, behind ${reach.original}`;
  return check('ok', `${path} is ours${manager === null ? chained : ` (${manager})`}`);
}

function judgeAbsence({ hook, path, file, manager, unused, way }: HookFacts): Check {
  const status = ESSENTIAL.has(hook) || unused !== null ? 'fail' : 'warn';
  const unseen = UNSEEN[hook] ?? 'code-guardian does not run';
  if (manager === 'husky' && file === 'none') {
    return {
      name: hook,
      status: 'fail',
      detail: `${path} does not exist: husky is not set up in this worktree, so git runs no hooks`,
      hint: 'Run `npx husky`, or install the dependencies, in that worktree.',
    };
  }
  const whose =
    file === 'none' ? 'no hook' : `${path} ${manager === null ? 'is not ours' : `belongs to ${manager}`} and does not call code-guardian`;
  const suffix = unused === null ? '' : `; our hook, ${unused}, never runs`;
  return { name: hook, status, detail: `${whose}${suffix}: ${unseen}`, hint: way };
}
