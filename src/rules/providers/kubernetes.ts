import { harmlessReason, isCommonPassword } from '../../engine/plausibility.ts';
import { surpriseOf } from '../../engine/surprise.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { decodeBase64 } from '../../engine/proofs/base64-bytes.ts';
import { credentialKind } from '../reading/credential-name.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, allSamples, base64, base64url, hex, lowerAlnum, tokenSamples } from '../drafting/sample.ts';

/** How many characters of a manifest are read on each side of a value. */
const REACH = 20_000;

/** An entry in the `data` of a Secret that is neither a certificate nor a template. */
function judgeEntry({ text, path, secret, start, match }: Candidate): Judgement {
  const weight = weigh(match.groups!['name']!, secret);
  if (weight === null) return false;
  const before = text.slice(Math.max(0, match.index - REACH), match.index).split('\n');
  const parent = before.findLast((line) => line.trim() !== '' && indentOf(line) < indentOf(match[0]));
  if (parent === undefined || !/^\s*["']?data["']?:\s*$/.test(parent)) return false;
  const head = before.slice(before.lastIndexOf('---') + 1).join('\n');
  const [rest = ''] = text.slice(start, start + REACH).split('\n---', 1);
  if (!/^\s{0,8}kind: ["']?secret["']?\s*$/im.test(`${head}\n${rest}`)) return false;
  if (weight === 'weak')
    return { severity: 'low', confidence: 'low', evidence: 'base64 is not encryption, and the value is easy to guess' };
  return { evidence: 'base64 is not encryption', ...(isTestPath(path) ? { severity: 'medium' } : {}) };
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}

/** Is a value a secret? An easily guessed password is a weak one. */
function weigh(name: string, base64: string): 'strong' | 'weak' | null {
  const bytes = decodeBase64(base64);
  if (bytes === null || bytes.length < 6) return null;
  const text = bytes.toString('latin1').trim();
  // Random bytes are a key. Text has to look like a password, or contain one.
  if (/[^\x09-\x7e]/.test(text)) return bytes.length >= 16 ? 'strong' : null;
  if (/PRIVATE KEY-----/.test(text)) return 'strong';
  if (text.length > 60 && /BEGIN CERTIFICATE|\n/.test(text)) return null;
  if (/^\{.*"auths?"\s*:/.test(text)) return 'strong';
  if (/^[\w.@-]{1,40}:[^\s:/]{4,}$/.test(text) && isCommonPassword(text)) return 'weak';
  if (harmlessReason(text) !== null) return null;
  const { bits, perChar } = surpriseOf(text);
  if (!isCommonPassword(text) && bits >= 30 && perChar >= 3) return 'strong';
  return credentialKind(name) !== null || /^[\w.-]+:[^\s:]+$/.test(text) ? 'weak' : null;
}

export const kubernetes = ruleSet(
  {
    why: 'Anyone who has it can get into the cluster, or into what runs in it.',
    advice: 'Revoke it, and pass the new one to the cluster through a secret store or a sealed secret.',
  },
  () => [
    {
      id: 'kubernetes-secret',
      message: 'Kubernetes Secret with its values',
      severity: 'high',
      confidence: 'medium',
      keywords: ['kind: Secret', 'kind: "Secret"', "kind: 'Secret'", 'kind: secret', 'kind: "secret"', "kind: 'secret'"],
      anchor: 'text',
      decodes: true,
      pattern:
        /^[ \t]{1,20}["']?(?<name>[\w.-]{1,100})["']?:[ \t]{1,10}(?:[|>][+-]?[ \t]{0,3}\r?\n[ \t]{1,20})?["']?(?<secret>[A-Za-z\d+/]{8,4000}={0,2})["']?(?=[ \t]{0,20}\r?$)/m,
      boundary: 'none',
      judge: judgeEntry,
      docs: 'https://kubernetes.io/docs/concepts/configuration/secret/#information-security-for-secrets',
      samples: () => {
        const encode = (text: string): string => Buffer.from(text).toString('base64');
        const manifest = (value: string, kind = 'Secret'): string =>
          `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: north\ndata:\n  user: ${encode('admin')}\n  password: ${value}\n`;
        return {
          found: [
            manifest(encode(alnum(16))),
            manifest(`"${encode(alnum(24))}"`, '"Secret"'),
            manifest(encode(hex(32)), "'Secret'"),
            `apiVersion: v1\ndata:\n  key: ${base64(32)}\nkind: Secret\n`,
            `apiVersion: v1\nkind: Secret\ndata:\n  .dockercfg: |\n    ${encode(`{"auths":{"north.dev":{"auth":"${base64(20)}"}}}`)}\n`,
            manifest(encode('northwind7')),
            `kind: ConfigMap\n---\n${manifest(encode(alnum(16)))}---\nkind: Service\n`,
          ],
          ignored: [
            manifest('{{ .Values.password | b64enc }}'),
            manifest(encode('changeme')),
            manifest('""'),
            manifest(encode('<your password>')),
            manifest(encode(alnum(16)), 'SealedSecret'),
            `kind: Secret\n---\n${manifest(encode(alnum(16)), 'ConfigMap')}`,
            `apiVersion: v1\nkind: Secret\ndata:\n  ca.crt: ${encode(`-----BEGIN CERTIFICATE-----\n${alnum(300)}`)}\n`,
          ],
        };
      },
    },
    {
      id: 'kubernetes-bootstrap-token',
      message: 'Kubernetes bootstrap token',
      severity: 'high',
      keywords: ['kubeadm'],
      pattern: /kubeadm[^\n]{0,100}?--token[= ](?<secret>[a-z\d]{6}\.[a-z\d]{16})/,
      boundary: 'none',
      judge: ({ secret }) => /\d/.test(secret) && secret !== 'abcdef.0123456789abcdef',
      why: 'Anyone who has it can join a node to the cluster until it expires.',
      advice: 'Delete it with `kubeadm token delete` and its ID.',
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
    {
      id: 'openshift-token',
      message: 'OpenShift user token',
      keywords: ['sha256~'],
      pattern: /sha256~[\w-]{43}(?![\w-])/,
      advice: 'Delete it with `oc delete oauthaccesstoken` and its name.',
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
      id: 'docker-swarm-token',
      message: 'Docker Swarm join token or unlock key',
      severity: 'high',
      keywords: ['SWMTKN-1-', 'SWMKEY-1-'],
      pattern: /SWM(?:TKN-1-[a-z\d]{50}-[a-z\d]{25}|KEY-1-[A-Za-z\d+/]{43})(?![\w+/-])/,
      why: 'Anyone who has it can join the swarm, or read its keys.',
      advice: 'Rotate it with `docker swarm join-token --rotate` or `docker swarm unlock-key --rotate`.',
      docs: 'https://docs.docker.com/reference/cli/docker/swarm/join-token/',
      samples: () => allSamples(tokenSamples(`SWMTKN-1-${lowerAlnum(50)}-`, lowerAlnum(25)), tokenSamples('SWMKEY-1-', alnum(43))),
    },
  ],
);
