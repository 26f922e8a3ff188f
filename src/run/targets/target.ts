import type { PushAnswers } from '../../git/read-pushed.ts';
import type { RefUpdate } from '../../diff/ref-update.ts';

/** What a run looks at. */
export type Target =
  | { readonly kind: 'staged' }
  | { readonly kind: 'range'; readonly range: string }
  | { readonly kind: 'history' }
  | { readonly kind: 'all' }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'stdin'; readonly path: string; readonly text: Buffer }
  /** The message of the commit that is being made. `file`: from the current folder. */
  | { readonly kind: 'message'; readonly file: string }
  /** What is about to be pushed. `remote`: its name, or the URL where it has none. `isPartial`: there may be refs that nobody told us of. */
  | {
      readonly kind: 'push';
      readonly remote: string;
      readonly url: string;
      readonly updates: readonly RefUpdate[];
      readonly isPartial: boolean;
      /** What the shim has asked git already. */
      readonly answers?: PushAnswers;
    }
  /** What was pushed to this server, and is not accepted yet. `skipReason`: why the pusher wants it to pass as it is; null: nobody asks. */
  | { readonly kind: 'receive'; readonly updates: readonly RefUpdate[]; readonly skipReason: string | null };

export type PushTarget = Extract<Target, { kind: 'push' | 'receive' }>;
