import { looksRandom, namedKey, TO_VALUE } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, tokenSamples } from '../drafting/sample.ts';
import { alnumOf, lowerAlnumOf, base64Of, shape } from '../drafting/shapes.ts';

export const storage = ruleSet(
  {
    why: 'Anyone who has it can read, change and delete the files of its owner.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'dropbox-token',
      message: 'Dropbox access token',
      keywords: ['sl.'],
      pattern: /sl\.(?:u\.)?[\w-]{130,1500}/,
      minEntropy: 4,
      docs: 'https://www.dropbox.com/developers/documentation/http/documentation#auth-token-revoke',
      samples: () => allSamples(tokenSamples('sl.', base64url(140), 130), tokenSamples('sl.u.', base64url(300), 130)),
    },
    {
      id: 'dropbox-legacy-token',
      message: 'Dropbox access token (legacy format)',
      keywords: ['dropbox'],
      // The run of `A` is not filler here, so the value begins after it.
      pattern: new RegExp(
        `dropbox[\\w.\\s:"'{(=<>,/@\\[\\]?&-]{0,60}?(?:token|key|secret|auth)${TO_VALUE}[A-Za-z\\d]{11}A{10}(?<secret>[\\w-]{43})(?![\\w-])`,
        'i',
      ),
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://www.dropbox.com/developers/documentation/http/documentation#auth-token-revoke',
      samples: () => {
        const token = `${alnum(11)}${'A'.repeat(10)}${base64url(43)}`;
        return {
          found: [`DROPBOX_ACCESS_TOKEN=${token}\n`, `dropbox: { token: '${token}' }`],
          ignored: [`OTHER_TOKEN=${token}\n`, `DROPBOX_ACCESS_TOKEN=${token.slice(1)}\n`, `DROPBOX_ACCESS_TOKEN=${token}a\n`],
        };
      },
    },
    {
      id: 'dropbox-app-secret',
      message: 'Dropbox app secret',
      ...namedKey({ names: ['dropbox'], value: lowerAlnumOf(15), words: ['secret', 'app_?key'] }),
      severity: 'high',
      docs: 'https://www.dropbox.com/developers/apps',
    },
    {
      id: 'box-secret',
      message: 'Box client secret',
      ...namedKey({ names: ['box_client', 'boxclient', 'box_api', 'boxappsettings', 'box_sdk'], value: alnumOf(32), words: ['secret'] }),
      severity: 'high',
      docs: 'https://developer.box.com/guides/authentication/client-credentials/',
    },
    {
      id: 'minio-secret',
      message: 'MinIO secret key',
      ...namedKey({ names: ['minio_', 'minio-', 'minio:'], value: alnumOf(40), words: ['secret', 'password'] }),
      severity: 'high',
      docs: 'https://min.io/docs/minio/linux/administration/identity-access-management/minio-user-management.html',
    },
    {
      id: 'backblaze-key',
      message: 'Backblaze B2 application key',
      ...namedKey({
        names: ['backblaze', 'b2_application', 'b2_app', 'b2-app'],
        value: shape`K00${base64Of(28)}`,
        words: ['key', 'secret'],
      }),
      severity: 'high',
      docs: 'https://www.backblaze.com/docs/cloud-storage-application-keys',
    },
    {
      id: 'wasabi-secret',
      message: 'Wasabi secret key',
      ...namedKey({ names: ['wasabi'], value: alnumOf(40), words: ['secret'] }),
      severity: 'high',
      docs: 'https://docs.wasabi.com/docs/creating-a-new-access-key',
    },
  ],
);
