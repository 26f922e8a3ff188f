import type { RuleOptions, Severity } from '../rules/rule.ts';

/** What a policy says of a rule. */
export type Level = 'error' | 'warn' | 'off';
export type RuleSetting = Level | readonly [Level, RuleOptions];

/** A rule written in config. */
export interface CustomRule {
  readonly id: string;
  readonly keywords: readonly string[];
  /** Source of a regular expression; the group `secret` marks the value. */
  readonly pattern: string;
  readonly flags?: string;
  readonly severity?: Severity;
  readonly message: string;
  readonly why?: string;
  readonly advice?: string;
  readonly docs?: string;
  readonly paths?: readonly string[];
  readonly minEntropy?: number;
  readonly samples?: { readonly found?: readonly string[]; readonly ignored?: readonly string[] };
}

/** All layers merged; every key has a value. Sizes are bytes and durations milliseconds. */
export interface Config {
  readonly failFast: boolean;
  readonly failOn: Severity;
  /** Stop after this many blocking findings; 0: never. */
  readonly bail: number;
  readonly onIncomplete: 'block' | 'warn';
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly customRules: readonly CustomRule[];
  readonly ignore: {
    readonly paths: readonly string[];
    /** Sources of regular expressions. */
    readonly values: readonly string[];
    readonly words: readonly string[];
  };
  readonly overrides: readonly { readonly files: readonly string[]; readonly rules: Readonly<Record<string, RuleSetting>> }[];
  readonly baseline: string;
  readonly errors: { readonly continueOnError: boolean; readonly maxRetries: number; readonly retryDelay: number };
  readonly logging: { readonly level: LogLevel; readonly format: 'text' | 'json'; readonly file: string | null; readonly maxSize: number };
  readonly security: { readonly required: readonly string[]; readonly allowSkip: boolean; readonly allowPushSkip: boolean };
  readonly performance: {
    readonly maxFileSize: number;
    readonly maxLineLength: number;
    readonly maxTotalBytes: number;
    /** An archive in an archive is 2 deep. */
    readonly archiveDepth: number;
    /** Bytes that come out of one archive, with all that is in it. */
    readonly maxArchiveSize: number;
    readonly timeout: number;
    readonly ruleTimeout: number;
    readonly memoryLimit: number | null;
    readonly concurrency: number | 'auto';
  };
  readonly monitoring: { readonly ledger: boolean; readonly textfile: string | null; readonly otlp: string | null };
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
export const LOG_LEVELS: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug', 'trace'];

/** Does a logger of this level write a line of that one? */
export function isLogged({ level }: Config['logging'], line: LogLevel): boolean {
  return LOG_LEVELS.indexOf(line) <= LOG_LEVELS.indexOf(level);
}

/** A part of a config, as one layer gives it. Layers may also extend others and hold overlays, the organisation's what nobody weakens. */
export type ConfigLayer = DeepPartial<Config> & {
  readonly extends?: string | readonly string[];
  readonly environments?: Readonly<Record<string, DeepPartial<Config>>>;
  readonly enforce?: DeepPartial<Config>;
};

type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: DeepPartial<T[K]> | undefined } : T;

const KIB = 1024;
const MIB = 1024 * KIB;
const SECOND = 1000;

export const DEFAULT_CONFIG: Config = {
  failFast: true,
  failOn: 'high',
  bail: 0,
  onIncomplete: 'block',
  rules: {},
  customRules: [],
  ignore: { paths: [], values: [], words: [] },
  overrides: [],
  baseline: '.code-guardian-baseline.json',
  errors: { continueOnError: true, maxRetries: 3, retryDelay: 100 },
  logging: { level: 'info', format: 'text', file: null, maxSize: 10 * MIB },
  security: { required: [], allowSkip: true, allowPushSkip: false },
  performance: {
    maxFileSize: 10 * MIB,
    maxLineLength: MIB,
    maxTotalBytes: 2 * KIB * MIB,
    archiveDepth: 3,
    maxArchiveSize: 100 * MIB,
    timeout: 60 * SECOND,
    ruleTimeout: SECOND,
    memoryLimit: null,
    concurrency: 'auto',
  },
  monitoring: { ledger: true, textfile: null, otlp: null },
};
