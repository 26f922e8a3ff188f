import { markedToken } from '../drafting/marked-token.ts';
import { namedKey, namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, lowerAlnum, tokenSamples, upperAlnum } from '../drafting/sample.ts';
import { alnumOf, lowerAlnumOf, base64urlOf, shape } from '../drafting/shapes.ts';

export const ci = ruleSet(
  {
    why: 'Anyone who has it can change builds, and with them what you ship.',
    advice: 'Revoke it where it was issued, and keep the new one in your CI secrets.',
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
      message: 'CircleCI token (legacy format)',
      ...namedSecret({ names: ['circleci', 'circle_', 'circle-'], value: '[\\da-f]{40}', credential: 'token|key|secret' }),
      docs: 'https://circleci.com/docs/managing-api-tokens/',
      samples: () => ({
        found: ['CIRCLECI_TOKEN', 'CIRCLE_TOKEN', 'Circle-Token'].map((name) => `${name}: ${hex(40)}\n`),
        ignored: [`CIRCLE_SHA1=${hex(40)}\n`, `CIRCLE_TOKEN=${hex(39)}\n`],
      }),
    },
    {
      id: 'buildkite-token',
      message: 'Buildkite token',
      keywords: ['bkua_', 'bkaa_', 'bkaj_', 'bkar_', 'bkct_', 'bkpt_', 'bkpat_', 'bkps_'],
      pattern: /bk(?:ua_[a-z\d]{40,53}|(?:aa|ar|ct)_[\w-]{73,75}|aj_[\w-]{333}|pt_[\w-]{199}|pat_[\w-]{54}|ps_[\w-]{64})(?![\w-])/,
      docs: 'https://buildkite.com/docs/apis/managing-api-tokens',
      samples: () =>
        allSamples(
          tokenSamples('bkua_', lowerAlnum(40)),
          ...['bkaa_', 'bkar_', 'bkct_'].map((marker) => tokenSamples(marker, base64url(74), 73)),
          tokenSamples('bkaj_', base64url(333)),
          tokenSamples('bkpt_', base64url(199)),
          tokenSamples('bkpat_', base64url(54)),
          tokenSamples('bkps_', base64url(64)),
        ),
    },
    {
      id: 'travis-token',
      message: 'Travis CI token',
      ...namedKey({ names: ['travis'], value: alnumOf(22), words: ['token'] }),
      severity: 'high',
      docs: 'https://docs.travis-ci.com/user/triggering-builds/',
    },
    {
      id: 'drone-token',
      message: 'Drone CI token',
      ...namedKey({ names: ['drone_', 'drone-', 'droneci', 'drone.io'], value: alnumOf(32), words: ['token', 'secret'] }),
      severity: 'high',
      docs: 'https://docs.drone.io/cli/configure/',
    },
    {
      id: 'teamcity-token',
      message: 'TeamCity access token',
      // Base64 of `{"typ": "TCV2"}`.
      ...markedToken({ markers: ['eyJ0eXAiOiAiVENWMiJ9.'], body: shape`${base64urlOf(30, 60)}.${base64urlOf(40, 60)}` }),
      docs: 'https://www.jetbrains.com/help/teamcity/configuring-your-user-profile.html#Managing+Access+Tokens',
    },
    {
      id: 'bitrise-token',
      message: 'Bitrise access token',
      ...namedKey({ names: ['bitrise'], value: base64urlOf(60, 120), words: ['token'] }),
      severity: 'high',
      docs: 'https://devcenter.bitrise.io/en/accounts/personal-access-tokens.html',
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
      id: 'mergify-key',
      message: 'Mergify application key',
      severity: 'medium',
      ...markedToken({ markers: ['mergify_application_key_'], body: base64urlOf(40, 200) }),
      docs: 'https://docs.mergify.com/api-usage/',
    },
    {
      id: 'appveyor-token',
      message: 'AppVeyor token',
      ...namedKey({ names: ['appveyor'], value: shape`v2.${lowerAlnumOf(20)}` }),
      severity: 'high',
      docs: 'https://www.appveyor.com/docs/api/',
    },
    {
      id: 'semaphore-token',
      message: 'Semaphore CI token',
      ...namedKey({ names: ['semaphoreci', 'semaphore_api', 'semaphore_auth', 'semaphore-api'], value: alnumOf(20), words: ['token'] }),
      severity: 'high',
      docs: 'https://docs.semaphoreci.com/reference/api',
    },
    {
      id: 'codemagic-token',
      message: 'Codemagic API token',
      ...namedKey({ names: ['codemagic', 'cm_api'], value: base64urlOf(43), words: ['token', 'key'] }),
      severity: 'high',
      docs: 'https://docs.codemagic.io/rest-api/codemagic-rest-api/',
    },
    {
      id: 'graphite-token',
      message: 'Graphite CLI token',
      ...namedKey({ names: ['graphite'], value: alnumOf(60), words: ['token'] }),
      severity: 'medium',
      docs: 'https://graphite.dev/docs/install-the-cli',
    },
  ],
);
