import { visible } from '../findings/redact.ts';

const MAX_TEXT = 500;
const MAX_RULE = 100;

/** A stranger's text on one line, without characters that a terminal obeys, and bounded. */
export function cleanText(text: unknown, most = MAX_TEXT): string {
  if (typeof text !== 'string') return '';
  // A line of megabytes is cut before anything looks at it.
  const line = visible(
    text
      .slice(0, most * 4)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** What a scanner calls a rule, in characters that configs and comments can name. */
export function cleanRule(id: unknown): string {
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  return text.slice(0, MAX_RULE).replace(/[^\w@.:+/-]/g, '-') || 'unknown';
}

/** A web address; nothing where it is none. */
export function cleanUrl(url: unknown): string {
  return typeof url === 'string' && url.length <= MAX_TEXT && /^https?:\/\/[^\s\u0000-\u001f\u007f-\u009f]+$/.test(url) ? url : '';
}
