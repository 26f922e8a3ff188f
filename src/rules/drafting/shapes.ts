import { alnum, base32, base64, base64url, digits, hex, jwt, lowerAlnum, pick, upperAlnum, uuid } from './sample.ts';

/** The format of a kind of value. */
export interface Shape {
  /** Regular expression, case-sensitive. */
  readonly source: string;
  /** The shortest value of the kind. */
  readonly sample: (seed?: string) => string;
  /** Do all such values have the same length? */
  readonly isFixed: boolean;
}

/** Lower-case hexadecimal digits. Without `most`, exactly `least` of them; the same holds for the shapes below. */
export const hexOf = shapeOf('[\\da-f]', hex);
/** 0–9, A–F. */
export const upperHexOf = shapeOf('[\\dA-F]', (length, seed) => hex(length, seed).toUpperCase());
export const digitsOf = shapeOf('\\d', digits);
/** A–Z, a–z. */
export const lettersOf = shapeOf('[A-Za-z]', (length, seed) => pick('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', length, seed));
/** A–Z, a–z, 0–9. */
export const alnumOf = shapeOf('[A-Za-z\\d]', alnum);
/** a–z, 0–9. */
export const lowerAlnumOf = shapeOf('[a-z\\d]', lowerAlnum);
/** A–Z, 0–9. */
export const upperAlnumOf = shapeOf('[A-Z\\d]', upperAlnum);
/** A–Z, 2–7. */
export const base32Of = shapeOf('[A-Z2-7]', base32);
/** Characters of base64url, no padding. */
export const base64urlOf = shapeOf('[\\w-]', base64url);
/** Characters of base64, no padding. */
export const base64Of = shapeOf('[A-Za-z\\d+/]', alnum);

/** A UUID, in lower case or in upper. */
export const UUID: Shape = {
  source: '(?:[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}|[\\dA-F]{8}(?:-[\\dA-F]{4}){3}-[\\dA-F]{12})',
  sample: uuid,
  isFixed: true,
};

/** A JSON Web Token. */
export const JWT: Shape = {
  source: 'eyJ[\\w-]{10,500}\\.[\\w-]{20,4000}\\.[\\w-]{20,700}',
  sample: (seed) => jwt({ sub: 'north', jti: hex(24, seed) }, { alg: 'HS256' }, base64url(20, seed)),
  isFixed: false,
};

/** `byteLength` bytes in base64 with its padding. */
export function bytesOf(byteLength: number): Shape {
  const padding = '='.repeat((3 - (byteLength % 3)) % 3);
  return {
    source: `[A-Za-z\\d+/]{${Math.ceil(byteLength / 3) * 4 - padding.length}}${padding}`,
    sample: (seed) => base64(byteLength, seed),
    isFixed: true,
  };
}

/**
 * A sequence of shapes, with literals between them.
 *
 * @example
 * shape`${hexOf(24)}.${alnumOf(16)}`
 */
export function shape(literals: TemplateStringsArray, ...parts: readonly Shape[]): Shape {
  const join = (textOf: (part: Shape, place: number) => string, write: (literal: string) => string): string =>
    literals.map((literal, i) => write(literal) + (i < parts.length ? textOf(parts[i]!, i) : '')).join('');
  return {
    source: join((part) => part.source, escapeRegExp),
    sample: (seed = '') => join((part, place) => part.sample(seed + place), String),
    isFixed: parts.every(({ isFixed }) => isFixed),
  };
}

/** One of several shapes; samples have the first one. */
export function either(...shapes: readonly Shape[]): Shape {
  return { source: `(?:${shapes.map(({ source }) => source).join('|')})`, sample: shapes[0]!.sample, isFixed: false };
}

/** A literal → a regular expression that matches it. */
export function escapeRegExp(literal: string): string {
  return literal.replaceAll(/[$()*+.?[\\\]^{|}/]/g, '\\$&');
}

function shapeOf(source: string, make: (length: number, seed?: string) => string): (least: number, most?: number) => Shape {
  return (least, most = least) => ({
    source: `${source}{${least === most ? least : `${least},${most}`}}`,
    sample: (seed) => make(least, seed),
    isFixed: least === most,
  });
}
