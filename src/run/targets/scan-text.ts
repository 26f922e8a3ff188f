import type { Collector } from '../collector.ts';
import { textUnder } from '../scanned-file.ts';

/** What findings in a commit's message have for a path. */
export const COMMIT_MESSAGE = 'commit message';
export const TAG_MESSAGE = 'tag message';

/** Scans a text that is no file. */
export function scanText(collector: Collector, path: string, text: Buffer, commit?: string): void {
  const file = textUnder(path, commit);
  collector.expect(file);
  collector.scan(file, text);
}
