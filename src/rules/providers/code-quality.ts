import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, tokenSamples, uuid } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, shape, either, UUID } from '../drafting/shapes.ts';

export const codeQuality = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has it can read the findings in your code, and submit results for it.',
    advice: 'Revoke it where it was issued, and keep the new one in your CI secrets.',
  },
  () => [
    {
      id: 'sonar-token',
      message: 'SonarQube token',
      severity: 'high',
      keywords: ['squ_', 'sqp_', 'sqa_', 'sqco_'],
      pattern: /sq(?:[upa]_[\da-f]{40}|co_[\w-]{59})(?![\w-])/,
      docs: 'https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/',
      samples: () =>
        allSamples(...['squ_', 'sqp_', 'sqa_'].map((marker) => tokenSamples(marker, hex(40))), tokenSamples('sqco_', alnum(59))),
    },
    {
      id: 'sonar-legacy-token',
      message: 'SonarQube token (legacy format)',
      ...namedSecret({ names: ['sonar'], value: '[\\da-f]{40}', credential: 'token|login|secret' }),
      severity: 'high',
      docs: 'https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/',
      samples: () => ({
        found: [`SONAR_TOKEN=${hex(40)}\n`, `sonar.login=${hex(40)}\n`],
        ignored: [`SONAR_TOKEN=${hex(39)}\n`, `sonar.projectKey=${hex(40)}\n`],
      }),
    },
    {
      id: 'snyk-token',
      message: 'Snyk API token',
      ...namedSecret({ names: ['snyk'], value: UUID.source, credential: 'token|key|secret|api' }),
      severity: 'high',
      docs: 'https://docs.snyk.io/snyk-api/rest-api/authentication-for-api',
      samples: () => ({
        found: [`SNYK_TOKEN=${uuid()}\n`, `snyk:\n  token: ${uuid()}\n`],
        ignored: [`SNYK_ORG_ID=${uuid()}\n`, `SNYK_TOKEN=${hex(32)}\n`],
      }),
    },
    {
      id: 'snyk-service-token',
      message: 'Snyk user or service account token',
      severity: 'high',
      keywords: ['snyk_uat.', 'snyk_sat.'],
      pattern: /snyk_[us]at\.[\w.-]{40,250}/,
      minEntropy: 3.8,
      docs: 'https://docs.snyk.io/snyk-api/authentication-for-api',
      samples: () => allSamples(...['snyk_uat.', 'snyk_sat.'].map((marker) => tokenSamples(`${marker}${hex(8)}.`, base64url(60), 31))),
    },
    {
      id: 'codecov-token',
      message: 'Codecov upload token',
      ...namedSecret({ names: ['codecov'], value: UUID.source, credential: 'token|key|secret' }),
      severity: 'low',
      why: 'Anyone who has it can upload coverage reports for your repository.',
      docs: 'https://docs.codecov.com/docs/codecov-tokens',
      samples: () => ({
        found: [`CODECOV_TOKEN=${uuid()}\n`, `codecov:\n  token: ${uuid()}\n`],
        ignored: ['token: ${{ secrets.CODECOV_TOKEN }}', `CODECOV_ID=${uuid()}\n`],
      }),
    },
    {
      id: 'coveralls-token',
      message: 'Coveralls repository token',
      ...namedKey({ names: ['coveralls'], value: alnumOf(32, 37), words: ['token'] }),
      severity: 'low',
      why: 'Anyone who has it can upload coverage reports for your repository.',
      docs: 'https://docs.coveralls.io/ci-services',
    },
    {
      id: 'code-climate-id',
      message: 'Code Climate reporter ID',
      ...namedKey({
        names: ['codeclimate', 'code_climate', 'cc_test_reporter'],
        value: either(hexOf(64), hexOf(40)),
        words: ['token', 'id'],
      }),
      severity: 'low',
      why: 'Anyone who has it can upload coverage reports for your repository.',
      docs: 'https://docs.codeclimate.com/docs/finding-your-test-coverage-token',
    },
    {
      id: 'codacy-token',
      message: 'Codacy project or API token',
      ...namedKey({ names: ['codacy'], value: either(alnumOf(20), hexOf(32)), words: ['token'] }),
      severity: 'low',
      docs: 'https://docs.codacy.com/codacy-api/api-tokens/',
    },
    {
      id: 'aikido-key',
      message: 'Aikido key',
      keywords: ['AIK_CI_', 'AIK_CLIENT_', 'AIK_SECRET_'],
      pattern: /AIK_(?:CI_[A-Za-z\d]{20,44}|CLIENT_[A-Za-z\d]{24}|SECRET_[A-Za-z\d]{64})/,
      judge: ({ secret }) => looksRandom(secret.slice(secret.lastIndexOf('_') + 1)),
      docs: 'https://apidocs.aikido.dev/reference/authorization',
      samples: () =>
        allSamples(tokenSamples('AIK_CI_', alnum(20)), tokenSamples('AIK_CLIENT_', alnum(24)), tokenSamples('AIK_SECRET_', alnum(64))),
    },
    {
      id: 'endor-labs-key',
      message: 'Endor Labs key or secret',
      ...markedToken({ markers: ['endr+'], body: shape`${alnumOf(16)}`, isAmbiguous: true }),
      docs: 'https://docs.endorlabs.com/administration/api-keys/',
    },
    {
      id: 'gitguardian-token',
      message: 'GitGuardian API token',
      ...namedKey({ names: ['gitguardian'], value: alnumOf(72), words: ['key', 'token'] }),
      docs: 'https://docs.gitguardian.com/api-docs/authentication',
    },
    {
      id: 'trufflehog-key',
      message: 'TruffleHog Enterprise key or secret',
      keywords: ['thog-key-', 'thog-secret-'],
      pattern: /thog-(?:key-[\da-f]{16}|secret-[\da-f]{32})(?!-)/,
      docs: 'https://docs.trufflesecurity.com/scanner-installation',
      samples: () => allSamples(tokenSamples('thog-key-', hex(16)), tokenSamples('thog-secret-', hex(32))),
    },
    {
      id: 'stackhawk-key',
      message: 'StackHawk API key',
      severity: 'medium',
      ...markedToken({ markers: ['hawk.'], body: shape`${base64urlOf(20)}.${base64urlOf(20)}` }),
      docs: 'https://docs.stackhawk.com/apidocs.html',
    },
    {
      id: 'dependency-track-key',
      message: 'Dependency-Track API key',
      severity: 'high',
      ...markedToken({ markers: ['odt_'], body: alnumOf(32, 41), isAmbiguous: true }),
      docs: 'https://docs.dependencytrack.org/integrations/rest-api/',
    },
  ],
);
