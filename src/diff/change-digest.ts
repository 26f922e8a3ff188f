import { checksumOf, type RawRecord } from './changed-file.ts';

/**
 * A short name for what some changes put in place, in whatever order they come. It tells the content of one commit from that of another; it is
 * no signature.
 */
export function digestChanges(records: readonly RawRecord[]): string {
  let sum = 0;
  for (const { pathBytes, newMode, newBlob } of records) {
    sum = (sum + checksumOf(pathBytes, parseInt(newBlob.slice(0, 8), 16) ^ parseInt(newMode, 8))) >>> 0;
  }
  return `${records.length} ${sum.toString(16)}`;
}
