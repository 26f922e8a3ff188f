import { callArguments } from './call-argument.ts';
import { commandLine } from './command-line.ts';
import { comments } from './comments.ts';
import { debugCalls } from './debug-calls.ts';
import { devicePasswords } from './device-passwords.ts';
import { encodedSecrets } from './encoded.ts';
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
import { seeds } from './seeds.ts';
import { terminalOutput } from './terminal-output.ts';
import { tlsVerification } from './tls-verification.ts';
import { unfinishedCode } from './unfinished-code.ts';
import { urls } from './urls.ts';
import { wallets } from './wallets.ts';
import type { RuleSet } from '../../engine/rule.ts';

/** Rules that belong to no provider. Each file creates its rules at first use. */
export const COMMON_SETS: readonly RuleSet[] = [
  // Keys of any kind.
  privateKeys,
  jwts,
  seeds,
  wallets,
  keyMaterial,
  frameworks,
  loginFiles,
  devicePasswords,
  // Values that only their context gives away.
  urls,
  commandLine,
  callArguments,
  encodedSecrets,
  genericSecrets,
  // Findings other than secrets.
  mergeConflict,
  leftovers,
  debugCalls,
  unfinishedCode,
  terminalOutput,
  tlsVerification,
  riskyCode,
  riskyInfra,
  comments,
];
