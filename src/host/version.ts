/** The version of package.json; a test holds the two together. */
export const VERSION = '0.1.0';

/** Tells one build from another of the same version: the build puts a digest of the source here. */
export const BUILD = 'source';
