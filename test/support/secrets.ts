import { createHash } from 'node:crypto';

/** Random-looking letters and digits, the same for the same seed. Put together at run time, so that none stands in a file. */
export function letters(length: number, seed: string): string {
  let text = '';
  for (let i = 0; text.length < length; i++)
    text += createHash('sha256')
      .update(`${seed}${i}`)
      .digest('base64')
      .replace(/[^A-Za-z0-9]/g, '');
  return text.slice(0, length);
}

/** A live payment key of the documented shape. */
export function stripeKey(seed = 'a'): string {
  return ['sk', 'live', letters(24, `stripe${seed}`)].join('_');
}

/** A private key block: a DER sequence of random bytes with a right length. */
export function privateKey(seed = 'a'): string {
  const body = createHash('sha512').update(seed).digest();
  const der = Buffer.concat([Buffer.of(0x30, 0x82, 0x01, 0x00), Buffer.concat([body, body, body, body])]);
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  const label = ['RSA', 'PRIVATE', 'KEY'].join(' ');
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
}
