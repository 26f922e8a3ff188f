import { decodeJsonObject } from '../engine/proofs/base64-bytes.ts';
import { namedSecret } from './named-secret.ts';
import { ruleSet } from './rule.ts';
import { alnum, allSamples, base64, base64url, hex, tokenSamples, upperAlnum, uuid } from './sample.ts';

export const secretManagers = ruleSet(
  {
    why: 'It opens other secrets.',
    advice: 'Revoke it where it was issued, and change what it could read.',
  },
  () => [
    {
      id: 'doppler-token',
      message: 'Doppler token',
      keywords: ['dp.pt.', 'dp.ct.', 'dp.st.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
      pattern: /dp\.(?:pt|ct|st(?:\.[a-z\d_-]{2,35})?|sa|scim|audit)\.[A-Za-z\d]{40,44}/,
      docs: 'https://docs.doppler.com/docs/service-tokens',
      samples: () =>
        allSamples(
          ...['dp.pt.', 'dp.ct.', 'dp.st.', 'dp.st.prd_eu.', 'dp.sa.', 'dp.scim.', 'dp.audit.'].map((marker) =>
            tokenSamples(marker, alnum(43), 40),
          ),
        ),
    },
    {
      id: 'infisical-token',
      message: 'Infisical service token',
      keywords: ['st.'],
      pattern: /st\.[\da-f]{24}\.[\da-f]{32}\.[\da-f]{32}/,
      docs: 'https://infisical.com/docs/documentation/platform/token',
      samples: () => tokenSamples(`st.${hex(24)}.${hex(32)}.`, hex(32, 'c')),
    },
    {
      id: '1password-service-token',
      message: '1Password service account token',
      // `{"` in base64.
      keywords: ['ops_eyJ'],
      pattern: /ops_(?<settings>eyJ[\w+/-]{250,2000}={0,2})/,
      judge: ({ match }) => decodeJsonObject(match.groups!['settings']!) !== null,
      docs: 'https://developer.1password.com/docs/service-accounts/manage-service-accounts/#revoke-token',
      samples: () => {
        const settings = {
          signInAddress: 'north.1password.com',
          deviceUuid: alnum(26),
          secretKey: alnum(40),
          srpX: hex(64),
          muk: { k: base64url(43), kid: 'mp' },
        };
        const token = `ops_${Buffer.from(JSON.stringify(settings)).toString('base64url')}`;
        return {
          found: [`OP_SERVICE_ACCOUNT_TOKEN=${token}\n`, `token: "${token}"`],
          ignored: [`TOKEN=${token.slice(0, 120)}\n`, `TOKEN=ops_eyJ${alnum(300)}\n`, 'TOKEN=op://vault/item/field\n'],
        };
      },
    },
    {
      id: '1password-secret-key',
      message: '1Password secret key',
      keywords: ['A3-'],
      pattern: /A3-[A-Z\d]{6}-(?:[A-Z\d]{11}|[A-Z\d]{6}-[A-Z\d]{5})(?:-[A-Z\d]{5}){3}(?![\w-])/,
      minEntropy: 3.5,
      docs: 'https://support.1password.com/secret-key-security/',
      samples: () => {
        const groups = (...lengths: number[]): string => lengths.map((length, i) => upperAlnum(length, `${i}`)).join('-');
        return allSamples(tokenSamples('A3-', groups(6, 6, 5, 5, 5, 5)), tokenSamples('A3-', groups(6, 11, 5, 5, 5)));
      },
    },
    {
      id: 'bitwarden-access-token',
      message: 'Bitwarden access token',
      ...namedSecret({
        names: ['bws_access', 'bitwarden'],
        value: '0\\.[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}\\.[A-Za-z\\d]{30}:[A-Za-z\\d+/]{22}==',
        credential: 'token|key|secret',
      }),
      confidence: 'high',
      docs: 'https://bitwarden.com/help/access-tokens/',
      samples: () => {
        const token = `0.${uuid()}.${alnum(30)}:${base64(16)}`;
        return {
          found: [`BWS_ACCESS_TOKEN=${token}\n`, `bitwarden: { accessToken: '${token}' }`],
          ignored: [`BWS_ACCESS_TOKEN=${token.slice(0, -3)}\n`, `BWS_ACCESS_TOKEN=0.${uuid()}.${alnum(29)}:${base64(16)}\n`],
        };
      },
    },
    {
      id: 'pulumi-token',
      message: 'Pulumi access token',
      keywords: ['pul-'],
      pattern: /pul-[\da-f]{40}/,
      why: 'It opens the state of your infrastructure and the secrets in it.',
      docs: 'https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/',
      samples: () => tokenSamples('pul-', hex(40)),
    },
  ],
);
