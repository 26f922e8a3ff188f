import { callArguments } from './call-argument.ts';
import { commandLine } from './command-line.ts';
import { comments } from './comments.ts';
import { devicePasswords } from './device-passwords.ts';
import { encodedSecrets } from './encoded.ts';
import { files } from './files.ts';
import { frameworks } from './frameworks.ts';
import { genericSecrets } from './generic-secrets.ts';
import { jwts } from './jwt.ts';
import { keyMaterial } from './key-material.ts';
import { leftovers } from './leftovers.ts';
import { loginFiles } from './login-files.ts';
import { mergeConflict } from './merge-conflict.ts';
import { privateKeys } from './private-key.ts';
import { riskyCode } from './risky-code.ts';
import { riskyInfra } from './risky-infra.ts';
import { PROVIDER_SETS } from './providers/provider-sets.ts';
import type { Rule, RuleSet } from './rule.ts';
import { seeds } from './seeds.ts';
import { urls } from './urls.ts';
import { wallets } from './wallets.ts';

/** Rules of which most commits hold a keyword. A file's rules are made when they are first asked for. */
const COMMON_SETS: readonly RuleSet[] = [
  // Keys of any kind.
  privateKeys,
  jwts,
  seeds,
  wallets,
  keyMaterial,
  frameworks,
  loginFiles,
  devicePasswords,
  // Values that only their place gives away.
  urls,
  commandLine,
  callArguments,
  encodedSecrets,
  genericSecrets,
  // No secrets.
  mergeConflict,
  leftovers,
  riskyCode,
  riskyInfra,
  comments,
  files,
];

/** All built-in rules by their files, in the order of the docs page. */
export function listRuleSets(): readonly RuleSet[] {
  return [...COMMON_SETS, ...PROVIDER_SETS];
}

/** The rule of a place in {@link listRuleSets}. Those of providers are in a chunk of their own, which is loaded when one is asked for. */
export function loadRule(set: number, place: number): Rule {
  return (COMMON_SETS[set] ?? PROVIDER_SETS[set - COMMON_SETS.length]!)()[place]!;
}
