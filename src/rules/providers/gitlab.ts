import { crc32Base36, proveGitlabToken } from '../../engine/proofs/gitlab-routable.ts';
import { ruleSet, type RuleDraft, type Samples } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, tokenSamples } from '../drafting/sample.ts';

/** The newer token format: payload, version, length of the payload, checksum. */
function routable(marker: string, payload: string): string {
  const head = `${marker}${payload}.01.${payload.length.toString(36).padStart(2, '0')}`;
  return head + crc32Base36(head);
}

const ROUTABLE = String.raw`[\w-]{27,300}\.(?:[a-z\d]{2}\.)?[a-z\d]{9}`;

/** Samples of a token that also has the newer format. */
function bothSamples(marker: string): Samples {
  const token = routable(marker, base64url(40));
  const wrong = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
  return allSamples(tokenSamples(marker, base64url(20)), { found: [`TOKEN=${token}\n`], ignored: [], doubtful: [`TOKEN=${wrong}\n`] });
}

/** A token with a marker and `least` characters of base64url. Instances may create longer ones. */
function marked(id: string, message: string, markers: readonly string[], least: number, most = least + 30): RuleDraft {
  return {
    id,
    message,
    keywords: markers,
    pattern: new RegExp(`(?:${markers.join('|')})[\\w-]{${least},${most}}(?![\\w-])`),
    samples: () => allSamples(...markers.map((marker) => tokenSamples(marker, base64url(least)))),
  };
}

export const gitlab = ruleSet(
  {
    why: 'Anyone who has it can read and change projects as its owner.',
    advice: 'Revoke it where it was created: in your user settings, or in the project under Settings › Access tokens or CI/CD.',
    docs: 'https://docs.gitlab.com/security/tokens/#security-considerations',
    severity: 'high',
  },
  () => [
    {
      id: 'gitlab-token',
      message: 'GitLab access token',
      severity: 'critical',
      keywords: ['glpat-'],
      pattern: new RegExp(`glpat-(?:${ROUTABLE}|[\\w-]{20}(?![\\w.-]{0,300}\\.[a-z\\d]{9})(?![\\w-]))`),
      prove: proveGitlabToken,
      docs: 'https://docs.gitlab.com/user/profile/personal_access_tokens/#revoke-or-rotate-a-personal-access-token',
      // An instance may add its own prefix.
      samples: () => allSamples(bothSamples('glpat-'), { found: [`TOKEN=north-glpat-${base64url(20)}\n`], ignored: [] }),
    },
    {
      id: 'gitlab-runner-token',
      message: 'GitLab runner token',
      keywords: ['glrt-', 'glrtr-', 'GR1348941'],
      pattern: new RegExp(`(?:glrtr?-(?:t\\d_)?${ROUTABLE}|(?:glrtr?-(?:t\\d_|(?!t\\d_))|GR1348941)[\\w-]{20,50}(?![\\w-]))`),
      prove: proveGitlabToken,
      docs: 'https://docs.gitlab.com/ci/runners/new_creation_workflow/',
      samples: () =>
        allSamples(bothSamples('glrt-'), bothSamples('glrt-t1_'), bothSamples('glrtr-'), tokenSamples('GR1348941', base64url(20))),
    },
    {
      id: 'gitlab-trigger-token',
      message: 'GitLab pipeline trigger token',
      keywords: ['glptt-'],
      pattern: /glptt-[\w-]{40}(?![\w-])/,
      docs: 'https://docs.gitlab.com/ci/triggers/#revoke-a-pipeline-trigger-token',
      samples: () => tokenSamples('glptt-', hex(40)),
    },
    {
      id: 'gitlab-job-token',
      message: 'GitLab CI job token',
      severity: 'low',
      keywords: ['glcbt-'],
      pattern: /glcbt-(?:[A-Za-z\d]{1,5}_)?[\w-]{20,50}(?![\w-])/,
      advice: 'Cancel its job if it still runs; the token expires with it.',
      samples: () => tokenSamples('glcbt-', `${alnum(2)}_${base64url(20)}`, 20),
    },
    marked('gitlab-deploy-token', 'GitLab deploy token', ['gldt-'], 20),
    marked('gitlab-agent-token', 'GitLab agent token', ['glagent-'], 50, 1000),
    marked('gitlab-oauth-secret', 'GitLab OAuth application secret', ['gloas-'], 64),
    marked('gitlab-scim-token', 'GitLab SCIM token', ['glsoat-'], 20),
    { ...marked('gitlab-feed-token', 'GitLab feed or feature-flag token', ['glft-', 'glffct-'], 20), severity: 'medium' },
    { ...marked('gitlab-workspace-token', 'GitLab workspace token', ['glwt-'], 20), severity: 'medium' },
    { ...marked('gitlab-mail-token', 'GitLab incoming mail token', ['glimt-'], 25), severity: 'medium' },
  ],
);
