import { isPlausiblePassword } from './plausible-password.ts';
import type { RuleDraft } from '../../engine/rule.ts';
import { alnum } from './sample.ts';
import { escapeRegExp } from './shapes.ts';

const TEXT = String.raw`[^\s"'${'`'}<>/?#:@{}$\\]`;
/** Below this many bits a password may be an example word. */
const LEAST_BITS = 30;

/**
 * The shared part of rules about a password in the URL of certain hosts: `https://user:password@host`.
 *
 * @param hosts how the name of the host begins or ends
 * @param place `user` if the token is the user name, with an empty password or without one
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
