import { characterClasses } from '../../engine/plausibility.ts';
import { surpriseOf } from '../../engine/surprise.ts';
import { accountOfKeyId, isDocumentedAccount } from '../../engine/proofs/aws-account.ts';
import { encodeBase32 } from '../../engine/proofs/base32-crc16.ts';
import { linesAround } from '../../engine/proximity.ts';
import { placeholderReason } from '../../engine/placeholder.ts';
import { TO_VALUE } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, allSamples, base32, base64url, bytes, hex, tokenSamples, uuid } from '../drafting/sample.ts';

const SECRET = /(?<![A-Za-z\d+/])[A-Za-z\d+/]{40}(?![A-Za-z\d+/=])/g;
/** Maximum distance between a key ID and its secret. */
const PAIR_LINES = 10;

/** The secret of a key ID: the next one after it, otherwise the last one before it; null if there is no secret nearby. */
function secretOf(text: string, start: number, end: number): [start: number, end: number] | null {
  const [from, to] = linesAround(text, start, end, PAIR_LINES);
  const places = Array.from(text.slice(from, to).matchAll(SECRET))
    .filter(([value]) => looksLikeSecret(value))
    .map(({ index }) => from + index);
  const place = places.find((at) => at > start) ?? places.at(-1);
  return place === undefined ? null : [place, place + 40];
}

/** 30 random bytes in base64, not a hexadecimal hash or a path. */
function looksLikeSecret(value: string): boolean {
  return (
    /[a-z]/.test(value) &&
    /[A-Z]/.test(value) &&
    /\d/.test(value) &&
    characterClasses(value) >= 3 &&
    surpriseOf(value).perChar >= 3.4 &&
    placeholderReason(value) === null
  );
}

function judgeKeyId({ text, secret, start, end }: Candidate): Judgement {
  const account = accountOfKeyId(secret);
  if (account !== null && isDocumentedAccount(account)) return false;
  const related = secretOf(text, start, end);
  if (related === null) return { evidence: `account ${account}` };
  return { severity: 'critical', message: 'AWS access key with its secret', evidence: 'its secret is next to it', related };
}

const secretKey = (): string => alnum(40);

/** A key ID of an account: bits 1 to 40 of its ten bytes are the account. */
function keyIdOf(account: number): string {
  const head = Buffer.alloc(6);
  head.writeUIntBE(account * 128, 0, 6);
  return `AKIA${encodeBase32(Buffer.concat([head, bytes(4)]))}`;
}

export const aws = ruleSet(
  {
    why: 'Anyone who has it can call AWS with all the rights of its user.',
    advice: 'Deactivate the key, check CloudTrail for its use, then delete it. Use a role or `aws configure` instead.',
    docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  },
  () => [
    {
      id: 'aws-access-key',
      message: 'AWS access key ID',
      severity: 'high',
      keywords: ['AKIA', 'ASIA'],
      pattern: /(?:AKIA|ASIA)[A-Z2-7]{16}/,
      minEntropy: 3,
      judge: judgeKeyId,
      samples: () => {
        const id = `AKIA${base32(16)}`;
        const secret = secretKey();
        return allSamples(tokenSamples('AKIA', base32(16)), tokenSamples('ASIA', base32(16, 'sts')), {
          found: [
            `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
            `const credentials = {\n  secretAccessKey: '${secret}',\n  accessKeyId: '${id}',\n};`,
          ],
          ignored: [
            `AKIA${'A'.repeat(16)}`,
            `ACCESS=AKIA${base32(14)}18\n`,
            `ACCESS=AIDA${base32(16)}\n`,
            `ACCESS=${keyIdOf(123456789012)}\n`,
          ],
        });
      },
    },
    {
      id: 'aws-secret-key',
      message: 'AWS secret access key',
      keywords: ['aws_secret', 'aws-secret', 'aws.secret', 'awssecret', 'secret_access_key', 'secret-access-key', 'secretaccesskey'],
      pattern: new RegExp(
        String.raw`(?:aws[_.-]?secret|secret[_-]?access[_-]?key)${TO_VALUE}(?<secret>[A-Za-z\d+/]{40})(?![A-Za-z\d+/=])`,
        'i',
      ),
      boundary: 'none',
      judge: ({ secret }) => looksLikeSecret(secret),
      samples: () => ({
        found: [
          `AWS_SECRET_ACCESS_KEY=${secretKey()}\n`,
          `{ "secretAccessKey": "${secretKey()}" }`,
          `aws.secret-key: '${secretKey()}'`,
          `aws-secret-access-key ${secretKey()}`,
          `awsSecretKey = "${secretKey()}"`,
          `export SECRET_ACCESS_KEY="${secretKey()}"`,
          `--secret-access-key ${secretKey()}`,
          `- name: AWS_SECRET_ACCESS_KEY\n  value: ${secretKey()}\n`,
          `<add key="AWSSecretKey" value="${secretKey()}" />`,
          `os.getenv('AWS_SECRET_ACCESS_KEY', '${secretKey()}')`,
        ],
        ignored: [
          `AWS_SECRET_ACCESS_KEY=${hex(40)}\n`,
          `AWS_SECRET_ACCESS_KEY=${secretKey()}a\n`,
          `AWS_SECRET_ACCESS_KEY=${alnum(39)}\n`,
          'AWS_SECRET_ACCESS_KEY=process.env.AWS_SECRET_ACCESS_KEY_OF_THE_PRODUCTION_ACCOUNT\n',
          `AWS_SECRET_ACCESS_KEY=${alnum(30)}EXAMPLEKEY\n`,
        ],
      }),
    },
    {
      id: 'aws-session-token',
      message: 'AWS session token',
      severity: 'high',
      // Base64 of the first bytes of an STS token.
      keywords: ['IQoJb3JpZ2luX2', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz'],
      pattern: /(?:IQoJb3JpZ2luX2|F[wQ]oGZXIvYXdz)[A-Za-z\d+/]{100,2000}={0,2}/,
      advice: 'Revoke the sessions of its role, or wait until it expires, within hours.',
      docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html',
      samples: () =>
        allSamples(...[`IQoJb3JpZ2luX2`, `FwoGZXIvYXdz`, `FQoGZXIvYXdz`].map((marker) => tokenSamples(marker, alnum(400), 100))),
    },
    {
      id: 'aws-bedrock-key',
      message: 'Amazon Bedrock API key',
      // Base64 of `BedrockAPIKey-` and of `bedrock.amazonaws.com`.
      keywords: ['ABSKQmVkcm9ja0FQSUtleS', 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t'],
      pattern: /(?:ABSKQmVkcm9ja0FQSUtleS|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t)[A-Za-z\d+/]{80,2000}={0,2}/,
      docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
      samples: () =>
        allSamples(
          tokenSamples('ABSKQmVkcm9ja0FQSUtleS', alnum(110), 80),
          tokenSamples('bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t', alnum(600), 80),
        ),
    },
    {
      id: 'amazon-seller-token',
      message: 'Amazon MWS auth token',
      why: 'Anyone who has it can use the account of the seller.',
      advice: 'Remove the access of the app in Seller Central.',
      keywords: ['amzn.mws.'],
      pattern: /amzn\.mws\.[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/,
      docs: 'https://developer-docs.amazon.com/sp-api/docs/rotating-your-applications-client-secrets',
      samples: () => tokenSamples('amzn.mws.', uuid()),
    },
    {
      id: 'amazon-client-secret',
      message: 'Login with Amazon client secret',
      why: 'Anyone who has it can pose as your app to Amazon.',
      advice: 'Rotate the client secret where the app is registered, and keep the new one in a secret store.',
      keywords: ['amzn1.oa2-cs.v1.'],
      pattern: /amzn1\.oa2-cs\.v1\.[\da-f]{64}/,
      docs: 'https://developer-docs.amazon.com/sp-api/docs/rotating-your-applications-client-secrets',
      samples: () => tokenSamples('amzn1.oa2-cs.v1.', hex(64)),
    },
    {
      id: 'amazon-refresh-token',
      message: 'Login with Amazon token',
      why: 'Anyone who has it can use the account of the user who signed in.',
      advice: 'Remove the access of the app in the Amazon account of that user.',
      severity: 'high',
      keywords: ['Atza|', 'Atzr|'],
      pattern: /Atz[ar]\|[\w+/-]{100,1000}/,
      docs: 'https://developer.amazon.com/docs/login-with-amazon/refresh-token.html',
      samples: () => allSamples(tokenSamples('Atza|', base64url(300), 100), tokenSamples('Atzr|', base64url(300), 100)),
    },
  ],
);
