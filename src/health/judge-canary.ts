import type { Check } from '../report/health-report.ts';
import { CANARY, type CanaryResult, canaryToken, COMMAND_NOT_FOUND } from './canary.ts';
import type { Ended } from './execute.ts';
import type { Reach } from './hook.ts';

/**
 * Whether every hook stopped what it must stop, and nothing else.
 *
 * @param isSearched whether the config reports a planted token
 */
export function judgeCanary(results: readonly CanaryResult[], isSearched: boolean): Check {
  const name = 'canary';
  if (results.length === 0) return { name, status: 'skipped', detail: 'no hook runs code-guardian' };
  const worst = results.map((result) => judgeResult(result, isSearched)).toSorted((a, b) => RANK[a.status] - RANK[b.status])[0]!;
  if (worst.status !== 'ok') return { name, ...worst };
  const notRun = [...new Set(results.flatMap(({ reach }) => notRunBehind(reach)))];
  const suffix = notRun.length === 0 ? '' : `; ${notRun.join(' and ')} not run`;
  const who = results.length === 1 ? results[0]!.hook : `${results.length} hooks`;
  return { name, status: 'ok', detail: `${who} blocked a planted token and let clean text pass${suffix}` };
}

/** Other hooks that did not run. */
function notRunBehind(reach: Reach): string[] {
  if (reach.kind === 'guest') return [reach.by];
  return reach.kind === 'shim' && reach.original !== '' ? ['chained hooks'] : [];
}

type Judged = Pick<Check, 'status' | 'detail' | 'hint'>;

const RANK: Readonly<Record<Check['status'], number>> = { fail: 0, warn: 1, skipped: 2, ok: 3 };

function judgeResult({ hook, planted, clean, needsOwnPath }: CanaryResult, isSearched: boolean): Judged {
  const isNamed = planted.output.includes(hook === 'commit-msg' ? CANARY.rule : CANARY.path);
  if (planted.code === COMMAND_NOT_FOUND) {
    return {
      status: 'fail',
      detail: `${hook} did not find code-guardian on its PATH`,
      hint: 'Install it in this worktree: `npm install --save-dev code-guardian`',
    };
  }
  if (planted.code === 0 && (isNamed || !isSearched)) {
    const detail = isNamed
      ? `${hook} found the planted token, but the config lets it pass`
      : `${hook} runs, but the config switches off the rule for the planted token (${CANARY.rule})`;
    return { status: 'warn', detail, hint: 'To see which layer decides: `code-guardian config show --origins`' };
  }
  if (planted.code !== 1 || !isNamed) {
    return { status: 'fail', detail: `${hook} got a planted token and ${tell(planted)}`, hint: SEE };
  }
  if (clean.code !== 0) return { status: 'fail', detail: `${hook} got clean text and ${tell(clean)}`, hint: SEE };
  if (!needsOwnPath) return { status: 'ok', detail: '' };
  return {
    status: 'warn',
    detail: `${hook} finds code-guardian in this shell, but not in GUI programs, which have a shorter PATH`,
    hint: 'Install it in the repository: `npm install --save-dev code-guardian`. Or set PATH in the hook manager’s init file.',
  };
}

const SEE = 'Run the hook by hand to see its output. To rewrite our hooks: `code-guardian install`';

function tell({ code, output }: Ended): string {
  const said = output.split('\n').find((line) => line.trim() !== '');
  const ended = code === null ? 'did not finish' : code === 0 ? 'let it pass' : `exited with ${code}`;
  // Another program may have printed the token.
  return said === undefined ? ended : `${ended}: ${said.trim().replaceAll(canaryToken(), '…').slice(0, 200)}`;
}
