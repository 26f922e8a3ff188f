const COMMENT = /^\s*(?:\/\/|\/?\*|#|--|<!--|"""|''')|(?:^|\s)(?:\/\/|\/\*|#\s)/;

/** Does a line, up to where something stands, open a comment? */
export function isCommented(before: string): boolean {
  return COMMENT.test(before);
}

/** Does a line, up to where something stands, open a string that it does not close? */
export function isInString(before: string): boolean {
  return ['"', "'", '`'].some((quote) => (before.split(quote).length - 1) % 2 === 1);
}
