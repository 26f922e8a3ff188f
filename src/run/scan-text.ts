import type { Collector } from './collector.ts';

/** What stands for a path in findings of a commit's message. */
export const COMMIT_MESSAGE = 'commit message';
export const TAG_MESSAGE = 'tag message';

/**
 * Scans a text that is no file.
 *
 * @param commit the commit or tag that it belongs to
 */
export function scanText(collector: Collector, path: string, text: Buffer, commit?: string): void {
  const unit = { path, pathBytes: undefined, commit, status: 'added', isSymlink: false, added: 'all' } as const;
  collector.expect(unit);
  collector.scan(unit, text);
}
