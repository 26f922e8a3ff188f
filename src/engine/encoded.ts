/** Longest value to decode: 64 KiB of decoded bytes. */
const MOST_CHARACTERS = Math.ceil((64 * 1024) / 3) * 4;
const LEAST_CHARACTERS = 20;
const BASE64 = /^[A-Za-z\d+/_-]+={0,2}$/;
/** Control characters that do not occur in text, and the replacement character for invalid UTF-8. */
// eslint-disable-next-line no-control-regex -- control characters are the point
const NO_TEXT = /[\0-\x08\x0e-\x1f\x7f\ufffd]/;

/**
 * The text in a base64 or base64url value, which may have several lines.
 *
 * @returns its bytes; null if the value is something else, does not contain text, or is too long
 */
export function decodeValue(value: string): Buffer | null {
  if (value.length < LEAST_CHARACTERS || value.length > MOST_CHARACTERS) return null;
  const whole = value.replace(/\s+|\\[nr]/g, '');
  if (!BASE64.test(whole)) return null;
  const bytes = Buffer.from(whole, 'base64');
  return bytes.length >= 12 && !NO_TEXT.test(bytes.toString('utf8')) ? bytes : null;
}
