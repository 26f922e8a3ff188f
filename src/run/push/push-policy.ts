import type { LoadedConfig } from '../../config/load.ts';
import type { Config } from '../../policy/config.ts';
import type { RunChoice } from '../../policy/policy.ts';
import type { PushSkip } from '../../report/scan-report.ts';
import type { Target } from '../targets/target.ts';

/** GitHub Enterprise gives all pre-receive hooks of a push five seconds; the rest is for git and for the report. */
const RECEIVE_TIMEOUT = 4000;

/** Milliseconds that a run may take. On a server the pusher waits and can change nothing, so it is less there, unless the config sets it. */
export function timeoutOf({ kind }: Target, { config, layers }: LoadedConfig): number {
  const isSet = layers.slice(1).some(({ value }) => value.performance?.timeout !== undefined);
  return kind === 'receive' && !isSet ? RECEIVE_TIMEOUT : config.performance.timeout;
}

/** The answer to a pusher's wish to leave the scan out. */
export interface SkipDecision {
  readonly choice: RunChoice;
  /** The granted wish; null: everything is scanned. */
  readonly skip: PushSkip | null;
  readonly notices: readonly string[];
}

/** `git push -o code-guardian.skip=REASON`: granted if the server's policy allows it, and never for required rules. */
export function choosePushSkip(target: Target, { security }: Config, choice: RunChoice): SkipDecision {
  const asked = target.kind === 'receive' ? target.skipReason : null;
  const refused = (why: string): SkipDecision => ({
    choice,
    skip: null,
    notices: [`-o code-guardian.skip has no effect: ${why}`],
  });
  if (asked === null) return { choice, skip: null, notices: [] };
  if (!security.allowPushSkip) return refused('the policy of this server does not allow it');
  if (asked === '') return refused('it needs a reason');
  if (security.required.length === 0) return { choice, skip: { reason: asked, ranRequired: false }, notices: [] };
  return {
    choice: { only: security.required, skip: [] },
    skip: { reason: asked, ranRequired: true },
    notices: [`only required rules were run, by the push option code-guardian.skip: ${asked}`],
  };
}
