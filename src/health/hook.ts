import type { Check } from '../report/health-report.ts';

/** How a hook of git comes to run us. */
export type Reach =
  /** Our own script, absolute. `original`: the hook that it runs first, beside it; '' where there is none. `by`: the manager that calls it. */
  | { readonly kind: 'shim'; readonly path: string; readonly content: string; readonly original: string; readonly by: string | null }
  /** A manager, or a hook of the user's, has `code-guardian hook NAME` among its commands. */
  | { readonly kind: 'guest'; readonly by: string }
  /** `hook.<name>.command` of git's config. `content`: of our script that it runs; '' where that is not there. */
  | { readonly kind: 'config'; readonly name: string; readonly command: string; readonly content: string };

/** What is known of one hook in one worktree. */
export interface HookFacts {
  readonly hook: string;
  /** The file that git runs, as people name it. */
  readonly path: string;
  /** The same as a word of a shell, from the current folder. */
  readonly word: string;
  readonly file: 'none' | 'ours' | 'foreign';
  readonly isExecutable: boolean;
  /** Who wrote that file, where it is not ours and that can be told. */
  readonly manager: string | null;
  /** Null: we are not run. */
  readonly reach: Reach | null;
  /** Is our script other than this release would write it? */
  readonly isStale: boolean;
  /** A hook of ours that git does not run, as people name it. */
  readonly unused: string | null;
  /** How to have it wired. */
  readonly way: string;
}

/** What nobody sees without the hook. */
const UNSEEN: Readonly<Record<string, string>> = {
  'pre-commit': 'commits are not looked at',
  'pre-merge-commit': 'merges are not looked at',
  'commit-msg': 'messages of commits are not looked at',
  'pre-push': 'pushes are not looked at',
  'pre-receive': 'what is pushed here is not looked at',
};

/** Without these nothing is looked at; to do without the others is a choice that one may make. */
const ESSENTIAL: ReadonlySet<string> = new Set(['pre-commit', 'pre-receive']);

/** Will git run us for this hook? */
export function judgeHook(facts: HookFacts): Check {
  const { hook, path, word, isExecutable, manager, reach, isStale, way } = facts;
  if (reach === null) return judgeAbsence(facts);
  const check = (status: Check['status'], detail: string, hint?: string): Check => ({
    name: hook,
    status,
    detail,
    ...(hint === undefined ? {} : { hint }),
  });
  const inConfig = reach.kind === 'config' ? `hook.${reach.name} of git’s config` : null;
  if (inConfig === null && !isExecutable)
    return check('fail', `${path} is not executable, so git does not run it: ${UNSEEN[hook]}`, `Run \`chmod +x ${word}\`.`);
  if (isStale) return check('warn', `${inConfig ?? path} is ours, but not as this release writes it`, way);
  if (reach.kind === 'config') return check('ok', `${inConfig}`);
  if (reach.kind === 'guest') return check('ok', `${path}: ${reach.by} calls code-guardian`);
  if (reach.by !== null) return check('ok', `${path}: ${reach.by} runs our hook`);
  const chained = reach.original === '' ? '' : `, behind ${reach.original}`;
  return check('ok', `${path} is ours${manager === null ? chained : ` (${manager})`}`);
}

function judgeAbsence({ hook, path, file, manager, unused, way }: HookFacts): Check {
  const status = ESSENTIAL.has(hook) || unused !== null ? 'fail' : 'warn';
  const unseen = UNSEEN[hook] ?? 'it does not run us';
  if (manager === 'husky' && file === 'none') {
    return {
      name: hook,
      status: 'fail',
      detail: `${path} is not there: husky was not set up in this worktree, so git runs no hooks in it`,
      hint: 'Run `npx husky` in it, or your package manager’s install.',
    };
  }
  const whose = file === 'none' ? 'no hook' : `${path} is ${manager === null ? 'another’s' : `${manager}’s`} and does not call us`;
  const besides = unused === null ? '' : `; ours, ${unused}, is never run`;
  return { name: hook, status, detail: `${whose}${besides}: ${unseen}`, hint: way };
}
