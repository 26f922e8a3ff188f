import { linesAround } from '../../engine/proximity.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, base64Of, shape, either, type Shape } from '../drafting/shapes.ts';

/** A key ID weighs more if a secret of the given length is next to it. */
function judgePair(length: number): (candidate: Candidate) => Judgement {
  const pattern = new RegExp(`(?<![\\w+/-])[A-Za-z\\d]{${length}}(?![\\w+/-])`, 'g');
  return ({ text, start, end }) => {
    const [from, to] = linesAround(text, start, end, 5);
    const secret = Array.from(text.slice(from, to).matchAll(pattern)).find(({ 0: value }) => looksRandom(value) && /[a-z]/.test(value));
    if (secret === undefined) return { severity: 'high' };
    return { related: [from + secret.index, from + secret.index + length], evidence: 'its secret is next to it' };
  };
}

/** The IAM token format that Yandex Cloud documents. */
const IAM_TOKEN: Shape = {
  source: 't1\\.[\\w-]{1,400}={0,2}\\.[\\w-]{86}={0,2}',
  sample: (seed) => `t1.${base64url(80, seed)}.${base64url(86, seed)}`,
  isFixed: false,
};

export const cloud = ruleSet(
  {
    why: 'Anyone who has it can change and delete what runs in the account.',
    advice: "Delete it in the provider's console, and keep the new one in a secret store.",
  },
  () => [
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
      id: 'alibaba-secret',
      message: 'Alibaba Cloud access key secret',
      ...namedKey({ names: ['alibaba', 'aliyun', 'alicloud'], value: alnumOf(30), words: ['secret'] }),
      docs: 'https://www.alibabacloud.com/help/ram/user-guide/create-an-accesskey-pair',
    },
    {
      id: 'alibaba-session-key',
      message: 'Alibaba Cloud session access key',
      severity: 'low',
      ...markedToken({ markers: ['STS.'], body: alnumOf(16, 64), isAmbiguous: true }),
      advice: 'Remove the permissions of its role until the token expires, within hours.',
      docs: 'https://www.alibabacloud.com/help/ram/product-overview/what-is-sts',
    },
    {
      id: 'alibaba-session-token',
      message: 'Alibaba Cloud session token',
      severity: 'low',
      ...markedToken({ markers: ['CAIS'], body: base64Of(100, 1000), isAmbiguous: true }),
      advice: 'Remove the permissions of its role until the token expires, within hours.',
      docs: 'https://www.alibabacloud.com/help/ram/product-overview/what-is-sts',
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
      id: 'tencent-secret-key',
      message: 'Tencent Cloud secret key',
      ...namedKey({ names: ['tencent', 'qcloud'], value: alnumOf(32), words: ['secret_?key'] }),
      docs: 'https://www.tencentcloud.com/document/product/598/32675',
    },
    {
      id: 'huawei-secret-key',
      message: 'Huawei Cloud secret key',
      ...namedKey({ names: ['huawei', 'hwcloud', 'hw_secret', 'hw_access'], value: alnumOf(40), words: ['secret', 'key', 'sk\\b'] }),
      severity: 'high',
      docs: 'https://support.huaweicloud.com/intl/en-us/usermanual-ca/ca_01_0003.html',
    },
    {
      id: 'volcengine-access-key',
      message: 'Volcano Engine access key',
      severity: 'high',
      confidence: 'medium',
      ...markedToken({ markers: ['AKLT'], body: alnumOf(40, 48), isAmbiguous: true }),
      docs: 'https://www.volcengine.com/docs/6291/65568',
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
      id: 'ibm-storage-secret',
      message: 'IBM Cloud Object Storage HMAC secret',
      ...namedKey({ names: ['cos_hmac', 'ibm_cos', 'ibm-cos', 'cos_secret'], value: hexOf(48), words: ['secret', 'key'] }),
      severity: 'high',
      docs: 'https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-uhc-hmac-credentials-main',
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
      id: 'yandex-iam-token',
      message: 'Yandex Cloud IAM token',
      severity: 'medium',
      keywords: ['t1.'],
      pattern: /t1\.[\w-]{20,400}={0,2}\.[\w-]{86}={0,2}(?![\w=-])/,
      judge: ({ secret }) => looksRandom(secret),
      advice: 'Check what it is used for; it expires within twelve hours.',
      docs: 'https://yandex.cloud/en/docs/iam/concepts/authorization/iam-token',
      samples: () => tokenSamples(`t1.9euelZ${base64url(80)}.`, base64url(86)),
    },
    {
      id: 'yandex-static-key',
      message: 'Yandex Cloud static access key or token',
      ...namedKey({ names: ['yandex', 'yc_secret', 'yc-secret', 'yc_static'], value: either(shape`YC${base64urlOf(38)}`, IAM_TOKEN) }),
      severity: 'high',
      docs: 'https://yandex.cloud/en/docs/iam/concepts/authorization/access-key',
    },
    {
      id: 'yandex-oauth-token',
      message: 'Yandex OAuth token',
      ...markedToken({ markers: ['y0_Ag', 'y1_Ag', 'y2_Ag', 'y3_Ag', 'y0__x'], body: base64urlOf(45, 70) }),
      docs: 'https://yandex.com/dev/id/doc/en/access',
    },
  ],
);
