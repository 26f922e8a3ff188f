import { harmlessReason, isCommonPassword } from '../../engine/plausibility.ts';
import { hostPassword } from '../drafting/host-password.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedKey } from '../drafting/named-secret.ts';
import { isPlausiblePassword } from '../drafting/plausible-password.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, base64url, hex, jwt, lowerAlnum } from '../drafting/sample.ts';
import { hexOf, lettersOf, alnumOf, upperAlnumOf, UUID, shape, either } from '../drafting/shapes.ts';

/** `user:password` in base64, with a password that is not a common word. */
function holdsPassword(base64: string): boolean {
  const [, password] = /^[\x21-\x7e]{1,255}:([\x21-\x7e]{4,})$/.exec(Buffer.from(base64, 'base64').toString('latin1')) ?? [];
  return password !== undefined && isPlausiblePassword(password);
}

/** A password or token that is not encoded. */
function isUnencoded(value: string): boolean {
  const isText = /^[\x20-\x7e]+$/.test(Buffer.from(value, 'base64').toString('latin1'));
  return !isText && value.length >= 10 && harmlessReason(value) === null && !isCommonPassword(value);
}

export const packageCredentials = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read your private packages; most such credentials can also publish in your name.',
    advice: "Revoke it in the registry's settings, and keep the new one in your CI secrets.",
  },
  () => [
    {
      id: 'npmrc-password',
      message: 'npm registry password',
      keywords: [':_auth', ':_password'],
      pattern: /:_(?:auth|password)\s{0,3}=\s{0,3}["']?(?<secret>[A-Za-z\d+/]{8,500}={0,2})(?=["'\s]|$)/,
      boundary: 'none',
      judge: ({ secret, match }) =>
        (match[0].startsWith(':_auth') ? holdsPassword(secret) : isPlausiblePassword(Buffer.from(secret, 'base64').toString('latin1'))) ||
        (isUnencoded(secret) && { severity: 'low', confidence: 'low', evidence: 'not base64, which npm requires' }),
      docs: 'https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration',
      samples: () => {
        const encode = (text: string): string => Buffer.from(text).toString('base64');
        return {
          found: [`//npm.north.dev/:_auth=${encode(`me:${alnum(16)}`)}\n`, `//npm.north.dev/:_password="${encode(alnum(16))}"\n`],
          ignored: [
            '//npm.north.dev/:_auth=${NPM_AUTH}\n',
            `//npm.north.dev/:_auth=${encode('user:password')}\n`,
            `//npm.north.dev/:_password=${encode('your-password')}\n`,
          ],
        };
      },
    },
    {
      id: 'yarn-token',
      message: 'npm registry token in a Yarn config',
      keywords: ['npmAuthToken', 'npmAuthIdent'],
      pattern: /npmAuth(?:Token|Ident)["']?\s{0,3}:\s{1,3}["']?(?<secret>[\w.:+/=-]{12,500})/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://yarnpkg.com/configuration/yarnrc#npmAuthToken',
      samples: () => ({
        found: [`npmAuthToken: ${alnum(36)}\n`, `npmAuthIdent: "me:${alnum(20)}"\n`],
        ignored: ['npmAuthToken: "${NPM_TOKEN}"\n', 'npmAuthToken: ""\n', 'npmAuthIdent: "user:password-of-the-user"\n'],
      }),
    },
    {
      id: 'pypirc-password',
      message: 'Python package index password',
      keywords: ['password'],
      paths: ['**/.pypirc', '**/pypirc'],
      pattern: /password\s{0,3}[=:]\s{0,3}(?<secret>\S{5,300})/i,
      boundary: 'none',
      judge: ({ secret }) => isPlausiblePassword(secret),
      docs: 'https://packaging.python.org/en/latest/specifications/pypirc/',
      samples: () => ({
        found: [{ path: '.pypirc', text: `[pypi]\nusername = me\npassword = ${alnum(16)}\n` }],
        ignored: [
          { path: '.pypirc', text: '[pypi]\nusername = me\npassword = <your password>\n' },
          { path: '.pypirc', text: 'password = %(PASSWORD)s\n' },
        ],
      }),
    },
    {
      id: 'composer-password',
      message: 'Password in a Composer auth.json',
      keywords: ['"http-basic"'],
      pattern: /"http-basic"\s{0,5}:\s{0,5}\{[^[\]]{1,400}?"password"\s{0,5}:\s{0,5}"(?<secret>[^"\\\s]{6,200})"/,
      boundary: 'none',
      judge: ({ secret }) => isPlausiblePassword(secret),
      docs: 'https://getcomposer.org/doc/articles/authentication-for-private-packages.md',
      samples: () => {
        const file = (password: string): string => JSON.stringify({ 'http-basic': { 'repo.north.dev': { username: 'me', password } } });
        return { found: [file(alnum(20))], ignored: [file('password'), file('%env(TOKEN)%'), file('your-password')] };
      },
    },
    {
      id: 'maven-password',
      message: 'Password in a Maven settings.xml',
      keywords: ['<password>', '<passphrase>'],
      paths: ['**/settings.xml', '**/.m2/*.xml'],
      pattern: /<pass(?:word|phrase)>\s{0,20}(?<secret>[^<>{}$\s]{5,200})\s{0,20}<\/pass/,
      boundary: 'none',
      judge: ({ secret }) => isPlausiblePassword(secret),
      docs: 'https://maven.apache.org/guides/mini/guide-encryption.html',
      samples: () => {
        const file = (tag: string, secret: string): { path: string; text: string } => ({
          path: '.m2/settings.xml',
          text: `<server><id>north</id><${tag}>${secret}</${tag}></server>`,
        });
        return {
          found: [file('password', alnum(16)), file('passphrase', alnum(16))],
          ignored: [file('password', '${env.TOKEN}'), file('password', `{${alnum(24)}=}`), file('password', 'changeit')],
        };
      },
    },
    {
      id: 'gradle-publish-secret',
      message: 'Gradle Plugin Portal secret',
      ...namedKey({ names: ['gradle.publish', 'gradle_publish', 'gradle-publish'], value: alnumOf(32), words: ['secret', 'key'] }),
      docs: 'https://docs.gradle.org/current/userguide/publishing_gradle_plugins.html',
    },
    {
      id: 'hex-key',
      message: 'Hex.pm API key',
      ...namedKey({ names: ['hex_api', 'hexpm', 'hex_pm', 'hex.pm'], value: hexOf(32), words: ['key', 'token', 'secret'] }),
      severity: 'critical',
      docs: 'https://hex.pm/docs/publish',
    },
    {
      id: 'quay-token',
      message: 'Quay robot account token',
      ...namedKey({ names: ['quay'], value: upperAlnumOf(64) }),
      docs: 'https://docs.quay.io/glossary/robot-accounts.html',
    },
    {
      id: 'cloudsmith-legacy-key',
      message: 'Cloudsmith API key (legacy format)',
      ...namedKey({ names: ['cloudsmith'], value: hexOf(40) }),
      docs: 'https://help.cloudsmith.io/docs/api-key',
    },
    {
      id: 'packagecloud-token',
      message: 'packagecloud API token',
      ...namedKey({ names: ['packagecloud', 'package_cloud'], value: hexOf(48) }),
      docs: 'https://packagecloud.io/docs/api',
    },
    {
      id: 'packagecloud-url',
      message: 'Token in a packagecloud URL',
      ...hostPassword(['packagecloud.io'], 'user'),
      docs: 'https://packagecloud.io/docs/api',
    },
    {
      id: 'gemfury-token',
      message: 'Gemfury token',
      ...namedKey({ names: ['gemfury', 'fury_auth', 'fury_push', 'fury_api'], value: alnumOf(20, 24), words: ['token', 'key'] }),
      docs: 'https://gemfury.com/help/tokens',
    },
    {
      id: 'gemfury-url',
      message: 'Token in a Gemfury URL',
      ...hostPassword(['fury.io', 'fury.site'], 'user'),
      docs: 'https://gemfury.com/help/tokens',
    },
    {
      id: 'sidekiq-password',
      message: 'Sidekiq Pro or Enterprise credentials',
      severity: 'medium',
      keywords: ['contribsys'],
      pattern: /contribsys(?:__|\.)com[\w"'\])]{0,12}\s{0,3}[:=>,(\s]{1,3}\s{0,20}["']?(?<secret>[\da-f]{8}:[\da-f]{8})(?!\w)/i,
      boundary: 'none',
      docs: 'https://github.com/sidekiq/sidekiq/wiki/Commercial-FAQ',
      samples: () => ({
        found: [
          `BUNDLE_GEMS__CONTRIBSYS__COM=${hex(8)}:${hex(8, 'b')}\n`,
          `bundle config enterprise.contribsys.com ${hex(8)}:${hex(8, 'b')}\n`,
          `BUNDLE_ENTERPRISE__CONTRIBSYS__COM: "${hex(8)}:${hex(8, 'b')}"\n`,
        ],
        ignored: ['BUNDLE_GEMS__CONTRIBSYS__COM=user:password\n', `BUNDLE_GEMS__OTHER__COM=${hex(8)}:${hex(8, 'b')}\n`],
      }),
    },
    {
      id: 'sidekiq-url',
      message: 'Sidekiq Pro or Enterprise credentials in a URL',
      severity: 'medium',
      keywords: ['contribsys.com'],
      pattern: /(?<=:\/\/(?<secret>[\da-f]{8}:[\da-f]{8})@(?:gems|enterprise)\.)contribsys\.com/,
      boundary: 'none',
      docs: 'https://github.com/sidekiq/sidekiq/wiki/Commercial-FAQ',
      samples: () => ({
        found: [`source 'https://${hex(8)}:${hex(8, 'b')}@gems.contribsys.com/' do`],
        ignored: ["source 'https://user:pass@gems.contribsys.com/' do", "source 'https://gems.contribsys.com/' do"],
      }),
    },
    {
      id: 'jsr-token',
      message: 'JSR token',
      severity: 'high',
      ...markedToken({ markers: ['jsrp_', 'jsrd_'], body: alnumOf(20, 64), isAmbiguous: true }),
      docs: 'https://jsr.io/docs/api',
    },
    {
      id: 'pyx-key',
      message: 'Astral pyx API key',
      ...markedToken({ markers: ['sk-pyx-'], body: either(alnumOf(64), shape`2${lettersOf(45)}`) }),
      docs: 'https://docs.pyx.dev',
    },
    {
      id: 'anaconda-token',
      message: 'Token in an Anaconda.org URL',
      ...markedToken({ markers: ['anaconda.org/t/'], body: shape`${lettersOf(2)}-${UUID}` }),
      docs: 'https://docs.anaconda.com/anacondaorg/user-guide/work-with-accounts/',
    },
    {
      id: 'jfrog-access-token',
      message: 'JFrog access token',
      severity: 'critical',
      // Base64 of `{"ver":"2"`.
      keywords: ['eyJ2ZXIiOiIy'],
      pattern: /eyJ2ZXIiOiIy[\w-]{20,200}\.eyJ[\w-]{80,2000}\.[\w-]{300,700}(?![\w.-])/,
      judge: ({ secret }) => /"iss":"jf(?:ac|fe|xr)@/.test(Buffer.from(secret.split('.')[1]!, 'base64url').toString('latin1')),
      docs: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/revoke-tokens',
      samples: () => {
        const token = (iss: string): string =>
          jwt(
            { iss, sub: `${iss}/users/me`, scp: 'applied-permissions/user' },
            { ver: '2', typ: 'JWT', alg: 'RS256', kid: base64url(43) },
            base64url(342),
          );
        return {
          found: [`TOKEN=${token(`jfac@${lowerAlnum(26)}`)}\n`],
          ignored: [`TOKEN=${token('https://north.dev/users/of/the/house')}\n`],
        };
      },
    },
    {
      id: 'jfrog-legacy-key',
      message: 'JFrog identity token or API key',
      ...namedKey({ names: ['jfrog', 'artifactory', 'bintray', 'xray_'], value: either(alnumOf(64), alnumOf(73)), isNameEnough: true }),
      severity: 'critical',
      docs: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/identity-tokens',
    },
  ],
);
