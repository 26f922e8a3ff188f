import type { RuleOptions, Severity } from '../engine/rule.ts';

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

/** When a stage runs: by a hook's name; `staged` is `scan --staged`, `range` is `scan --range`. */
export type StageHook = 'pre-commit' | 'pre-merge-commit' | 'pre-push' | 'staged' | 'range';

/** Scanners that need no command. */
export type StageRecipe = 'npm-audit' | 'osv-scanner';

/** Another scanner, as a config names it: it has a command of its own, or is one that is known. See `resolveStage` for what is left out. */
export interface StageConfig {
  readonly id?: string;
  readonly use?: StageRecipe;
  /** Program and arguments, with placeholders; no shell reads them. */
  readonly command?: readonly string[];
  readonly hooks?: readonly StageHook[];
  /** Globs of the files it looks at. */
  readonly paths?: readonly string[];
  /** Globs of files it needs besides. */
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
    /** An archive in an archive is 2 deep. */
    readonly archiveDepth: number;
    /** Bytes that come out of one archive, with all that is in it. */
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
    /** Header → where its value is; see `parseReference`. */
    readonly otlpHeaders: Readonly<Record<string, string>>;
  };
}

/** What becomes of stages that a repository's own config names: they wait to be allowed, run, or none runs at all. */
export type StageTrust = 'ask' | 'allow' | 'off';

/** Where a secret is that a config needs: the config itself holds none. */
export type SecretReference = { readonly kind: 'env'; readonly name: string } | { readonly kind: 'file'; readonly path: string };

/** `env:NAME`, or `file:` before an absolute path. */
export const SECRET_REFERENCE = /^(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:((?:\/|[A-Za-z]:[\\/]).+))$/;

/** Null where the text is no reference: then it may be the secret itself, and is not to be shown. */
export function parseReference(text: string): SecretReference | null {
  const [, name, path] = SECRET_REFERENCE.exec(text) ?? [];
  if (name !== undefined) return { kind: 'env', name };
  return path === undefined ? null : { kind: 'file', path };
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
export type LogFormat = 'text' | 'json';

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
