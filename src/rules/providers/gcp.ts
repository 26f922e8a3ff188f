import { linesAround } from '../../engine/proximity.ts';
import { namedSecret, looksRandom } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, allSamples, base64, base64url, hex, pick, tokenSamples, upperAlnum } from '../drafting/sample.ts';

/** What surrounds a key that ships with a web page or an app. */
const BROWSER_KEY =
  /authDomain|messagingSenderId|measurementId|storageBucket|com\.google\.android\.geo|maps\.googleapis\.com\/maps|client_info|GCM_SENDER_ID/;
const BROWSER_FILE = /(?:^|\/)(?:google-services\.json|GoogleService-Info\.plist|AndroidManifest\.xml|google_maps_api\.xml)$/;
const GEMINI = /generativelanguage|gemini|vertexai|aistudio/i;

function judgeApiKey({ text, path, start, end }: Candidate): Judgement {
  const around = text.slice(...linesAround(text, start, end, 8));
  if (GEMINI.test(around)) return { severity: 'critical' };
  if (!BROWSER_FILE.test(path) && !BROWSER_KEY.test(around)) return true;
  return {
    severity: 'low',
    confidence: 'medium',
    message: 'Google API key in app settings',
    evidence: 'ships with an app: restrict it to its referrers and APIs',
  };
}

/** A private key in JSON: its lines are separated by `\n`. */
const KEY_IN_JSON = String.raw`-----BEGIN (?:RSA )?PRIVATE KEY-----(?:\\n|[A-Za-z\d+/=]){200,6000}-----END (?:RSA )?PRIVATE KEY-----(?:\\n)?`;

export const gcp = ruleSet(
  {
    why: 'Anyone who has it can use Google Cloud with all the rights of its owner.',
    advice: 'Delete it in the Google Cloud console, create a new one, and read that from a secret store.',
    docs: 'https://cloud.google.com/docs/authentication/api-keys',
  },
  () => [
    {
      id: 'gcp-api-key',
      message: 'Google API key',
      severity: 'high',
      keywords: ['AIza'],
      pattern: /AIza[\w-]{35}(?![\w-])/,
      minEntropy: 3.5,
      judge: judgeApiKey,
      docs: 'https://cloud.google.com/docs/authentication/api-keys#securing',
      advice: 'Delete it in the Google Cloud console under Credentials. Restrict the new one to the APIs and callers that need it.',
      samples: () =>
        allSamples(tokenSamples('AIzaSy', base64url(33)), {
          found: [
            `fetch('https://generativelanguage.googleapis.com/v1?key=AIzaSy${base64url(33)}')`,
            { path: 'app/google-services.json', text: `"current_key": "AIzaSy${base64url(33)}"` },
          ],
          ignored: [],
        }),
    },
    {
      id: 'gcp-gemini-key',
      message: 'Google service-bound API key',
      why: 'Anyone who has it can run Gemini models at your expense.',
      keywords: ['AQ.Ab8R'],
      pattern: /AQ\.Ab8R[\w-]{46}(?![\w-])/,
      docs: 'https://ai.google.dev/gemini-api/docs/api-key',
      samples: () => tokenSamples('AQ.Ab8R', base64url(46)),
    },
    {
      id: 'gcp-service-account',
      message: 'Google service account key',
      keywords: ['"service_account"'],
      pattern: new RegExp(String.raw`"service_account"[^{}]{1,2000}?"private_key"\s{0,5}:\s{0,5}"(?<secret>${KEY_IN_JSON})"`),
      boundary: 'none',
      docs: 'https://cloud.google.com/iam/docs/keys-create-delete',
      advice: 'Delete the key under IAM › Service accounts › Keys. Use workload identity or a short-lived token instead.',
      samples: () => {
        const [begin, end] = ['BEGIN', 'END'].map((word) => ['-----', word, ' PRIVATE', ' KEY-----'].join(''));
        const file = (key: string): string =>
          JSON.stringify(
            { type: 'service_account', project_id: 'north-1', private_key_id: hex(40), private_key: key, client_email: 'a@b.c' },
            null,
            2,
          );
        const lines = base64(600)
          .match(/.{1,64}/g)!
          .join('\n');
        return {
          found: [file(`${begin}\n${lines}\n${end}\n`)],
          ignored: [file(`${begin}\n...\n${end}\n`), file('$PRIVATE_KEY'), '{ "type": "service_account", "project_id": "north-1" }'],
        };
      },
    },
    {
      id: 'gcp-oauth-secret',
      message: 'Google OAuth client secret',
      why: 'Anyone who has it can pose as your app to Google.',
      keywords: ['GOCSPX-'],
      pattern: /GOCSPX-[\w-]{28}(?![\w-])/,
      docs: 'https://support.google.com/cloud/answer/15549257',
      samples: () => tokenSamples('GOCSPX-', base64url(28)),
    },
    {
      id: 'gcp-access-token',
      message: 'Google OAuth access token',
      severity: 'high',
      keywords: ['ya29.'],
      pattern: /ya29\.[\w.-]{20,1000}/,
      minEntropy: 3.8,
      docs: 'https://myaccount.google.com/permissions',
      advice: 'Remove the access of its app; otherwise the token is valid for up to an hour.',
      samples: () => tokenSamples('ya29.', base64url(200), 20),
    },
    {
      id: 'gcp-refresh-token',
      message: 'Google OAuth refresh token',
      keywords: ['1//0'],
      pattern: /1\/\/0[\w-]{40,200}/,
      minEntropy: 4,
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://myaccount.google.com/permissions',
      advice: 'Remove the access of its app, or run `gcloud auth application-default revoke`.',
      samples: () => tokenSamples('1//0', base64url(100), 40),
    },
    {
      id: 'gcp-hmac-key',
      message: 'Google Cloud Storage HMAC key',
      why: 'Anyone who has it can read and change what its owner can in Cloud Storage.',
      severity: 'high',
      keywords: ['GOOG1'],
      pattern: /GOOG1[A-Z\d]{56}/,
      minEntropy: 3.5,
      docs: 'https://cloud.google.com/storage/docs/authentication/managing-hmackeys',
      samples: () => tokenSamples('GOOG1', upperAlnum(56)),
    },
    {
      id: 'firebase-server-key',
      message: 'Firebase Cloud Messaging server key',
      why: 'Anyone who has it can send notifications to the users of your app.',
      severity: 'high',
      keywords: [':APA91b'],
      lead: 11,
      pattern: /[\w-]{11}:APA91b[\w-]{134}(?![\w-])/,
      docs: 'https://firebase.google.com/docs/cloud-messaging/auth-server',
      samples: () => tokenSamples(`AAAA${alnum(7)}:APA91b`, base64url(134)),
    },
    {
      id: 'recaptcha-secret',
      message: 'reCAPTCHA secret key',
      why: 'Anyone who has it can check answers in the name of your site.',
      advice: 'Create a new key in the reCAPTCHA admin console, and delete this one.',
      severity: 'high',
      ...namedSecret({ names: ['recaptcha'], value: '6L[c-f][\\w-]{37}', credential: 'secret|private' }),
      docs: 'https://www.google.com/recaptcha/admin',
      samples: () => {
        const key = `6Lc${base64url(37)}`;
        return {
          found: [`RECAPTCHA_SECRET_KEY=${key}\n`, `recaptcha: { privateKey: '${key}' }`],
          ignored: [
            `RECAPTCHA_SITE_KEY=${key}\n`,
            `RECAPTCHA_SECRET_KEY=6Lc${base64url(36)}\n`,
            `RECAPTCHA_SECRET_KEY=6Lc${pick('x', 37)}\n`,
          ],
        };
      },
    },
  ],
);
