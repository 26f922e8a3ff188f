import { markedToken } from '../drafting/marked-token.ts';
import { namedSecret } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { bytes, hex } from '../drafting/sample.ts';
import { lowerAlnumOf, base32Of } from '../drafting/shapes.ts';

/** An expired URL grants no access. */
function judgePresignedUrl({ text, now, start, end }: Candidate): Judgement {
  const query = text.slice(Math.max(0, start - 1000), start) + text.slice(end, end + 300);
  const [, year, month, day, hour, minute] = /X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\dZ/.exec(query) ?? [];
  const [, seconds] = /X-Amz-Expires=(\d{1,7})/.exec(query) ?? [];
  if (year === undefined || seconds === undefined) return true;
  const endsAt = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) + Number(seconds) * 1000;
  return endsAt > now;
}

export const awsServices = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can use the AWS service with the rights of its owner.',
    advice: 'Create a new one in the console of the service, and delete the old one.',
    docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  },
  () => [
    {
      id: 'aws-other-key',
      message: 'AWS bearer token or context-specific credential ID',
      severity: 'low',
      confidence: 'medium',
      ...markedToken({ markers: ['ABIA', 'ACCA', 'A3T'], body: base32Of(16, 17), isAmbiguous: true }),
    },
    {
      id: 'aws-appsync-key',
      message: 'AWS AppSync API key',
      severity: 'medium',
      ...markedToken({ markers: ['da2-'], body: lowerAlnumOf(26), isAmbiguous: true }),
      docs: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
    },
    {
      id: 'aws-ses-password',
      message: 'Amazon SES SMTP password',
      // The version byte 4 and a signature of 32 bytes.
      ...namedSecret({ names: ['smtp', 'ses_', 'amazonses'], value: 'B[A-P][A-Za-z\\d+/]{42}', credential: 'pass|password|secret|pwd' }),
      docs: 'https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html',
      samples: () => {
        const password = Buffer.concat([Buffer.of(4), bytes(32)]).toString('base64');
        return {
          found: [
            `SMTP_PASSWORD=${password}\n`,
            `ses_smtp: { pass: '${password}' }`,
            `host: 'email-smtp.eu-west-1.amazonaws.com', auth: { user: 'me', pass: '${password}' }`,
            `host: amazonses.com\npassword: ${password}\n`,
          ],
          ignored: [`SMTP_PASSWORD=${password}A\n`, `SMTP_PASSWORD=A${password.slice(1)}\n`, `OTHER_PASSWORD=${password}\n`],
        };
      },
    },
    {
      id: 'aws-presigned-url',
      message: 'AWS presigned URL',
      severity: 'low',
      keywords: ['X-Amz-Signature='],
      pattern: /X-Amz-Signature=(?<secret>[\da-f]{64})(?!\w)/,
      boundary: 'none',
      judge: judgePresignedUrl,
      why: 'Anyone who has the URL can do what it allows until it expires.',
      advice: 'Wait until it expires, or rotate the key that signed it to end it sooner.',
      docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html',
      samples: () => {
        const address = (date: string, expires: string): string =>
          `https://north.s3.amazonaws.com/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA&X-Amz-Date=${date}&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=${hex(64)}`;
        return {
          found: [address('20991231T000000Z', '604800'), `GET /a?X-Amz-Signature=${hex(64)}`],
          ignored: [address('20991231T000000Z', '604800').slice(0, -1), address('20200101T000000Z', '604800'), 'X-Amz-Signature=EXAMPLE'],
        };
      },
    },
  ],
);
