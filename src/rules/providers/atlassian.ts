import { atlassianTail, proveAtlassianToken } from '../../engine/proofs/crc32-tails.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet, type Samples } from '../../engine/rule.ts';
import { allSamples, alnum, base64url, bytes, digits, hex } from '../drafting/sample.ts';
import { hexOf, shape, upperHexOf } from '../drafting/shapes.ts';

function checksummed(marker: string, body: string): Samples {
  const token = marker + body + atlassianTail(marker + body);
  const wrong = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
  return {
    found: [`TOKEN=${token}\n`, `token: '${token}',`, `https://me:${token}@bitbucket.org/north/a.git`],
    ignored: [`TOKEN=${token.slice(0, -1)}\n`, `TOKEN=w${token}\n`, `TOKEN=${marker}${'x'.repeat(body.length + 8)}\n`],
    doubtful: [`TOKEN=${wrong}\n`],
  };
}

export const atlassian = ruleSet(
  {
    why: 'Anyone who has it can read and change what its owner can in Jira, Confluence or Bitbucket.',
    advice: 'Revoke it in the settings where it was created.',
    docs: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
  },
  () => [
    {
      id: 'atlassian-token',
      message: 'Atlassian API token',
      keywords: ['ATATT3'],
      pattern: /ATATT3(?:xFfG[\w-]{100,250}(?:=|%3D|\\=)[\dA-F]{8}|[\w-]{186}(?![=-]))/,
      prove: proveAtlassianToken,
      samples: () => allSamples(checksummed('ATATT3xFfG', `${base64url(174)}=`)),
    },
    {
      id: 'bitbucket-token',
      message: 'Bitbucket or Atlassian organization access token',
      keywords: ['ATCTT3xFfG'],
      pattern: /ATCTT3xFfG[\w-]{100,250}(?:=|%3D|\\=)[\dA-F]{8}/,
      prove: proveAtlassianToken,
      docs: 'https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/',
      samples: () => allSamples(checksummed('ATCTT3xFfG', `${base64url(174)}=`)),
    },
    {
      id: 'bitbucket-app-password',
      message: 'Bitbucket app password',
      keywords: ['ATBB'],
      pattern: /ATBB[\w=.-]{24}[\dA-F]{8}/,
      prove: proveAtlassianToken,
      docs: 'https://support.atlassian.com/bitbucket-cloud/docs/revoke-an-app-password/',
      samples: () => checksummed('ATBB', alnum(24)),
    },
    {
      id: 'bitbucket-server-token',
      message: 'Bitbucket Data Center token',
      keywords: ['BBDC-'],
      pattern: /BBDC-[A-Za-z\d+/]{40,50}(?![A-Za-z\d+/=])/,
      prove: (token) => (/^\d{6,}:/.test(Buffer.from(token.slice(5), 'base64').toString('latin1')) ? 'passed' : 'failed'),
      docs: 'https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html',
      samples: () => {
        const token = (text: string): string => `BBDC-${Buffer.from(text).toString('base64')}`;
        return {
          found: [`TOKEN=${token(`482019375516:${alnum(20)}`)}\n`],
          ignored: [`TOKEN=BBDC-${alnum(44)}\n`, `TOKEN=${token(`482019375516:${alnum(11)}`)}\n`],
        };
      },
    },
    {
      id: 'atlassian-server-token',
      message: 'Jira, Confluence or Bamboo Data Center personal access token',
      ...namedSecret({
        names: ['jira', 'confluence', 'bamboo', 'atlassian'],
        value: '[MNO][A-Za-z\\d+/]{43}',
        credential: 'token|pat(?![ch]|tern)|bearer|secret|password',
      }),
      // Base64 of a numeric id, a colon, and random bytes.
      prove: (token) => (/^\d{10,13}:/.test(Buffer.from(token, 'base64').toString('latin1')) ? 'passed' : 'failed'),
      docs: 'https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html',
      samples: () => {
        const token = Buffer.concat([Buffer.from(`${digits(12)}:`), bytes(20)]).toString('base64');
        return {
          found: ['JIRA_TOKEN', 'CONFLUENCE_PAT', 'bamboo_token', 'ATLASSIAN_BEARER_TOKEN'].map((name) => `${name}=${token}\n`),
          ignored: [`JIRA_TOKEN=M${alnum(43)}\n`, `OTHER_TOKEN=${token}\n`, `JIRA_TOKEN=${token.slice(4)}\n`],
        };
      },
    },
    {
      id: 'jira-legacy-token',
      message: 'Atlassian API token (legacy format)',
      ...namedSecret({ names: ['atlassian', 'jira', 'confluence'], value: '[A-Za-z\\d]{24}', credential: 'token|api_?key' }),
      severity: 'high',
      samples: () => allSamples(...['atlassian', 'jira', 'confluence'].map((name) => namedTokens(name, alnum(24)))),
    },
    {
      id: 'trello-token',
      message: 'Trello token',
      ...namedSecret({ names: ['trello'], value: '[\\da-f]{64}', credential: 'token|secret' }),
      severity: 'high',
      docs: 'https://support.atlassian.com/trello/docs/getting-started-with-trello-rest-api/',
      samples: () => namedTokens('trello', hex(64)),
    },
    {
      id: 'trello-marked-token',
      message: 'Trello token',
      severity: 'high',
      ...markedToken({ markers: ['ATTA'], body: shape`${hexOf(64)}${upperHexOf(8)}`, isAmbiguous: true }),
      docs: 'https://support.atlassian.com/trello/docs/getting-started-with-trello-rest-api/',
    },
  ],
);

/** The usual samples that call the value a token. */
function namedTokens(name: string, value: string): Samples {
  const { found, ignored } = namedSamples(name, value);
  return { found: [...found.slice(2, 3), `${name.toUpperCase()}_API_TOKEN=${value}\n`], ignored };
}
