import { markedToken } from '../drafting/marked-token.ts';
import { namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, base64url, digits, lowerAlnum, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, JWT, shape, either, type Shape } from '../drafting/shapes.ts';

const FRAMEIO: Shape = { source: '[\\w=-]{64}', sample: (seed) => base64url(64, seed), isFixed: true };

export const content = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read and change what you publish.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'contentful-token',
      message: 'Contentful personal access token',
      severity: 'critical',
      keywords: ['CFPAT-'],
      pattern: /CFPAT-[\w-]{43}(?![\w-])/,
      docs: 'https://www.contentful.com/help/token-management/personal-access-tokens/',
      samples: () => tokenSamples('CFPAT-', base64url(43)),
    },
    {
      id: 'contentful-delivery-token',
      message: 'Contentful delivery token',
      ...namedKey({ names: ['contentful'], value: base64urlOf(43), words: ['token', 'key', 'secret'] }),
      severity: 'low',
      why: 'Anyone who has it can read published content; with a preview token, drafts too.',
      docs: 'https://www.contentful.com/developers/docs/references/authentication/',
    },
    {
      id: 'sanity-token',
      message: 'Sanity API token',
      ...namedKey({ names: ['sanity'], value: shape`sk${alnumOf(79, 180)}` }),
      docs: 'https://www.sanity.io/docs/content-lake/http-auth',
    },
    {
      id: 'storyblok-token',
      message: 'Storyblok access token',
      ...namedKey({ names: ['storyblok'], value: shape`${alnumOf(22)}tt` }),
      severity: 'medium',
      docs: 'https://www.storyblok.com/docs/concepts/access-tokens',
    },
    {
      id: 'prismic-token',
      message: 'Prismic access token',
      ...namedKey({ names: ['prismic'], value: either(shape`MC5${base64urlOf(60, 200)}`, JWT), words: ['token'] }),
      severity: 'medium',
      docs: 'https://prismic.io/docs/access-token',
    },
    {
      id: 'webflow-token',
      message: 'Webflow API token',
      ...namedKey({ names: ['webflow'], value: hexOf(64), words: ['token', 'key', 'secret'] }),
      docs: 'https://developers.webflow.com/data/reference/authentication',
    },
    {
      id: 'wordpress-application-password',
      message: 'WordPress application password',
      ...namedSecret({
        names: ['wordpress', 'wp_app', 'wp-app', 'application_password', 'app_password'],
        value: '[A-Za-z\\d]{4}(?: [A-Za-z\\d]{4}){5}',
        credential: 'password|passwd|pass|key|wp',
      }),
      docs: 'https://developer.wordpress.org/rest-api/using-the-rest-api/authentication/#application-passwords',
      samples: () => {
        const password = alnum(24).replaceAll(/(.{4})(?=.)/g, '$1 ');
        return {
          found: ['WORDPRESS_PASSWORD', 'WP_APP_PASS', 'wp-app-password', 'application_password_wp', 'app_password_wp'].map(
            (name) => `${name}="${password}"\n`,
          ),
          ignored: [
            `WORDPRESS_PASSWORD="${password.slice(5)}"\n`,
            `OTHER_PASSWORD="${password}"\n`,
            'WP_APP_PASS="xxxx xxxx xxxx xxxx xxxx xxxx"\n',
          ],
        };
      },
    },
    {
      id: 'readme-key',
      message: 'ReadMe API key',
      severity: 'medium',
      keywords: ['rdme_'],
      pattern: /rdme_[a-z\d]{70}/,
      docs: 'https://docs.readme.com/main/docs/api-keys',
      samples: () => tokenSamples('rdme_', lowerAlnum(70)),
    },
    {
      id: 'gitbook-token',
      message: 'GitBook API token',
      severity: 'medium',
      ...markedToken({ markers: ['gb_api_'], body: alnumOf(40) }),
      docs: 'https://developer.gitbook.com/gitbook-api/authentication',
    },
    {
      id: 'cloudinary-url',
      message: 'Cloudinary URL with its secret',
      severity: 'high',
      keywords: ['cloudinary://'],
      pattern: /cloudinary:\/\/\d{15}:(?<secret>[\w-]{27})@[\w-]{2,40}/,
      boundary: 'none',
      docs: 'https://cloudinary.com/documentation/developer_onboarding_faq_find_credentials',
      samples: () => ({
        found: [`CLOUDINARY_URL=cloudinary://${digits(15)}:${base64url(27)}@north`],
        ignored: ['CLOUDINARY_URL=cloudinary://api_key:api_secret@cloud', `cloudinary://${digits(15)}:${base64url(26)}@north`],
      }),
    },
    {
      id: 'cloudinary-secret',
      message: 'Cloudinary API secret',
      ...namedKey({ names: ['cloudinary'], value: base64urlOf(27), words: ['secret'] }),
      docs: 'https://cloudinary.com/documentation/developer_onboarding_faq_find_credentials',
    },
    {
      id: 'adobe-client-secret',
      message: 'Adobe client secret',
      severity: 'critical',
      keywords: ['p8e-'],
      pattern: /p8e-[\w-]{32}(?![\w-])/,
      docs: 'https://developer.adobe.com/developer-console/docs/guides/credentials/',
      samples: () => tokenSamples('p8e-', base64url(32)),
    },
    {
      id: 'frameio-token',
      message: 'Frame.io developer token',
      severity: 'medium',
      ...markedToken({ markers: ['fio-u-'], body: FRAMEIO }),
      docs: 'https://developer.frame.io/docs/getting-started/authentication',
    },
  ],
);
