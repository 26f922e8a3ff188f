import type { RuleOptions, Severity } from '../engine/rule.ts';

/** The level of a rule. */
export type Level = 'error' | 'warn' | 'off';
export type RuleSetting = Level | readonly [Level, RuleOptions];

/** A custom rule in the config. */
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

/** When a stage runs: a hook's name; `staged` is `scan --staged`, `range` is `scan --range`. */
export type StageHook = 'pre-commit' | 'pre-merge-commit' | 'pre-push' | 'staged' | 'range';

/** Known scanners, which need no command. */
export type StageRecipe = 'npm-audit' | 'osv-scanner';

/** An external scanner in a config, with its own command or a known one. `resolveStage` fills in defaults. */
export interface StageConfig {
  readonly id?: string;
  readonly use?: StageRecipe;
  /** Program and arguments with placeholders, run without a shell. */
  readonly command?: readonly string[];
  readonly hooks?: readonly StageHook[];
  /** Globs of the files to scan. */
  readonly paths?: readonly string[];
  /** Globs of other files that it needs. */
  readonly support?: readonly string[];
  /** Milliseconds. */
  readonly timeout?: number;
  readonly severity?: Severity;
  readonly results?: 'added' | 'file';
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
  readonly stages: readonly StageConfig[];
  readonly errors: { readonly continueOnError: boolean; readonly maxRetries: number; readonly retryDelay: number };
  readonly logging: { readonly level: LogLevel; readonly format: LogFormat; readonly file: string | null; readonly maxSize: number };
  readonly security: {
    readonly required: readonly string[];
    readonly allowSkip: boolean;
    readonly allowPushSkip: boolean;
    readonly stages: StageTrust;
  };
  readonly performance: {
    readonly maxFileSize: number;
    readonly maxLineLength: number;
    readonly maxTotalBytes: number;
    /** An archive inside an archive has depth 2. */
    readonly archiveDepth: number;
    /** Unpacked bytes of one archive, including nested ones. */
    readonly maxArchiveSize: number;
    readonly timeout: number;
    readonly ruleTimeout: number;
    readonly memoryLimit: number | null;
    readonly concurrency: number | 'auto';
  };
  readonly monitoring: {
    readonly ledger: boolean;
    readonly textfile: string | null;
    readonly otlp: string | null;
    /** Header → reference to its value; see `parseReference`. */
    readonly otlpHeaders: Readonly<Record<string, string>>;
  };
}

/** Stages from a repository's config: ask for permission, run, or switch all stages off. */
export type StageTrust = 'ask' | 'allow' | 'off';

/** A reference to a secret. Configs never contain the secret itself. */
export type SecretReference = { readonly kind: 'env'; readonly name: string } | { readonly kind: 'file'; readonly path: string };

/** `env:NAME`, or `file:` before an absolute path. */
export const SECRET_REFERENCE = /^(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:((?:\/|[A-Za-z]:[\\/]).+))$/;

/** Null if the text is not a reference: it may then be the secret itself and must not be shown. */
export function parseReference(text: string): SecretReference | null {
  const [, name, path] = SECRET_REFERENCE.exec(text) ?? [];
  if (name !== undefined) return { kind: 'env', name };
  return path === undefined ? null : { kind: 'file', path };
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
export type LogFormat = 'text' | 'json';

export const LOG_LEVELS: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug', 'trace'];

/** Whether a logger at this level writes a line of that level. */
export function isLogged({ level }: Config['logging'], line: LogLevel): boolean {
  return LOG_LEVELS.indexOf(line) <= LOG_LEVELS.indexOf(level);
}

/** A partial config from one layer. Layers may extend others and have overlays; the organization's may also enforce settings. */
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
  stages: [],
  errors: { continueOnError: true, maxRetries: 3, retryDelay: 100 },
  logging: { level: 'info', format: 'text', file: null, maxSize: 10 * MIB },
  security: { required: [], allowSkip: true, allowPushSkip: false, stages: 'ask' },
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
  monitoring: { ledger: true, textfile: null, otlp: null, otlpHeaders: {} },
};
