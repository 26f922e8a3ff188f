/**
 * Strict base64: whole groups, correct padding, unused bits zero (so that no other text gives the same bytes).
 *
 * @returns the bytes; null if the text is not strict base64
 */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** Strict base64url without padding; `=` padding is accepted. */
export function decodeBase64url(text: string): Buffer | null {
  const bare = text.replace(/={1,2}$/, '');
  const bytes = Buffer.from(bare, 'base64url');
  return bytes.toString('base64url') === bare ? bytes : null;
}

/** The JSON object in a base64 or base64url text; null if there is no object. */
export function decodeJsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // Text that is not JSON is a result, not an error.
  }
}
