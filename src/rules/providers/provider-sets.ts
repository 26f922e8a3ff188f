import { ai } from './ai.ts';
import { aiAgents } from './ai-agents.ts';
import { aiModels } from './ai-models.ts';
import { aiTools } from './ai-tools.ts';
import { analytics } from './analytics.ts';
import { atlassian } from './atlassian.ts';
import { aws } from './aws.ts';
import { awsServices } from './aws-services.ts';
import { azure } from './azure.ts';
import { azureServices } from './azure-services.ts';
import { chat } from './chat.ts';
import { chatApps } from './chat-apps.ts';
import { ci } from './ci.ts';
import { cloud } from './cloud.ts';
import { cloudflare } from './cloudflare.ts';
import { codeHosting } from './code-hosting.ts';
import { codeQuality } from './code-quality.ts';
import { commerce } from './commerce.ts';
import { content } from './content.ts';
import { crm } from './crm.ts';
import { cryptoExchanges } from './crypto-exchanges.ts';
import { dataPlatforms } from './data-platforms.ts';
import { databases } from './databases.ts';
import { developerTools } from './developer-tools.ts';
import { devices } from './devices.ts';
import { featureFlags } from './feature-flags.ts';
import { finance } from './finance.ts';
import { gcp } from './gcp.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { google } from './google.ts';
import { hashicorp } from './hashicorp.ts';
import { hosting } from './hosting.ts';
import { identity } from './identity.ts';
import { incidents } from './incidents.ts';
import { infrastructure } from './infrastructure.ts';
import { kubernetes } from './kubernetes.ts';
import { logging } from './logging.ts';
import { mail } from './mail.ts';
import { maps } from './maps.ts';
import { messaging } from './messaging.ts';
import { monitoring } from './monitoring.ts';
import { networks } from './networks.ts';
import { openai } from './openai.ts';
import { packageCredentials } from './package-credentials.ts';
import { paymentGateways } from './payment-gateways.ts';
import { payments } from './payments.ts';
import { publicKeys } from './public-keys.ts';
import { realtime } from './realtime.ts';
import { registries } from './registries.ts';
import { searchEngines } from './search-engines.ts';
import { secretManagers } from './secret-managers.ts';
import { securityServices } from './security-services.ts';
import { servers } from './servers.ts';
import { slack } from './slack.ts';
import { social } from './social.ts';
import { storage } from './storage.ts';
import { stripe } from './stripe.ts';
import { twilio } from './twilio.ts';
import { webhooks } from './webhooks.ts';
import { work } from './work.ts';
import type { RuleSet } from '../../engine/rule.ts';

/** Rules for credentials of providers, one file for each provider or theme, in the order of the docs page. */
export const PROVIDER_SETS: readonly RuleSet[] = [
  aws,
  awsServices,
  gcp,
  google,
  azure,
  azureServices,
  cloud,
  cloudflare,
  hosting,
  servers,
  kubernetes,
  networks,
  github,
  gitlab,
  atlassian,
  codeHosting,
  ci,
  codeQuality,
  featureFlags,
  registries,
  packageCredentials,
  hashicorp,
  infrastructure,
  secretManagers,
  databases,
  dataPlatforms,
  searchEngines,
  monitoring,
  logging,
  incidents,
  analytics,
  slack,
  chat,
  chatApps,
  webhooks,
  twilio,
  messaging,
  mail,
  stripe,
  payments,
  paymentGateways,
  commerce,
  finance,
  cryptoExchanges,
  openai,
  ai,
  aiModels,
  aiTools,
  aiAgents,
  identity,
  work,
  crm,
  social,
  content,
  storage,
  maps,
  realtime,
  developerTools,
  securityServices,
  devices,
  // Identifiers that are public.
  publicKeys,
];
