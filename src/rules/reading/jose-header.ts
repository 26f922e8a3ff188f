/** Header parameters (RFC 7515 to 7518, 7797, 9449); each header has at least one of them. */
const PARAMETERS = new Set(
  'alg typ kid enc zip cty crit jku jwk x5u x5c x5t x5t#S256 b64 epk apu apv iv tag p2s p2c url nonce ppt svt iss aud key_ops use kty ver'.split(
    ' ',
  ),
);
const FIRST_PARAMETER = /^\{\s*"([\w#]{2,10})"\s*:/;
const ALGORITHM = /"(?:[HREP]S(?:256|384|512)|none|EdDSA|JWT)"/i;

/** Is an object the header of a JSON Web Token? */
export function hasJoseParameter(header: object): boolean {
  return Object.keys(header).some((name) => PARAMETERS.has(name));
}

/** Does a value begin like a JSON Web Token, whatever follows? */
export function isJoseHeader(value: string): boolean {
  if (!value.startsWith('eyJ') && !value.startsWith('ewog')) return false;
  const header = Buffer.from(value.slice(0, 400).split('.')[0]!, 'base64').toString('latin1');
  const [, name = ''] = FIRST_PARAMETER.exec(header) ?? [];
  return PARAMETERS.has(name) && (value.includes('.') || ALGORITHM.test(header));
}
