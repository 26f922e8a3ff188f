import { isTestPath } from '../../engine/test-path.ts';
import { lineBefore } from '../reading/line.ts';
import { type Candidate, ruleSet } from '../../engine/rule.ts';

const WORKFLOWS = ['.github/workflows/*.{yml,yaml}', '**/action.{yml,yaml}'];
const DOCKERFILES = ['**/Dockerfile', '**/Dockerfile.*', '**/*.Dockerfile', '**/Containerfile'];

function isCommented({ text, match }: Candidate): boolean {
  return /^\s*(?:#|\/\/)|\s#\s/.test(lineBefore(text, match.index));
}

/** Does the command connect to its own machine? */
function isToItself({ text, match }: Candidate): boolean {
  const line = text.slice(match.index, match.index + 300).split('\n', 1)[0]!;
  return /https:\/\/(?:localhost|127\.|\[::1\])/.test(line);
}

/** How many bytes before a match in a workflow are searched for its `run:`. */
const REACH = 4000;

/** Is the match inside a `run:`, on the same line or in a block indented below it? */
function isInRun({ text, match: { index } }: Candidate): boolean {
  const lines = text.slice(Math.max(0, index - REACH), index).split('\n');
  const own = lines.pop()!;
  if (/^\s*(?:- )?run:/.test(own)) return true;
  const indent = indentOf(own);
  const parent = lines.findLast((line) => line.trim() !== '' && indentOf(line) < indent);
  return parent !== undefined && /^\s*(?:- )?run:\s*[|>]/.test(parent);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

export const riskyInfra = ruleSet({ category: 'risk', severity: 'medium', confidence: 'high' }, () => [
  {
    id: 'actions-injection',
    message: 'Untrusted text in a workflow script',
    why: 'Anyone who can open an issue or a pull request can run commands with the rights of the workflow.',
    advice: 'Pass it through `env:`, and use the quoted variable in the script.',
    docs: 'https://docs.github.com/actions/security-for-github-actions/security-guides/security-hardening-for-github-actions',
    keywords: ['github.event.', 'github.head_ref'],
    pattern:
      /github\.(?:head_ref|event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|comment\.body|review\.body|review_comment\.body|pages\[?[^\s}]{0,20}\.page_name|commits\[?[^\s}]{0,20}\.(?:message|author\.(?:name|email))|head_commit\.(?:message|author\.(?:name|email))|discussion\.(?:title|body)))(?=\s{0,3}(?:\}\}|\|\||&&))/,
    paths: WORKFLOWS,
    judge: (candidate) => !isCommented(candidate) && isInRun(candidate),
    samples: () => ({
      found: [
        { path: '.github/workflows/a.yml', text: 'steps:\n  - run: echo "${{ github.event.issue.title }}"\n' },
        {
          path: '.github/workflows/a.yml',
          text: 'steps:\n  - name: x\n    run: |\n      set -e\n      git checkout ${{ github.head_ref }}\n',
        },
      ],
      ignored: [
        {
          path: '.github/workflows/a.yml',
          text: 'steps:\n  - env:\n      TITLE: ${{ github.event.issue.title }}\n    run: echo "$TITLE"\n',
        },
        { path: '.github/workflows/a.yml', text: 'steps:\n  - run: echo "${{ github.event.issue.number }}"\n' },
      ],
    }),
  },
  {
    id: 'download-to-shell',
    message: 'Download piped into a shell',
    why: 'Anyone who controls the server or the network path can run commands here.',
    advice: 'Download the script, compare its checksum, then run it.',
    docs: 'https://cwe.mitre.org/data/definitions/494.html',
    severity: 'low',
    keywords: ['curl ', 'wget '],
    pattern: /(?:curl|wget) [^\n|;&]{0,200}https?:\/\/[^\n|;&]{1,200}\| ?(?:sudo (?:-\w{1,3} )?)?(?:ba|z|da)?sh\b/,
    paths: ['**/*.{sh,bash,zsh,yml,yaml}', ...DOCKERFILES],
    judge: (candidate) => !isCommented(candidate) && !/["'`][^"'`]*$/.test(lineBefore(candidate.text, candidate.match.index)),
    samples: () => ({
      found: [
        { path: 'setup.sh', text: 'curl -fsSL https://example.org/install.sh | sh\n' },
        { path: 'Dockerfile', text: 'RUN wget -qO- https://example.org/x | sudo -E bash -\n' },
      ],
      ignored: [{ path: 'setup.sh', text: '# curl https://example.org/install.sh | sh\ncurl https://example.org/a | jq .\n' }],
    }),
  },
  {
    id: 'world-writable',
    message: 'World-writable file',
    why: 'Any user of the machine can change it.',
    advice: 'Give write access to its owner or a group only.',
    docs: 'https://cwe.mitre.org/data/definitions/732.html',
    severity: 'low',
    keywords: ['chmod', 'Chmod'],
    pattern:
      /chmod(?: -R)? (?:0?777|(?:a|o|go|ugo)\+r?wx?)\b|chmod(?:Sync|at)?\([^()\n]{1,80}, {0,2}0o?777[,)]|Chmod\([^()\n]{1,80}, {0,2}0o?777\)/,
    paths: ['**/*.{sh,bash,zsh,py,js,mjs,cjs,ts,rb,php,yml,yaml,go,c,cc,cpp,rs}', ...DOCKERFILES],
    judge: (candidate) => !isTestPath(candidate.path) && !isCommented(candidate),
    samples: () => ({
      found: [
        { path: 'setup.sh', text: 'chmod -R 777 /srv/data\n' },
        { path: 'a.py', text: 'os.chmod(path, 0o777)\n' },
        { path: 'a.go', text: '\terr := os.Chmod(path, 0o777)\n' },
        { path: 'setup.sh', text: 'chmod a+w /srv/data\n' },
      ],
      ignored: [{ path: 'setup.sh', text: 'chmod 755 a\n# chmod 777 b\nchmod 7770 c\n' }],
    }),
  },
  {
    id: 'open-ingress',
    message: 'Port open to the whole internet',
    why: 'Anyone can connect to what listens there.',
    advice: 'Allow only the networks that need it.',
    docs: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    keywords: ['ingress', '"aws_security_group_rule"', '"aws_vpc_security_group_ingress_rule"', '"google_compute_firewall"'],
    pattern:
      /(?:ingress"?\s{0,3}\{[^{}]{0,600}|"aws_security_group_rule" "[\w-]{1,80}" \{[^{}]{0,300}"ingress"[^{}]{0,300})cidr_blocks\s{0,10}=\s{0,3}\[\s{0,10}"0\.0\.0\.0\/0"|"aws_vpc_security_group_ingress_rule" "[\w-]{1,80}" \{[^{}]{0,600}cidr_ipv4\s{0,10}=\s{0,3}"0\.0\.0\.0\/0"[^{}]{0,600}\}|"google_compute_firewall" "[\w-]{1,80}" \{(?:[^{}]|\{[^{}]{0,200}\}){0,600}source_ranges\s{0,10}=\s{0,3}\[\s{0,10}"0\.0\.0\.0\/0"/,
    paths: ['**/*.tf'],
    // Web servers are meant to be open.
    judge: (candidate) =>
      !isTestPath(candidate.path) &&
      !isCommented(candidate) &&
      !/(?:from|to)_port\s*=\s*(?:80|443)\b|ports\s*=\s*\[\s*"(?:80|443)"/.test(candidate.match[0]),
    samples: () => ({
      found: [
        { path: 'main.tf', text: 'ingress {\n  from_port = 22\n  to_port = 22\n  protocol = "tcp"\n  cidr_blocks = ["0.0.0.0/0"]\n}\n' },
        {
          path: 'main.tf',
          text: 'resource "aws_security_group_rule" "ssh" {\n  type = "ingress"\n  from_port = 22\n  cidr_blocks = ["0.0.0.0/0"]\n}\n',
        },
        {
          path: 'main.tf',
          text: 'resource "aws_vpc_security_group_ingress_rule" "ssh" {\n  cidr_ipv4 = "0.0.0.0/0"\n  from_port = 22\n}\n',
        },
        {
          path: 'main.tf',
          text: 'resource "google_compute_firewall" "ssh" {\n  allow {\n    ports = ["22"]\n  }\n  source_ranges = ["0.0.0.0/0"]\n}\n',
        },
      ],
      ignored: [
        { path: 'main.tf', text: 'ingress {\n  from_port = 443\n  to_port = 443\n  cidr_blocks = ["0.0.0.0/0"]\n}\n' },
        { path: 'main.tf', text: 'egress {\n  from_port = 0\n  cidr_blocks = ["0.0.0.0/0"]\n}\n' },
        {
          path: 'main.tf',
          text: 'resource "aws_security_group_rule" "out" {\n  type = "egress"\n  from_port = 0\n  cidr_blocks = ["0.0.0.0/0"]\n}\n',
        },
      ],
    }),
  },
  {
    id: 'unverified-download',
    message: 'Download without verification',
    why: 'Anyone on the network path can send something else.',
    advice: "Trust the server's certificate authority instead, or compare a checksum.",
    docs: 'https://cwe.mitre.org/data/definitions/295.html',
    severity: 'low',
    keywords: [
      'curl -',
      'wget -',
      'http.sslVerify',
      'GIT_SSL_NO_VERIFY',
      'strict-ssl false',
      '--allow-unauthenticated',
      'PYTHONHTTPSVERIFY',
    ],
    pattern:
      /curl (?:-[a-zA-Z]{0,8}k[a-zA-Z]{0,8}|(?:-[-\w]{1,30} (?:[^-\s]\S{0,80} )?){0,6}(?:-k|--insecure))(?=[ \n])|wget (?:-[-\w=]{1,60} ){0,6}--no-check-certificate\b|http\.sslVerify[ =]{1,3}false\b|GIT_SSL_NO_VERIFY=(?:1|true)\b|strict-ssl false\b|--allow-unauthenticated\b|PYTHONHTTPSVERIFY=0\b/,
    paths: ['**/*.{sh,bash,zsh,yml,yaml}', ...DOCKERFILES],
    judge: (candidate) => !isTestPath(candidate.path) && !isCommented(candidate) && !isToItself(candidate),
    samples: () => ({
      found: [
        { path: 'setup.sh', text: 'curl -k https://example.org/a.tgz | tar xz\n' },
        { path: 'setup.sh', text: 'curl -fsSLk https://example.org/a.tgz\n' },
        { path: 'setup.sh', text: 'curl -L --insecure https://example.org/a.tgz\n' },
        { path: 'Dockerfile', text: 'RUN wget -q --no-check-certificate https://example.org/a.tgz\n' },
        { path: 'Dockerfile', text: 'RUN git config --global http.sslVerify false\n' },
      ],
      ignored: [
        { path: 'setup.sh', text: '# curl -k https://example.org/a.tgz\ncurl -fsSL https://example.org/k -o k\n' },
        { path: 'setup.sh', text: 'curl -k https://localhost:8443/health\n' },
        { path: 'test/setup.sh', text: 'curl -k https://example.org/a.tgz\n' },
      ],
    }),
  },
  {
    id: 'cleartext-traffic',
    message: 'App that allows traffic without TLS',
    why: 'Anyone on the same network can read and change what it sends.',
    advice: 'Allow it for single hosts at most, in a network security config or an exception domain.',
    docs: 'https://developer.android.com/privacy-and-security/security-config#CleartextTrafficPermitted',
    severity: 'low',
    keywords: ['usesCleartextTraffic', 'NSAllowsArbitraryLoads<'],
    pattern: /usesCleartextTraffic\s?=\s?"true"|NSAllowsArbitraryLoads<\/key>\s{0,20}<true\/>/,
    boundary: 'none',
    paths: ['**/AndroidManifest.xml', '**/*Info.plist'],
    judge: ({ path }) => !isTestPath(path) && !/\/(?:debug|androidTest|staging)\//.test(path),
    samples: () => ({
      found: [
        { path: 'app/src/main/AndroidManifest.xml', text: '<application android:usesCleartextTraffic="true">\n' },
        { path: 'App/Info.plist', text: '<key>NSAllowsArbitraryLoads</key>\n<true/>\n' },
      ],
      ignored: [
        { path: 'app/src/debug/AndroidManifest.xml', text: '<application android:usesCleartextTraffic="true">\n' },
        { path: 'App/Info.plist', text: '<key>NSAllowsArbitraryLoads</key>\n<false/>\n' },
      ],
    }),
  },
  {
    id: 'docker-latest',
    message: 'Base image without a version',
    why: 'The same file can build a different image tomorrow.',
    advice: 'Pin a version, or better a digest.',
    docs: 'https://docs.docker.com/build/building/best-practices/',
    severity: 'low',
    isOptIn: true,
    keywords: ['FROM '],
    pattern: /FROM (?:--platform=\S{1,40} )?(?!scratch\b|\$)[a-z\d][\w./-]{1,100}(?::latest)?(?=\s*(?:\r?\n|$| AS | as ))/,
    paths: DOCKERFILES,
    judge: ({ text, match }) => {
      const image = /(\S+)$/.exec(match[0])![1]!;
      // A name without a version may be a build stage of this file.
      return (
        lineBefore(text, match.index) === '' && !new RegExp(`(?:^|\\n)FROM [^\\n]* as ${image.replaceAll('.', '\\.')}\\s`, 'i').test(text)
      );
    },
    samples: () => ({
      found: [
        { path: 'Dockerfile', text: 'FROM node:latest\nRUN x\n' },
        { path: 'Dockerfile', text: 'FROM ubuntu\n' },
      ],
      ignored: [
        { path: 'Dockerfile', text: 'FROM node:20.19 AS build\nFROM build\nFROM scratch\n' },
        { path: 'Dockerfile', text: 'FROM node@sha256:abc\n' },
      ],
    }),
  },
  {
    id: 'docker-root',
    message: 'Container that runs as root',
    why: 'An attacker who takes over the program is root in the container, and sometimes on the host.',
    advice: 'Create a user for the program, and make it the last USER of the file.',
    docs: 'https://docs.docker.com/build/building/best-practices/#user',
    severity: 'low',
    isOptIn: true,
    keywords: ['USER '],
    pattern: /USER (?:root|0)(?:[:]\w{1,10})?(?=\s*(?:\r?\n|$))/,
    paths: DOCKERFILES,
    judge: ({ text, match, end }) => lineBefore(text, match.index).trim() === '' && !/\nUSER (?!root\b|0\b)/.test(text.slice(end)),
    samples: () => ({
      found: [{ path: 'Dockerfile', text: 'FROM a:1\nUSER root\nRUN x\n' }],
      ignored: [{ path: 'Dockerfile', text: 'FROM a:1\nUSER root\nRUN x\nUSER app\n' }],
    }),
  },
]);
