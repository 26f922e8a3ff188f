import type { TargetName } from '../report/scan-report.ts';

/** What a run looks at. */
export type Target =
  | { readonly kind: 'staged' }
  | { readonly kind: 'range'; readonly range: string }
  | { readonly kind: 'history' }
  | { readonly kind: 'all' }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'stdin'; readonly path: string; readonly text: Buffer };

export function targetName({ kind }: Target): TargetName {
  return kind;
}
