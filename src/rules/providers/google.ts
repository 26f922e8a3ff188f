import { looksRandom, namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { base64, base64url, hex } from '../drafting/sample.ts';
import { base64urlOf } from '../drafting/shapes.ts';

export const google = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can use Google services with the rights of its owner.',
    advice: 'Revoke it in the settings of the account or the project.',
    docs: 'https://cloud.google.com/docs/authentication',
  },
  () => [
    {
      id: 'gcp-user-credentials',
      message: 'Google user credentials (gcloud)',
      severity: 'critical',
      keywords: ['"authorized_user"'],
      anchor: 'text',
      pattern: /"refresh_token"\s{0,5}:\s{0,5}"(?<secret>[\w/.-]{40,300})"/,
      boundary: 'none',
      judge: ({ text, secret, start }) =>
        looksRandom(secret) && /"authorized_user"/.test(text.slice(Math.max(0, start - 1000), start + 1000)),
      advice: 'Run `gcloud auth application-default revoke`.',
      docs: 'https://cloud.google.com/docs/authentication/application-default-credentials',
      samples: () => {
        const file = (token: string, type = 'authorized_user'): string =>
          JSON.stringify({ client_id: 'a.apps.googleusercontent.com', refresh_token: token, type }, null, 2);
        return {
          found: [file(`1//0${base64url(90)}`), `{"type": "authorized_user", "refresh_token": "${base64url(100)}"}`],
          ignored: [file('<token>'), file(base64url(90), 'service'), '{ "type": "authorized_user" }'],
        };
      },
    },
    {
      id: 'google-calendar-url',
      message: 'Google Calendar secret address',
      severity: 'medium',
      keywords: ['calendar.google.com/calendar/ical/'],
      pattern: /calendar\.google\.com\/calendar\/ical\/[\w.%@-]{3,200}\/private-(?<secret>[\da-f]{32})(?!\w)/,
      boundary: 'none',
      why: 'Anyone who has the address can read the calendar.',
      advice: 'Reset the secret address in the settings of the calendar.',
      docs: 'https://support.google.com/calendar/answer/37648',
      samples: () => ({
        found: [`https://calendar.google.com/calendar/ical/me%40north.dev/private-${hex(32)}/basic.ics`],
        ignored: [
          'https://calendar.google.com/calendar/ical/me%40north.dev/public/basic.ics',
          'https://calendar.google.com/calendar/ical/me/private-KEY/basic.ics',
        ],
      }),
    },
    {
      id: 'tink-keyset',
      message: 'Unencrypted Tink keyset',
      keywords: ['google.crypto.tink'],
      pattern:
        /google\.crypto\.tink\.[^}]{1,300}?"value"\s{0,5}:\s{0,5}"(?<secret>[A-Za-z\d+/_-]{20,4000}={0,2})"[^}]{1,200}?"keyMaterialType"\s{0,5}:\s{0,5}"(?:SYMMETRIC|ASYMMETRIC_PRIVATE)"/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      why: 'Anyone who has it can sign or decrypt as its owner.',
      advice: 'Rotate the keyset, and encrypt the new one with a key management service.',
      docs: 'https://developers.google.com/tink/key-management-overview',
      samples: () => {
        const keyset = (kind: string): string =>
          JSON.stringify({
            primaryKeyId: 42,
            key: [{ keyData: { typeUrl: 'type.googleapis.com/google.crypto.tink.AesGcmKey', value: base64(36), keyMaterialType: kind } }],
          });
        return {
          found: [keyset('SYMMETRIC'), keyset('ASYMMETRIC_PRIVATE')],
          ignored: [
            keyset('ASYMMETRIC_PUBLIC'),
            '"typeUrl": "type.googleapis.com/google.crypto.tink.AesGcmKey", "value": "...", "keyMaterialType": "SYMMETRIC"',
          ],
        };
      },
    },
    {
      id: 'google-oauth-legacy-secret',
      message: 'Google OAuth client secret (legacy format)',
      why: 'Anyone who has it can pose as your app to Google.',
      ...namedKey({ names: ['google', 'gmail', 'youtube'], value: base64urlOf(24), words: ['client_?secret'] }),
      docs: 'https://support.google.com/cloud/answer/15549257',
    },
  ],
);
