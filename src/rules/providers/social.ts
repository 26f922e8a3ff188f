import { markedToken } from '../drafting/marked-token.ts';
import { namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, digits, hex, tokenSamples } from '../drafting/sample.ts';
import { hexOf, digitsOf, alnumOf, lowerAlnumOf, base64urlOf, shape, either } from '../drafting/shapes.ts';

export const social = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read and post in the name of an account or an app.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'facebook-token',
      message: 'Meta access token',
      severity: 'high',
      keywords: ['EAAB', 'EAAC', 'EAAD', 'EAAG', 'EAAH', 'EAAI', 'EAAJ', 'EAAL', 'EAAM'],
      pattern: /(?<![+/])EAA[BCDG-M][A-Za-z\d]{100,400}(?![+/=])/,
      minEntropy: 4.5,
      docs: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging',
      samples: () => allSamples(...Array.from('BCDGHIJLM', (letter) => tokenSamples(`EAA${letter}`, alnum(180), 100))),
    },
    {
      id: 'facebook-app-secret',
      message: 'Meta app secret',
      severity: 'critical',
      ...namedSecret({ names: ['facebook', 'instagram', 'fb_app', 'fb_client', 'meta_app'], value: '[\\da-f]{32}', credential: 'secret' }),
      docs: 'https://developers.facebook.com/docs/facebook-login/security/#appsecret',
      samples: () => ({
        found: ['FACEBOOK_APP_SECRET', 'INSTAGRAM_CLIENT_SECRET', 'FB_APP_SECRET', 'FB_CLIENT_SECRET', 'META_APP_SECRET'].map(
          (name) => `${name}=${hex(32)}\n`,
        ),
        ignored: [`FACEBOOK_APP_SECRET=${hex(31)}\n`, `FACEBOOK_APP_ID=${digits(16)}\n`, `FACEBOOK_IMAGE_KEY=${hex(32)}\n`],
      }),
    },
    {
      id: 'facebook-app-token',
      message: 'Meta app token',
      ...namedKey({
        names: ['facebook', 'instagram', 'fb_app', 'fb_access', 'graph.facebook'],
        value: shape`${digitsOf(15, 16)}|${base64urlOf(27)}`,
        words: ['token'],
      }),
      docs: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/#apptokens',
    },
    {
      id: 'instagram-token',
      message: 'Instagram access token',
      severity: 'medium',
      ...markedToken({ markers: ['IGQ', 'IGA'], body: base64urlOf(100, 300), isAmbiguous: true }),
      docs: 'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login',
    },
    {
      id: 'twitter-bearer-token',
      message: 'X (Twitter) bearer token',
      severity: 'high',
      keywords: ['AAAAAAAAAAAAAAAAAAAAA'],
      // The run of `A` is not filler here, so the value begins after it.
      pattern: /A{21,22}(?<secret>[B-Za-z\d%][A-Za-z\d%]{69,109})/,
      minEntropy: 4.5,
      docs: 'https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/application-only',
      samples: () => {
        const token = `${'A'.repeat(22)}b${alnum(89)}`;
        return {
          found: [`BEARER=${token}\n`, `headers: { Authorization: 'Bearer ${token}' }`],
          ignored: [
            `"${'A'.repeat(120)}"`,
            `"${'A'.repeat(22)}${'BCDEF'.repeat(18)}"`,
            `"data:image/png;base64,${'A'.repeat(40)}${alnum(400)}"`,
          ],
        };
      },
    },
    {
      id: 'twitter-consumer-secret',
      message: 'X (Twitter) API secret',
      ...namedKey({
        names: ['twitter', 'tweepy', 'consumer_secret', 'consumersecret'],
        value: either(alnumOf(50), alnumOf(45)),
        words: ['secret', 'key', 'token'],
      }),
      docs: 'https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/api-key-and-secret',
    },
    {
      id: 'twitter-access-token',
      message: 'X (Twitter) access token',
      ...namedKey({
        names: ['twitter', 'tweepy', 'access_token', 'accesstoken'],
        value: shape`${digitsOf(7, 20)}-${alnumOf(40)}`,
        words: ['token', 'key'],
      }),
      docs: 'https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens',
    },
    {
      id: 'linkedin-secret',
      message: 'LinkedIn client secret',
      severity: 'high',
      keywords: ['WPL_AP1.', 'WPL_AP0.'],
      pattern: /WPL_AP[01]\.[A-Za-z\d]{16}\.[A-Za-z\d+/]{6}[A-Za-z\d+/=]{0,2}/,
      docs: 'https://learn.microsoft.com/linkedin/shared/authentication/client-credentials-flow',
      samples: () => allSamples(...['WPL_AP1.', 'WPL_AP0.'].map((marker) => tokenSamples(`${marker}${alnum(16)}.`, alnum(8), 6))),
    },
    {
      id: 'linkedin-legacy-secret',
      message: 'LinkedIn client secret (legacy format)',
      ...namedKey({ names: ['linkedin'], value: alnumOf(16), words: ['secret'] }),
      docs: 'https://learn.microsoft.com/linkedin/shared/authentication/client-credentials-flow',
    },
    {
      id: 'pinterest-token',
      message: 'Pinterest access token',
      severity: 'medium',
      ...markedToken({ markers: ['pina_'], body: base64urlOf(40, 200) }),
      docs: 'https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/',
    },
    {
      id: 'twitch-secret',
      message: 'Twitch client secret or access token',
      ...namedKey({ names: ['twitch'], value: lowerAlnumOf(30), words: ['secret', 'token', 'oauth', 'password'] }),
      severity: 'medium',
      docs: 'https://dev.twitch.tv/docs/authentication/',
    },
    {
      id: 'twitch-chat-token',
      message: 'Twitch chat token',
      severity: 'medium',
      ...markedToken({ markers: ['oauth:'], body: lowerAlnumOf(30), isAmbiguous: true }),
      docs: 'https://dev.twitch.tv/docs/chat/authenticating/',
    },
    {
      id: 'spotify-secret',
      message: 'Spotify client secret',
      ...namedKey({ names: ['spotify', 'spotipy'], value: hexOf(32), words: ['secret'] }),
      severity: 'medium',
      docs: 'https://developer.spotify.com/documentation/web-api/concepts/apps',
    },
    {
      id: 'reddit-secret',
      message: 'Reddit client secret',
      ...namedKey({ names: ['reddit', 'praw'], value: base64urlOf(27, 30), words: ['secret'] }),
      severity: 'medium',
      docs: 'https://github.com/reddit-archive/reddit/wiki/OAuth2',
    },
    {
      id: 'flickr-secret',
      message: 'Flickr key or secret',
      ...namedKey({ names: ['flickr'], value: either(hexOf(16), lowerAlnumOf(32)), words: ['secret', 'key', 'token'] }),
      severity: 'low',
      docs: 'https://www.flickr.com/services/api/misc.overview.html',
    },
    {
      id: 'vk-token',
      message: 'VK access token',
      severity: 'medium',
      ...markedToken({ markers: ['vk1.a.'], body: base64urlOf(80, 400) }),
      docs: 'https://dev.vk.com/en/api/access-token/getting-started',
    },
  ],
);
