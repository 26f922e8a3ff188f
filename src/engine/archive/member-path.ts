/** What stands between an archive and the name of a member, as in URLs of Java. */
const SEPARATOR = '!/';

/**
 * How a member of an archive is called: `lib/app.zip!/config/.env`. Nothing is ever written there, but no name leads out of the archive all
 * the same.
 */
export function memberPath(archive: string, name: string): string {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return archive + SEPARATOR + (parts.join('/') || 'member without a name');
}

export function isMemberPath(path: string): boolean {
  return path.includes(SEPARATOR);
}

/** The file that git knows: `lib/app.zip`. */
export function archiveOf(path: string): string {
  return path.split(SEPARATOR, 1)[0]!;
}
