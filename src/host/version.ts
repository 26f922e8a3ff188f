/** The version in package.json; a test compares them. */
export const VERSION = '0.1.0';

/** Identifies a build: the build replaces this with a digest of the source. */
export const BUILD = 'source';
