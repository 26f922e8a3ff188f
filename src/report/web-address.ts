/** A link that other programs may open; undefined for pages of our own, which have no address. */
export function webAddress(docs: string): string | undefined {
  return /^https?:\/\/[^\s"'<>\\^`{|}]+$/.test(docs) && URL.canParse(docs) ? docs : undefined;
}
