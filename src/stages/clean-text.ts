import { visible } from '../findings/redact.ts';

const MAX_TEXT = 500;
const MAX_RULE = 100;

/** Untrusted text on one line, of limited length and without terminal control characters. */
export function cleanText(text: unknown, most = MAX_TEXT): string {
  if (typeof text !== 'string') return '';
  // Cut a huge line before processing it.
  const line = visible(
    text
      .slice(0, most * 4)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A scanner's rule name, reduced to characters that configs and comments can contain. */
export function cleanRule(id: unknown): string {
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  return text.slice(0, MAX_RULE).replace(/[^\w@.:+/-]/g, '-') || 'unknown';
}

/** A web address, or ''. */
export function cleanUrl(url: unknown): string {
  return typeof url === 'string' && url.length <= MAX_TEXT && /^https?:\/\/[^\s\u0000-\u001f\u007f-\u009f]+$/.test(url) ? url : '';
}
