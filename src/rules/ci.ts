import { namedSamples, namedSecret } from './named-secret.ts';
import { ruleSet } from './rule.ts';
import { alnum, allSamples, base64url, hex, lowerAlnum, tokenSamples, upperAlnum, uuid } from './sample.ts';

export const ci = ruleSet(
  {
    why: 'It can change builds, and with them what is shipped.',
    advice: 'Revoke it where it was issued, and keep the new one in the secrets of the CI.',
  },
  () => [
    {
      id: 'circleci-token',
      message: 'CircleCI token',
      keywords: ['CCIPAT_', 'CCIPRJ_'],
      pattern: /CCIP(?:AT|RJ)_[A-Za-z\d]{22}_[\da-f]{40}/,
      docs: 'https://circleci.com/docs/managing-api-tokens/',
      samples: () => allSamples(...['CCIPAT_', 'CCIPRJ_'].map((marker) => tokenSamples(`${marker}${alnum(22)}_`, hex(40)))),
    },
    {
      id: 'circleci-legacy-token',
      message: 'CircleCI token of the older kind',
      ...namedSecret({ names: ['circleci', 'circle_', 'circle-'], value: '[\\da-f]{40}', credential: 'token' }),
      docs: 'https://circleci.com/docs/managing-api-tokens/',
      samples: () => ({
        found: ['CIRCLECI_TOKEN', 'CIRCLE_TOKEN', 'Circle-Token'].map((name) => `${name}: ${hex(40)}\n`),
        ignored: [`CIRCLE_SHA1=${hex(40)}\n`, `CIRCLE_TOKEN=${hex(39)}\n`],
      }),
    },
    {
      id: 'buildkite-token',
      message: 'Buildkite token',
      keywords: ['bkua_', 'bkaa_', 'bkar_', 'bkct_', 'bkpat_'],
      pattern: /bk(?:ua_[a-z\d]{40,53}|(?:aa|ar|ct)_[\w-]{73,75}|pat_[\w-]{54})(?![\w-])/,
      docs: 'https://buildkite.com/docs/apis/managing-api-tokens',
      samples: () =>
        allSamples(
          tokenSamples('bkua_', lowerAlnum(40)),
          ...['bkaa_', 'bkar_', 'bkct_'].map((marker) => tokenSamples(marker, base64url(74), 73)),
          tokenSamples('bkpat_', base64url(54)),
        ),
    },
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
      message: 'SonarQube token of the older kind',
      ...namedSecret({ names: ['sonar'], value: '[\\da-f]{40}', credential: 'token|login' }),
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
      ...namedSecret({ names: ['snyk'], value: '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}', credential: 'token|key' }),
      severity: 'high',
      docs: 'https://docs.snyk.io/snyk-api/rest-api/authentication-for-api',
      samples: () => ({
        found: [`SNYK_TOKEN=${uuid()}\n`, `snyk:\n  token: ${uuid()}\n`],
        ignored: [`SNYK_ORG_ID=${uuid()}\n`, `SNYK_TOKEN=${hex(32)}\n`],
      }),
    },
    {
      id: 'harness-token',
      message: 'Harness token',
      keywords: ['pat.', 'sat.'],
      pattern: /[ps]at\.[\w-]{22}\.[\da-f]{24}\.[A-Za-z\d]{20}/,
      docs: 'https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/',
      samples: () => allSamples(...['pat.', 'sat.'].map((marker) => tokenSamples(`${marker}${base64url(22)}.${hex(24)}.`, alnum(20)))),
    },
    {
      id: 'octopus-key',
      message: 'Octopus Deploy API key',
      keywords: ['API-'],
      pattern: /API-[A-Z\d]{25,26}(?![\w-])/,
      minEntropy: 3.5,
      judge: ({ secret }) => /\d/.test(secret),
      docs: 'https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key',
      samples: () => tokenSamples('API-', upperAlnum(26), 25),
    },
    {
      id: 'jenkins-token',
      message: 'Jenkins API token',
      ...namedSecret({ names: ['jenkins'], value: '(?:11)?[\\da-f]{32}' }),
      docs: 'https://www.jenkins.io/doc/book/using/using-credentials/',
      samples: () => allSamples(namedSamples('jenkins', `11${hex(32)}`), { found: [`JENKINS_TOKEN=${hex(32)}\n`], ignored: [] }),
    },
    {
      id: 'codecov-token',
      message: 'Codecov upload token',
      ...namedSecret({ names: ['codecov'], value: '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}', credential: 'token' }),
      severity: 'low',
      why: 'It can upload coverage for your repository.',
      docs: 'https://docs.codecov.com/docs/codecov-tokens',
      samples: () => ({
        found: [`CODECOV_TOKEN=${uuid()}\n`, `codecov:\n  token: ${uuid()}\n`],
        ignored: ['token: ${{ secrets.CODECOV_TOKEN }}', `CODECOV_ID=${uuid()}\n`],
      }),
    },
    {
      id: 'expo-token',
      message: 'Expo access token',
      ...namedSecret({ names: ['expo_'], value: '[\\w-]{40}', credential: 'token' }),
      severity: 'high',
      docs: 'https://docs.expo.dev/accounts/programmatic-access/',
      samples: () => ({
        found: [`EXPO_TOKEN=${base64url(40)}\n`, `EXPO_ACCESS_TOKEN: "${base64url(40)}"\n`],
        ignored: [`EXPO_TOKEN=${base64url(39)}\n`, 'EXPO_TOKEN: ${{ secrets.EXPO_TOKEN }}'],
      }),
    },
    {
      id: 'sourcegraph-token',
      message: 'Sourcegraph access token',
      severity: 'high',
      keywords: ['sgp_'],
      pattern: /sgp_(?:(?:[\da-f]{16}|local)_)?[\da-f]{40}/,
      docs: 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token',
      samples: () =>
        allSamples(tokenSamples('sgp_', hex(40)), tokenSamples(`sgp_${hex(16)}_`, hex(40)), tokenSamples('sgp_local_', hex(40))),
    },
    {
      id: 'segment-token',
      message: 'Segment public API token',
      severity: 'high',
      keywords: ['sgp_'],
      pattern: /sgp_[A-Za-z\d]{64}/,
      why: 'It can change sources and destinations of your data.',
      docs: 'https://segment.com/docs/api/public-api/',
      samples: () => tokenSamples('sgp_', alnum(64)),
    },
  ],
);
