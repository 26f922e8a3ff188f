import { asLogLine } from './log-line.ts';

/** Invisible, and no forge reads a reference across it. */
const BREAK = '\u200b';

/** Characters that GitHub and GitLab read as the start of a reference if a word follows: a user, an issue, a label, an epic. */
const REFERENCE = /(?<=[@#!~%$^&])(?=[\p{L}\p{N}_"])|(?<=GH-)(?=\d)/giu;

/** Text in which no forge finds a mention, or a link to an issue. */
export function withoutReferences(text: string): string {
  return text.replace(REFERENCE, BREAK);
}

/** Text as prose: shown as it is, whatever Markdown it holds, except that what is between backquotes is code, as in all our texts. */
export function prose(text: string): string {
  return asLogLine(text)
    .replace(/\s+/g, ' ')
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? code(part) : plain(part)))
    .join('');
}

function plain(text: string): string {
  return withoutReferences(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#$!]/g, '\\$&');
}

/**
 * What could be markup, the end of a table's cell, a mention, or the start of an address; and blanks that a browser would drop. A `_` behind a
 * letter opens no emphasis, and a `]` ends a link only before `(`, `[` or `:`.
 */
const MEANINGFUL = /[&<>|@#`*\\~!$^]|(?<![\p{L}\p{N}])_|\](?=[([:])|:(?=\/\/)|(?<=\bwww)\.|(?<=^| ) /giu;

/** Text as code, by entities: they mean nothing to Markdown, in tables neither, and what is shown can be copied. */
export function code(text: string): string {
  return `<code>${asLogLine(text).replace(MEANINGFUL, (char) => `&#${char.charCodeAt(0)};`)}</code>`;
}

/** @param address as `webAddress` lets it pass */
export function link(text: string, address: string): string {
  return `[${text}](${address.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}
