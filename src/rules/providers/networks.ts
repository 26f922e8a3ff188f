import { looksRandom, namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64, lowerAlnum, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, bytesOf } from '../drafting/shapes.ts';

export const networks = ruleSet(
  {
    why: 'Anyone who has it can join your network, or change what it lets through.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'tailscale-key',
      message: 'Tailscale key',
      keywords: ['tskey-'],
      pattern: /tskey-(?:api|auth|client|scim|webhook)-[A-Za-z\d]{8,20}-[A-Za-z\d]{20,40}/,
      why: 'Anyone who has it can join your private network, or change it.',
      docs: 'https://tailscale.com/kb/1252/key-secret-management',
      samples: () =>
        allSamples(...['api', 'auth', 'client'].map((kind) => tokenSamples(`tskey-${kind}-${alnum(12)}CNTRL-`, alnum(32), 20))),
    },
    {
      id: 'zerotier-token',
      message: 'ZeroTier Central token',
      ...namedKey({ names: ['zerotier'], value: alnumOf(32) }),
      severity: 'high',
      docs: 'https://docs.zerotier.com/api/tokens/',
    },
    {
      id: 'defined-networking-key',
      message: 'Defined Networking API key',
      severity: 'high',
      keywords: ['dnkey-'],
      pattern: /dnkey-[a-z\d=_-]{26}-[a-z\d=_-]{52}(?![\w=-])/,
      docs: 'https://docs.defined.net/guides/rotating-api-keys/',
      samples: () => tokenSamples(`dnkey-${lowerAlnum(26)}-`, lowerAlnum(52)),
    },
    {
      id: 'wireguard-key',
      message: 'WireGuard private or preshared key',
      severity: 'high',
      keywords: ['PrivateKey', 'PresharedKey'],
      // The unused bits of 32 bytes in base64 are zero.
      pattern: /(?:Private|Preshared)Key["']?\s{0,3}[=:]\s{0,3}["']?(?<secret>[A-Za-z\d+/]{42}[AEIMQUYcgkosw048]=)(?![A-Za-z\d+/=])/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://www.wireguard.com/quickstart/#key-generation',
      advice: 'Create a new key pair, and give the new public key to the peers.',
      samples: () => ({
        found: [`[Interface]\nPrivateKey = ${base64(32)}\n`, `PresharedKey=${base64(32)}\n`, `{ "wgPrivateKey": "${base64(32)}" }`],
        ignored: [
          `PublicKey = ${base64(32)}\n`,
          `PrivateKey = ${base64(32).slice(0, 42)}x=\n`,
          `PrivateKey = ${base64(33)}\n`,
          `PrivateKey = ${'A'.repeat(43)}=\n`,
          'PrivateKey = <your private key>\n',
        ],
      }),
    },
    {
      id: 'ngrok-token',
      message: 'ngrok authtoken or API key',
      ...namedSecret({ names: ['ngrok'], value: '[A-Za-z\\d]{24,29}_\\d[A-Za-z\\d]{19,22}' }),
      severity: 'high',
      docs: 'https://ngrok.com/docs/agent/#authtokens',
      samples: () => {
        const token = `${alnum(27)}_4${alnum(20)}`;
        return {
          found: [`NGROK_AUTHTOKEN=${token}\n`, `ngrok config add-authtoken ${token}`, `ngrok: { authtoken: '${token}' }`],
          ignored: [`OTHER_TOKEN=${token}\n`, `NGROK_AUTHTOKEN=${alnum(48)}\n`],
        };
      },
    },
    {
      id: 'fastly-token',
      message: 'Fastly API token',
      ...namedKey({ names: ['fastly'], value: base64urlOf(32), words: ['token', 'key', 'secret'] }),
      severity: 'high',
      docs: 'https://docs.fastly.com/en/guides/using-api-tokens',
    },
    {
      id: 'akamai-edgegrid-token',
      message: 'Akamai EdgeGrid credentials',
      keywords: ['akab-'],
      pattern: /akab-[\w-]{16}-[\w-]{16}(?![\w.-])/,
      docs: 'https://techdocs.akamai.com/developer/docs/edgegrid',
      samples: () => tokenSamples(`akab-${lowerAlnum(16)}-`, lowerAlnum(16)),
    },
    {
      id: 'akamai-client-secret',
      message: 'Akamai EdgeGrid client secret',
      ...namedKey({ names: ['akamai', 'edgerc', 'edgegrid'], value: bytesOf(32), words: ['secret'] }),
      severity: 'high',
      docs: 'https://techdocs.akamai.com/developer/docs/edgegrid',
    },
    {
      id: 'meraki-key',
      message: 'Cisco Meraki API key',
      ...namedKey({ names: ['meraki'], value: hexOf(40) }),
      severity: 'high',
      docs: 'https://documentation.meraki.com/General_Administration/Other_Topics/Cisco_Meraki_Dashboard_API',
    },
    {
      id: 'truenas-key',
      message: 'TrueNAS API key',
      severity: 'high',
      confidence: 'medium',
      keywords: ['login_with_api_key', 'truenas'],
      pattern:
        /(?:login_with_api_key|truenas[\w.\s:"'{(=<>,/@-]{0,60}?(?:key|token))[\w"':,\s()=[\]]{1,60}?["']?(?<secret>(?<![\w-])\d{1,4}-[A-Za-z\d]{64})(?![\w-])/i,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://www.truenas.com/docs/scale/toptoolbar/managingapikeys/',
      samples: () => ({
        found: [
          `{"msg": "method", "method": "auth.login_with_api_key", "params": ["3-${alnum(64)}"]}`,
          `TRUENAS_API_KEY=12-${alnum(64)}\n`,
        ],
        ignored: [`TRUENAS_API_KEY=12-${alnum(63)}\n`, `OTHER_API_KEY=12-${alnum(64)}\n`, '"auth.login_with_api_key", "params": ["<key>"]'],
      }),
    },
  ],
);
