import { ai } from './ai.ts';
import { atlassian } from './atlassian.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { chat } from './chat.ts';
import { ci } from './ci.ts';
import { cloud } from './cloud.ts';
import { comments } from './comments.ts';
import { databases } from './databases.ts';
import { files } from './files.ts';
import { gcp } from './gcp.ts';
import { genericSecrets } from './generic-secrets.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { hashicorp } from './hashicorp.ts';
import { jwts } from './jwt.ts';
import { leftovers } from './leftovers.ts';
import { mail } from './mail.ts';
import { mergeConflict } from './merge-conflict.ts';
import { monitoring } from './monitoring.ts';
import { openai } from './openai.ts';
import { payments } from './payments.ts';
import { privateKeys } from './private-key.ts';
import { registries } from './registries.ts';
import type { Rule, RuleSet } from './rule.ts';
import { saas } from './saas.ts';
import { secretManagers } from './secret-managers.ts';
import { seeds } from './seeds.ts';
import { slack } from './slack.ts';
import { stripe } from './stripe.ts';
import { twilio } from './twilio.ts';
import { urls } from './urls.ts';

/** All built-in rules by their files, in the order of the docs page. A file's rules are made when they are first asked for. */
export const RULE_SETS: readonly RuleSet[] = [
  // Keys of any kind.
  privateKeys,
  jwts,
  seeds,
  // Providers.
  aws,
  gcp,
  azure,
  cloud,
  github,
  gitlab,
  atlassian,
  ci,
  registries,
  hashicorp,
  secretManagers,
  databases,
  monitoring,
  slack,
  chat,
  twilio,
  mail,
  stripe,
  payments,
  openai,
  ai,
  saas,
  // Values that only their place gives away.
  urls,
  genericSecrets,
  // No secrets.
  mergeConflict,
  leftovers,
  comments,
  files,
];

/** The rule of a place in {@link RULE_SETS}. */
export function loadRule(set: number, place: number): Rule {
  return RULE_SETS[set]!()[place]!;
}
