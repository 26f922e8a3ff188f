import { createHash } from 'node:crypto';

/** An id of one place, as a UUID. One value may be in several places, and readers of a report drop what has the same id. */
export function placeId(...parts: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  // Version 8 (free form), variant 1: RFC 9562.
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
