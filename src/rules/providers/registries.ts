import { decodeBase58 } from '../../engine/proofs/base58check.ts';
import { crc32Base62, proveCrc32Base62 } from '../../engine/proofs/crc32-base62.ts';
import { macaroonHead, provePypiToken } from '../../engine/proofs/macaroon.ts';
import { looksRandom, TO_VALUE } from '../drafting/named-secret.ts';
import { ruleSet, type Samples } from '../../engine/rule.ts';
import { alnum, allSamples, bytes, hex, lowerAlnum, pick, tokenSamples, uuid } from '../drafting/sample.ts';
import { UUID } from '../drafting/shapes.ts';

function pypiSamples(host: string): Samples {
  const token = `pypi-${Buffer.concat([macaroonHead(host), Buffer.of(2, 36), bytes(120)]).toString('base64url')}`;
  return {
    found: [`password = ${token}\n`, `TWINE_PASSWORD: "${token}"`],
    ignored: [`password = ${token.slice(0, 60)}\n`, `password = w${token}\n`, 'password = pypi-AgEIcHlwaS5vcmc...\n'],
  };
}

export const registries = ruleSet(
  {
    why: 'Anyone who has it can publish packages in your name, and everyone who installs them runs that code.',
    advice: "Revoke it in the registry's settings, check the latest releases, and keep the new one in your CI secrets.",
  },
  () => [
    {
      id: 'npm-token',
      message: 'npm access token',
      advice: 'Revoke it with `npm token revoke`, check the latest releases, and keep the new one in your CI secrets.',
      keywords: ['npm_'],
      pattern: /npm_[A-Za-z\d]{36}/,
      prove: proveCrc32Base62,
      docs: 'https://docs.npmjs.com/revoking-access-tokens',
      samples: () => {
        const body = alnum(30);
        return allSamples(tokenSamples('npm_', body + crc32Base62(body)), {
          found: [`//registry.npmjs.org/:_authToken=npm_${body}${crc32Base62(body)}\n`],
          ignored: ['"npm_config_user_agent": "npm_package_json_and_other_long_variables"'],
          doubtful: [`TOKEN=npm_${alnum(36)}\n`],
        });
      },
    },
    {
      id: 'npm-legacy-token',
      message: 'npm access token (legacy format)',
      advice: 'Revoke it with `npm token revoke`, check the latest releases, and keep the new one in your CI secrets.',
      keywords: [':_authtoken', 'npm_', 'npm-', 'npmtoken', 'npmauth', 'npmapi'],
      pattern: new RegExp(
        `(?::_authtoken|npm[_-]?(?:auth|api|access|publish|read|write)?[_-]?(?:token|key|secret))${TO_VALUE}(?<secret>${UUID.source})(?![\\w-])`,
        'i',
      ),
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://docs.npmjs.com/revoking-access-tokens',
      samples: () => ({
        found: [
          { path: '.npmrc', text: `//registry.npmjs.org/:_authToken=${uuid()}\n` },
          `//npm.north.dev/:_authToken = "${uuid()}"`,
          ...['NPM_TOKEN', 'npm-token', 'npmToken', 'npmAuthToken', 'npmApiKey'].map((name) => `${name}=${uuid()}\n`),
        ],
        ignored: ['//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n', `//registry.npmjs.org/:_authToken=${uuid().slice(1)}\n`],
      }),
    },
    {
      id: 'pypi-token',
      message: 'PyPI token',
      advice: 'Remove it under Account settings › API tokens, check the latest releases, and keep the new one in your CI secrets.',
      keywords: ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZw'],
      pattern: /pypi-(?:AgEIcHlwaS5vcmc|AgENdGVzdC5weXBpLm9yZw)[\w-]{50,400}/,
      prove: provePypiToken,
      docs: 'https://pypi.org/help/#compromised-token',
      samples: () => allSamples(pypiSamples('pypi.org'), pypiSamples('test.pypi.org')),
    },
    {
      id: 'rubygems-key',
      message: 'RubyGems API key',
      advice: 'Delete it under Settings › API keys, check the latest releases, and keep the new one in your CI secrets.',
      keywords: ['rubygems_'],
      pattern: /rubygems_[\da-f]{48}/,
      docs: 'https://guides.rubygems.org/api-key-scopes/',
      samples: () => tokenSamples('rubygems_', hex(48)),
    },
    {
      id: 'crates-token',
      message: 'crates.io token',
      advice: 'Revoke it under Account Settings › API Tokens, check the latest releases, and keep the new one in your CI secrets.',
      keywords: ['cio'],
      pattern: /cio[A-Za-z\d]{32}/,
      minEntropy: 4,
      judge: ({ secret }) => /\d/.test(secret) && /[A-Z]/.test(secret) && /[a-z]{1,}/.test(secret.slice(3)),
      docs: 'https://crates.io/settings/tokens',
      samples: () => tokenSamples('cio', alnum(32)),
    },
    {
      id: 'nuget-key',
      message: 'NuGet API key',
      keywords: ['oy2'],
      pattern: /oy2[a-z\d]{43}/,
      minEntropy: 3.5,
      docs: 'https://learn.microsoft.com/nuget/nuget-org/scoped-api-keys',
      samples: () => tokenSamples('oy2', lowerAlnum(43)),
    },
    {
      id: 'nuget-password',
      message: 'NuGet password in plain text',
      severity: 'high',
      keywords: ['ClearTextPassword'],
      pattern: /ClearTextPassword["']\s{1,5}value\s{0,3}=\s{0,3}["'](?<secret>[^"'%\s]{8,200})["']/i,
      boundary: 'none',
      // Templates, and examples from documentation.
      judge: ({ secret }) => !/[$<{[]|^(?:33f!!lloppa|hal\+9ooo_da!sY)$/.test(secret),
      docs: 'https://learn.microsoft.com/nuget/reference/nuget-config-file#packagesourcecredentials',
      samples: () => ({
        found: [{ path: 'nuget.config', text: `<add key="ClearTextPassword" value="${alnum(16)}" />` }],
        ignored: [
          { path: 'nuget.config', text: '<add key="ClearTextPassword" value="%NUGET_PASSWORD%" />' },
          { path: 'nuget.config', text: `<add key="ClearTextPassword" value="33f!!lloppa" />` },
        ],
      }),
    },
    {
      id: 'packagist-token',
      message: 'Private Packagist token',
      keywords: ['packagist_'],
      pattern: /packagist_(?:ack_[\da-f]{28,32}|acs_[\da-f]{64,96}|(?:ort|out|uut|cut)_[\da-f]{68})/,
      docs: 'https://packagist.com/docs/composer-authentication',
      samples: () =>
        allSamples(
          tokenSamples('packagist_ack_', hex(32), 28),
          tokenSamples('packagist_acs_', hex(64)),
          tokenSamples('packagist_uut_', hex(68)),
        ),
    },
    {
      id: 'clojars-token',
      message: 'Clojars deploy token',
      keywords: ['CLOJARS_'],
      pattern: /CLOJARS_[\da-z]{60}/,
      docs: 'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens',
      samples: () => tokenSamples('CLOJARS_', hex(60)),
    },
    {
      id: 'deno-token',
      message: 'Deno access token',
      keywords: ['ddp_', 'ddo_', 'ddw_'],
      pattern: /dd[pow]_[A-Za-z\d]{36}/,
      docs: 'https://docs.deno.com/deploy/manual/',
      samples: () => allSamples(...['ddp_', 'ddo_', 'ddw_'].map((marker) => tokenSamples(marker, alnum(36)))),
    },
    {
      id: 'cloudsmith-key',
      message: 'Cloudsmith API key',
      keywords: ['csa_'],
      pattern: /csa_[\da-f]{30}[A-Za-z\d]{6}/,
      docs: 'https://help.cloudsmith.io/docs/api-key',
      samples: () => tokenSamples('csa_', hex(30) + alnum(6)),
    },
    {
      id: 'jfrog-key',
      message: 'JFrog Artifactory API key',
      keywords: ['AKCp'],
      pattern: /AKCp[A-Za-z\d]{69}/,
      prove: (key) => (decodeBase58(key)?.length === 54 ? 'passed' : 'mismatch'),
      docs: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key',
      samples: () => tokenSamples('AKCp', pick('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz', 69)),
    },
    {
      id: 'jfrog-token',
      message: 'JFrog reference token',
      // Base64 of `reftkn`.
      keywords: ['cmVmdGtu'],
      pattern: /cmVmdGtu[A-Za-z\d]{56}/,
      prove: (token) => (/^reftkn:\d\d:\d{10}:\w{10,}/.test(Buffer.from(token, 'base64').toString('latin1')) ? 'passed' : 'mismatch'),
      docs: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/revoke-tokens',
      samples: () => {
        const token = Buffer.from(`reftkn:01:1789012345:${alnum(27)}`).toString('base64');
        return {
          found: [`TOKEN=${token}\n`, `password: '${token}'`],
          ignored: [`TOKEN=${token.slice(0, 63)}\n`, `TOKEN=${token}a\n`],
          doubtful: [`TOKEN=${token.slice(0, 8)}${alnum(56)}\n`],
        };
      },
    },
    {
      id: 'docker-hub-token',
      message: 'Docker Hub access token',
      keywords: ['dckr_pat_', 'dckr_oat_'],
      pattern: /dckr_(?:pat_[\w-]{27}|oat_[\w-]{32})(?![\w-])/,
      docs: 'https://docs.docker.com/security/access-tokens/',
      samples: () => allSamples(tokenSamples('dckr_pat_', alnum(27)), tokenSamples('dckr_oat_', alnum(32))),
    },
    {
      id: 'docker-config-auth',
      message: 'Registry password in a Docker config',
      severity: 'high',
      keywords: ['"auths"', '"https://index.docker.io'],
      pattern:
        /"(?:auths"[^\]]{0,500}?|https:\/\/index\.docker\.io[^"]{0,20}"\s{0,9}:\s{0,9}\{\s{0,40})"auth"\s{0,5}:\s{0,5}"(?<secret>[A-Za-z\d+/]{10,2000}={0,2})"/,
      boundary: 'none',
      prove: (auth) => (/^[\x21-\x7e]{1,255}:[\x21-\x7e]{4,}$/.test(Buffer.from(auth, 'base64').toString('latin1')) ? 'passed' : 'failed'),
      docs: 'https://docs.docker.com/reference/cli/docker/login/#credential-stores',
      samples: () => {
        const config = (auth: string, host: string): string => JSON.stringify({ auths: { [host]: { auth } } }, null, 2);
        const auth = Buffer.from(`me:${alnum(20)}`).toString('base64');
        return {
          found: [config(auth, 'registry.north.dev'), `{"https://index.docker.io/v1/": {"auth": "${auth}"}}`],
          ignored: [
            config('', 'registry.north.dev'),
            config('$DOCKER_AUTH', 'registry.north.dev'),
            config(alnum(40), 'registry.north.dev'),
          ],
        };
      },
    },
  ],
);
