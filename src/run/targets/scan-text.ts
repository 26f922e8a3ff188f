import type { Collector } from '../collector.ts';
import type { Unit } from '../scanned-file.ts';

/** What stands for a path in findings of a commit's message. */
export const COMMIT_MESSAGE = 'commit message';
export const TAG_MESSAGE = 'tag message';

/**
 * A text that is no file.
 *
 * @param commit the commit or tag that it belongs to
 */
export function unitOfText(path: string, commit?: string): Unit {
  return { path, pathBytes: undefined, commit, status: 'added', isSymlink: false, added: 'all' };
}

/** Scans a text that is no file. */
export function scanText(collector: Collector, path: string, text: Buffer, commit?: string): void {
  const unit = unitOfText(path, commit);
  collector.expect(unit);
  collector.scan(unit, text);
}
