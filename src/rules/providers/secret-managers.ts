import { decodeJsonObject } from '../../engine/proofs/base64-bytes.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64, base64url, hex, tokenSamples, upperAlnum, uuid } from '../drafting/sample.ts';
import { alnumOf, lowerAlnumOf, bytesOf, type Shape } from '../drafting/shapes.ts';

/** Thirteen groups of four. */
const RECOVERY_CODE: Shape = {
  source: '[A-Z\\d]{4}(?:-[A-Z\\d]{4}){12}',
  sample: (seed) => Array.from({ length: 13 }, (_, i) => upperAlnum(4, `${seed}${i}`)).join('-'),
  isFixed: true,
};
const KEEPER_TOKEN: Shape = { source: '(?:US|EU|AU|GOV|JP|CA):[\\w-]{43}', sample: (seed) => `US:${base64url(43, seed)}`, isFixed: true };

export const secretManagers = ruleSet(
  {
    why: 'Anyone who has it can read other secrets.',
    advice: 'Revoke it where it was issued, and rotate every secret that it could read.',
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
      id: '1password-recovery-code',
      message: '1Password recovery code',
      ...markedToken({ markers: ['1PRK-'], body: RECOVERY_CODE }),
      docs: 'https://support.1password.com/recovery-codes/',
    },
    {
      id: 'bitwarden-client-secret',
      message: 'Bitwarden client secret',
      ...namedKey({ names: ['bitwarden', 'bw_client'], value: alnumOf(30), words: ['secret'] }),
      docs: 'https://bitwarden.com/help/personal-api-key/',
    },
    {
      id: 'keeper-token',
      message: 'Keeper Secrets Manager one-time access token',
      ...namedKey({ names: ['keeper_', 'keeper-', 'ksm_', 'ksm-'], value: KEEPER_TOKEN, words: ['token', 'config'] }),
      severity: 'high',
      docs: 'https://docs.keeper.io/en/keeperpam/secrets-manager/about/one-time-token',
    },
    {
      id: 'akeyless-key',
      message: 'Akeyless access key',
      ...namedKey({ names: ['akeyless'], value: bytesOf(32), words: ['access_?key', 'secret'] }),
      docs: 'https://docs.akeyless.io/docs/auth-with-api-key',
    },
    {
      id: 'conjur-key',
      message: 'CyberArk Conjur API key',
      ...namedKey({ names: ['conjur'], value: lowerAlnumOf(45, 60), words: ['api_?key', 'token'] }),
      docs: 'https://docs.cyberark.com/conjur-open-source/latest/en/content/developer/conjur_api_authenticate.htm',
    },
  ],
);
