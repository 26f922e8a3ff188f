import type { Check } from '../report/health-report.ts';
import { CANARY, type CanaryResult, canaryToken, COMMAND_NOT_FOUND } from './canary.ts';
import type { Ended } from './execute.ts';
import type { Reach } from './hook.ts';

/**
 * Did every hook stop what it must stop, and nothing else?
 *
 * @param isSearched by the config, does anything that is planted count?
 */
export function judgeCanary(results: readonly CanaryResult[], isSearched: boolean): Check {
  const name = 'canary';
  if (results.length === 0) return { name, status: 'skipped', detail: 'no hook runs us, so there is none to try' };
  const worst = results.map((result) => judgeResult(result, isSearched)).toSorted((a, b) => RANK[a.status] - RANK[b.status])[0]!;
  if (worst.status !== 'ok') return { name, ...worst };
  const notRun = [...new Set(results.flatMap(({ reach }) => notRunBehind(reach)))];
  const besides = notRun.length === 0 ? '' : `; ${notRun.join(' and ')} not run`;
  const who = results.length === 1 ? results[0]!.hook : `${results.length} hooks`;
  return { name, status: 'ok', detail: `${who} stopped a planted token and let clean text pass${besides}` };
}

/** What would run before or around us, and was left out. */
function notRunBehind(reach: Reach): string[] {
  if (reach.kind === 'guest') return [reach.by];
  return reach.kind === 'shim' && reach.original !== '' ? ['the hooks behind ours'] : [];
}

type Judged = Pick<Check, 'status' | 'detail' | 'hint'>;

const RANK: Readonly<Record<Check['status'], number>> = { fail: 0, warn: 1, skipped: 2, ok: 3 };

function judgeResult({ hook, planted, clean, needsOwnPath }: CanaryResult, isSearched: boolean): Judged {
  const isNamed = planted.output.includes(hook === 'commit-msg' ? CANARY.rule : CANARY.path);
  if (planted.code === COMMAND_NOT_FOUND) {
    return {
      status: 'fail',
      detail: `${hook} found no code-guardian on its PATH`,
      hint: 'Install it where the hook looks: `npm install --save-dev code-guardian`, in this worktree too.',
    };
  }
  if (planted.code === 0 && (isNamed || !isSearched)) {
    const detail = isNamed
      ? `${hook} found the planted token, and the config lets it pass`
      : `${hook} runs, but by the config it does not look for what was planted (${CANARY.rule})`;
    return { status: 'warn', detail, hint: 'See which layer says so: `code-guardian config show --origins`.' };
  }
  if (planted.code !== 1 || !isNamed) {
    return { status: 'fail', detail: `${hook} was given a planted token and ${tell(planted)}`, hint: SEE };
  }
  if (clean.code !== 0) return { status: 'fail', detail: `${hook} was given nothing to find and ${tell(clean)}`, hint: SEE };
  if (!needsOwnPath) return { status: 'ok', detail: '' };
  return {
    status: 'warn',
    detail: `${hook} finds code-guardian from here, but not from programs with windows, whose PATH is short`,
    hint: 'Install it in the repository (`npm install --save-dev code-guardian`), or set PATH in the init file of the hook manager.',
  };
}

const SEE = 'Run the hook’s command by hand to see all that it says; `code-guardian install` writes our hooks anew.';

function tell({ code, output }: Ended): string {
  const said = output.split('\n').find((line) => line.trim() !== '');
  const ended = code === null ? 'did not end by itself' : code === 0 ? 'let it pass' : `ended with ${code}`;
  // Whoever wrote that may have redacted nothing.
  return said === undefined ? ended : `${ended}: ${said.trim().replaceAll(canaryToken(), '…').slice(0, 200)}`;
}
