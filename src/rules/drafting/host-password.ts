import { isPlausiblePassword } from './plausible-password.ts';
import type { RuleDraft } from '../../engine/rule.ts';
import { alnum } from './sample.ts';
import { escapeRegExp } from './shapes.ts';

const TEXT = String.raw`[^\s"'${'`'}<>/?#:@{}$\\]`;
/** Bits below which a password may be a word of an example. */
const LEAST_BITS = 30;

/**
 * The part of a rule about a password in an address of some hosts: `https://user:password@host`.
 *
 * @param hosts what the host's name begins or ends with
 * @param place `user` where the token stands before an empty password, or without one
 */
export function hostPassword(
  hosts: readonly string[],
  place: 'password' | 'user' = 'password',
): Pick<RuleDraft, 'keywords' | 'pattern' | 'boundary' | 'judge' | 'samples'> {
  const userinfo = place === 'user' ? `(?<secret>${TEXT}{8,300}):?` : `${TEXT}{0,100}:(?<secret>${TEXT}{8,300})`;
  const token = alnum(24);
  const address = (secret: string): string => `https://${place === 'user' ? `${secret}:` : `north:${secret}`}@`;
  return {
    keywords: hosts,
    pattern: new RegExp(String.raw`(?<=:\/\/${userinfo}@(?:[\w-]{1,60}\.){0,3})(?:${hosts.map(escapeRegExp).join('|')})`),
    boundary: 'none',
    judge: ({ secret }) => isPlausiblePassword(secret, LEAST_BITS),
    samples: () => ({
      found: hosts.flatMap((host) => [`url = ${address(token)}${host}/north/app.git\n`, `fetch('${address(token)}${host}/north')`]),
      ignored: hosts.flatMap((host) => [
        `url = https://${host}/north/app.git\n`,
        `url = ${address('password')}${host}/north/app.git\n`,
        `url = ${address('${TOKEN}')}${host}/north/app.git\n`,
        `url = ${address('xxxxxxxxxxxx')}${host}/north/app.git\n`,
      ]),
    }),
  };
}
