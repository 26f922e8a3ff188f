/** Separates an archive from the name of a member, as in Java's JAR URLs. */
const SEPARATOR = '!/';

/**
 * The path of an archive member: `lib/app.zip!/config/.env`. Nothing is ever written there; even so, no name points outside the archive.
 */
export function memberPath(archive: string, name: string): string {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return archive + SEPARATOR + (parts.join('/') || 'member without a name');
}

export function isMemberPath(path: string): boolean {
  return path.includes(SEPARATOR);
}

/** The file in git: `lib/app.zip`. */
export function archiveOf(path: string): string {
  return path.split(SEPARATOR, 1)[0]!;
}
