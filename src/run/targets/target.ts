import type { PushAnswers } from '../../git/read-pushed.ts';
import type { RefUpdate } from '../../diff/ref-update.ts';

/** What a run scans. */
export type Target =
  | { readonly kind: 'staged' }
  | { readonly kind: 'range'; readonly range: string }
  /** `since`: a date or a commit; only what came after it. */
  | { readonly kind: 'history'; readonly since?: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'stdin'; readonly path: string; readonly text: Buffer }
  /** The message of the commit that is being made. `file`: relative to the working folder. */
  | { readonly kind: 'message'; readonly file: string }
  /** What is about to be pushed. `remote`: its name, or the URL if it has none. `isPartial`: there may be refs that the caller did not name. */
  | {
      readonly kind: 'push';
      readonly remote: string;
      readonly url: string;
      readonly updates: readonly RefUpdate[];
      readonly isPartial: boolean;
      /** What the shim asked git already. */
      readonly answers?: PushAnswers;
    }
  /** What was pushed to this server, and is not accepted yet. `skipReason`: why the pusher wants to skip the scan; null: no such wish. */
  | { readonly kind: 'receive'; readonly updates: readonly RefUpdate[]; readonly skipReason: string | null };

export type PushTarget = Extract<Target, { kind: 'push' | 'receive' }>;
