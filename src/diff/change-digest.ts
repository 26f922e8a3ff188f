import { checksumOf, type RawRecord } from './changed-file.ts';

/**
 * A digest of the new content of some changes, independent of their order. It distinguishes the content of commits; it is not a signature.
 */
export function digestChanges(records: readonly RawRecord[]): string {
  let sum = 0;
  for (const { pathBytes, newMode, newBlob } of records) {
    sum = (sum + checksumOf(pathBytes, parseInt(newBlob.slice(0, 8), 16) ^ parseInt(newMode, 8))) >>> 0;
  }
  return `${records.length} ${sum.toString(16)}`;
}
