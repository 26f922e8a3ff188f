import { decodeJsonObject } from '../engine/proofs/base64-bytes.ts';
import { linesAround } from '../engine/proximity.ts';
import { looksRandom, namedSamples, namedSecret } from './named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from './rule.ts';
import { alnum, allSamples, base64url, hex, lowerAlnum, tokenSamples, upperAlnum, uuid } from './sample.ts';

const UUID = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';

/** A key id is worse with its secret of some length next to it. */
function judgePair(length: number): (candidate: Candidate) => Judgement {
  const pattern = new RegExp(`(?<![\\w+/-])[A-Za-z\\d]{${length}}(?![\\w+/-])`, 'g');
  return ({ text, start, end }) => {
    const [from, to] = linesAround(text, start, end, 5);
    const secret = Array.from(text.slice(from, to).matchAll(pattern)).find(({ 0: value }) => looksRandom(value) && /[a-z]/.test(value));
    if (secret === undefined) return { severity: 'high' };
    return { related: [from + secret.index, from + secret.index + length], evidence: 'the secret stands next to it' };
  };
}

export const cloud = ruleSet(
  {
    why: 'It can change and delete what runs in the account.',
    advice: 'Delete it in the console of the provider, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'digitalocean-token',
      message: 'DigitalOcean token',
      keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
      pattern: /do[opr]_v1_[\da-f]{64}/,
      docs: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/',
      samples: () => allSamples(...['dop_v1_', 'doo_v1_', 'dor_v1_'].map((marker) => tokenSamples(marker, hex(64)))),
    },
    {
      id: 'cloudflare-token',
      message: 'Cloudflare API token or key',
      keywords: ['cfut_', 'cfat_', 'cfk_'],
      pattern: /cf(?:ut|at|k)_[A-Za-z\d]{40}[\da-f]{8}/,
      docs: 'https://developers.cloudflare.com/fundamentals/api/how-to/roll-token/',
      samples: () => allSamples(...['cfut_', 'cfat_', 'cfk_'].map((marker) => tokenSamples(marker, alnum(40) + hex(8)))),
    },
    {
      id: 'cloudflare-legacy-token',
      message: 'Cloudflare API token or global key of the older kind',
      ...namedSecret({ names: ['cloudflare', 'cf_api', 'x-auth'], value: '[\\w-]{40}|[\\da-f]{37}', credential: 'key|token' }),
      docs: 'https://developers.cloudflare.com/fundamentals/api/how-to/roll-token/',
      samples: () => ({
        found: [
          `CLOUDFLARE_API_TOKEN=${base64url(40)}\n`,
          `CF_API_KEY=${hex(37)}\n`,
          `curl -H "X-Auth-Key: ${hex(37)}"`,
          `cloudflare: { apiToken: '${base64url(40)}' }`,
        ],
        ignored: [
          `CLOUDFLARE_API_TOKEN=${base64url(39)}\n`,
          `CF_API_KEY=${hex(38)}\n`,
          'cloudflare_api_token=the_token_that_you_made_for_this_account\n',
          `CLOUDFLARE_ACCOUNT_ID=${hex(32)}\n`,
        ],
      }),
    },
    {
      id: 'cloudflare-origin-key',
      message: 'Cloudflare origin CA key',
      keywords: ['v1.0-'],
      pattern: /v1\.0-[\da-f]{24}-[\da-f]{146}/,
      docs: 'https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/',
      samples: () => tokenSamples(`v1.0-${hex(24)}-`, hex(146)),
    },
    {
      id: 'cloudflare-tunnel-token',
      message: 'Cloudflare tunnel token',
      // The JSON begins with `{"a":"`.
      keywords: ['eyJhIjoi'],
      pattern: /eyJhIjoi[A-Za-z\d+/]{100,300}={0,2}(?!\.)/,
      judge: ({ secret }) => {
        const settings = decodeJsonObject(secret);
        return settings !== null && ['a', 't', 's'].every((key) => typeof settings[key] === 'string');
      },
      docs: 'https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/configure-tunnels/remote-tunnel-permissions/',
      samples: () => {
        const token = (settings: object): string => Buffer.from(JSON.stringify(settings)).toString('base64');
        return {
          found: [`cloudflared tunnel run --token ${token({ a: hex(32), t: uuid(), s: alnum(44) })}`],
          ignored: [`--token ${token({ a: hex(32), t: uuid(), x: alnum(44) })}`, `--token eyJhIjoi${alnum(160)}`],
        };
      },
    },
    {
      id: 'heroku-key',
      message: 'Heroku API key',
      keywords: ['HRKU-'],
      pattern: /HRKU-[\w-]{60}(?![\w-])/,
      docs: 'https://devcenter.heroku.com/articles/authentication',
      samples: () => tokenSamples('HRKU-AA', base64url(58)),
    },
    {
      id: 'heroku-legacy-key',
      message: 'Heroku API key of the older kind',
      ...namedSecret({ names: ['heroku'], value: UUID }),
      docs: 'https://devcenter.heroku.com/articles/authentication',
      samples: () => namedSamples('heroku', uuid()),
    },
    {
      id: 'fly-token',
      message: 'Fly.io access token',
      keywords: ['fm1r_', 'fm1a_', 'fm2_', 'fo1_'],
      pattern: /(?:fm1[ra]_|fm2_)[A-Za-z\d+/]{100,1000}={0,3}|fo1_[\w-]{43}(?![\w-])/,
      docs: 'https://fly.io/docs/security/tokens/',
      samples: () =>
        allSamples(
          ...['fm1r_', 'fm1a_', 'fm2_'].map((marker) => tokenSamples(marker, alnum(400), 100)),
          tokenSamples('fo1_', base64url(43)),
          {
            found: [`FLY_API_TOKEN="FlyV1 fm2_${alnum(300)}"`],
            ignored: [],
          },
        ),
    },
    {
      id: 'vercel-token',
      message: 'Vercel token',
      keywords: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
      pattern: /vc[piark]_[\w-]{56}(?![\w-])/,
      docs: 'https://vercel.com/docs/accounts/access-tokens',
      samples: () => allSamples(...['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'].map((marker) => tokenSamples(marker, base64url(56)))),
    },
    {
      id: 'vercel-blob-token',
      message: 'Vercel Blob token',
      keywords: ['vercel_blob_rw_'],
      pattern: /vercel_blob_rw_[A-Za-z\d]{14,18}_[A-Za-z\d]{28,34}/,
      docs: 'https://vercel.com/docs/vercel-blob/using-blob-sdk',
      samples: () => tokenSamples(`vercel_blob_rw_${alnum(16)}_`, alnum(30), 28),
    },
    {
      id: 'vercel-legacy-token',
      message: 'Vercel token of the older kind',
      ...namedSecret({ names: ['vercel'], value: '[A-Za-z\\d]{24}', credential: 'token' }),
      docs: 'https://vercel.com/docs/accounts/access-tokens',
      samples: () => ({
        found: [`VERCEL_TOKEN=${alnum(24)}\n`, `VERCEL_API_TOKEN: ${alnum(24)}\n`, `vercel-token: ${alnum(24)}\n`],
        ignored: [`VERCEL_TOKEN=${alnum(23)}\n`, 'vercel-token: ${{ secrets.VERCEL_TOKEN }}', `VERCEL_PROJECT_ID=prj_${alnum(24)}\n`],
      }),
    },
    {
      id: 'netlify-token',
      message: 'Netlify access token',
      keywords: ['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'],
      pattern: /nf[pcoub]_[A-Za-z\d]{36}/,
      docs: 'https://docs.netlify.com/api/get-started/#authentication',
      samples: () => allSamples(...['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'].map((marker) => tokenSamples(marker, alnum(36)))),
    },
    {
      id: 'netlify-legacy-token',
      message: 'Netlify access token of the older kind',
      ...namedSecret({ names: ['netlify'], value: '[\\w-]{43}', credential: 'token' }),
      docs: 'https://docs.netlify.com/api/get-started/#authentication',
      samples: () => ({
        found: [`NETLIFY_AUTH_TOKEN=${base64url(43)}\n`, `netlify:\n  auth_token: "${base64url(43)}"\n`],
        ignored: [
          `NETLIFY_SITE_ID=${uuid()}\n`,
          `NETLIFY_AUTH_TOKEN=${base64url(42)}\n`,
          'netlify-auth-token: ${{ secrets.NETLIFY_AUTH_TOKEN_OF_THE_SITE }}',
        ],
      }),
    },
    {
      id: 'render-key',
      message: 'Render API key',
      keywords: ['rnd_'],
      pattern: /rnd_[A-Za-z\d]{28,32}/,
      minEntropy: 3.8,
      judge: ({ secret }) => looksRandom(secret.slice(4)),
      docs: 'https://render.com/docs/api#1-create-an-api-key',
      samples: () => tokenSamples('rnd_', alnum(28)),
    },
    {
      id: 'linode-token',
      message: 'Linode token',
      ...namedSecret({ names: ['linode'], value: '[\\da-f]{64}' }),
      docs: 'https://techdocs.akamai.com/cloud-computing/docs/manage-personal-access-tokens',
      samples: () => namedSamples('linode', hex(64)),
    },
    {
      id: 'hetzner-token',
      message: 'Hetzner Cloud token',
      ...namedSecret({ names: ['hetzner', 'hcloud'], value: '[A-Za-z\\d]{64}' }),
      docs: 'https://docs.hetzner.com/cloud/api/getting-started/generating-api-token/',
      samples: () => allSamples(namedSamples('hetzner', alnum(64)), namedSamples('hcloud', alnum(64))),
    },
    {
      id: 'vultr-key',
      message: 'Vultr API key',
      ...namedSecret({ names: ['vultr'], value: '[A-Z\\d]{36}' }),
      docs: 'https://docs.vultr.com/platform/other/api/',
      samples: () => namedSamples('vultr', upperAlnum(36)),
    },
    {
      id: 'scaleway-key',
      message: 'Scaleway secret key',
      ...namedSecret({ names: ['scaleway', 'scw_'], value: UUID, credential: 'secret' }),
      docs: 'https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/',
      samples: () => ({
        found: [`SCW_SECRET_KEY=${uuid()}\n`, `scaleway:\n  secret_key: ${uuid()}\n`],
        ignored: [`SCW_DEFAULT_PROJECT_ID=${uuid()}\n`, `SCW_ACCESS_KEY=SCW${upperAlnum(17)}\n`],
      }),
    },
    {
      id: 'alibaba-access-key',
      message: 'Alibaba Cloud access key',
      keywords: ['LTAI'],
      pattern: /LTAI[A-Za-z\d]{16,20}/,
      minEntropy: 3.5,
      judge: judgePair(30),
      docs: 'https://www.alibabacloud.com/help/ram/user-guide/create-an-accesskey-pair',
      samples: () =>
        allSamples(tokenSamples('LTAI', alnum(20), 16), {
          found: [`id: LTAI${alnum(20)}\nsecret: ${alnum(30)}\n`],
          ignored: [`LTAI${'A'.repeat(20)}`],
        }),
    },
    {
      id: 'tencent-access-key',
      message: 'Tencent Cloud access key',
      keywords: ['AKID'],
      pattern: /AKID[A-Za-z\d]{32}/,
      minEntropy: 3.5,
      judge: judgePair(32),
      docs: 'https://www.tencentcloud.com/document/product/598/32675',
      samples: () =>
        allSamples(tokenSamples('AKID', alnum(32)), { found: [`id: AKID${alnum(32, 'id')}\nkey: ${alnum(32)}\n`], ignored: [] }),
    },
    {
      id: 'baidu-key',
      message: 'Baidu Cloud API key',
      keywords: ['bce-v3/ALTAK-'],
      pattern: /bce-v3\/ALTAK-[A-Za-z\d]{21}\/[\da-f]{40}/,
      docs: 'https://cloud.baidu.com/doc/Reference/s/9jwvz2egb',
      samples: () => tokenSamples(`bce-v3/ALTAK-${alnum(21)}/`, hex(40)),
    },
    {
      id: 'ibm-cloud-key',
      message: 'IBM Cloud API key',
      ...namedSecret({ names: ['ibmcloud', 'ibm_cloud', 'ibm-cloud', 'bluemix', 'watson'], value: '[\\w-]{44}' }),
      docs: 'https://cloud.ibm.com/docs/account?topic=account-userapikey',
      samples: () => ({
        found: ['IBMCLOUD_API_KEY', 'IBM_CLOUD_API_KEY', 'ibm-cloud-api-key', 'BLUEMIX_API_KEY', 'WATSON_API_KEY'].map(
          (name) => `${name}=${base64url(44)}\n`,
        ),
        ignored: [`IBMCLOUD_API_KEY=${base64url(45)}\n`, `OTHER_API_KEY=${base64url(44)}\n`],
      }),
    },
    {
      id: 'yandex-key',
      message: 'Yandex Cloud key',
      keywords: ['AQVN'],
      pattern: /AQVN[\w-]{35,38}(?![\w-])/,
      judge: ({ secret }) => looksRandom(secret.slice(4)),
      docs: 'https://yandex.cloud/en/docs/iam/concepts/authorization/api-key',
      samples: () => tokenSamples('AQVN', base64url(36), 35),
    },
    {
      id: 'tailscale-key',
      message: 'Tailscale key',
      keywords: ['tskey-'],
      pattern: /tskey-(?:api|auth|client|scim|webhook)-[A-Za-z\d]{8,20}-[A-Za-z\d]{20,40}/,
      why: 'It can join your private network, or change it.',
      docs: 'https://tailscale.com/kb/1252/key-secret-management',
      samples: () =>
        allSamples(...['api', 'auth', 'client'].map((kind) => tokenSamples(`tskey-${kind}-${alnum(12)}CNTRL-`, alnum(32), 20))),
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
      id: 'scalingo-token',
      message: 'Scalingo token',
      keywords: ['tk-us-'],
      pattern: /tk-us-[\w-]{48}(?![\w-])/,
      docs: 'https://developers.scalingo.com/index#authentication',
      samples: () => tokenSamples('tk-us-', base64url(48)),
    },
    {
      id: 'upcloud-token',
      message: 'UpCloud token',
      keywords: ['ucat_'],
      pattern: /ucat_[A-Za-z\d]{24,32}/,
      docs: 'https://upcloud.com/docs/guides/getting-started-upcloud-api/',
      samples: () => tokenSamples('ucat_', alnum(26), 24),
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
      id: 'openshift-token',
      message: 'OpenShift user token',
      keywords: ['sha256~'],
      pattern: /sha256~[\w-]{43}(?![\w-])/,
      advice: 'Run `oc delete oauthaccesstoken` with its name.',
      docs: 'https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html',
      samples: () => tokenSamples('sha256~', base64url(43)),
    },
    {
      id: 'rancher-token',
      message: 'Rancher API token',
      keywords: ['token-'],
      pattern: /token-[a-z\d]{5}:[a-z\d]{54}/,
      docs: 'https://ranchermanager.docs.rancher.com/reference-guides/user-settings/api-keys',
      samples: () => tokenSamples(`token-${lowerAlnum(5)}:`, lowerAlnum(54)),
    },
    {
      id: 'kubernetes-bootstrap-token',
      message: 'Kubernetes bootstrap token',
      severity: 'high',
      keywords: ['kubeadm'],
      pattern: /kubeadm[^\n]{0,100}?--token[= ](?<secret>[a-z\d]{6}\.[a-z\d]{16})/,
      boundary: 'none',
      judge: ({ secret }) => /\d/.test(secret) && secret !== 'abcdef.0123456789abcdef',
      why: 'Whoever has it can join a node to the cluster while it lasts.',
      advice: 'Run `kubeadm token delete`.',
      docs: 'https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/',
      samples: () => ({
        found: [`kubeadm join 10.0.0.1:6443 --token ${lowerAlnum(6)}.${lowerAlnum(16)} --discovery-token-ca-cert-hash sha256:${hex(64)}`],
        ignored: [
          'kubeadm join --token abcdef.0123456789abcdef',
          'kubeadm join --token $TOKEN',
          `other --token ${lowerAlnum(6)}.${lowerAlnum(16)}`,
        ],
      }),
    },
  ],
);
