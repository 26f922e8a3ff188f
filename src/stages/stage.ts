import type { StageConfig, StageHook } from '../policy/config.ts';
import { idOfStage } from '../policy/stage.ts';
import type { Severity } from '../engine/rule.ts';

/** A scanner and its settings. */
export interface Stage {
  readonly id: string;
  readonly command: readonly string[];
  readonly hooks: readonly StageHook[];
  readonly paths: readonly string[];
  readonly support: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  /** Null: the scanner's own severity. */
  readonly severity: Severity | null;
  readonly results: 'added' | 'file';
  /** Its output format. */
  readonly output: 'sarif' | 'npm-audit';
  /** `each`: it runs once per file, in that file's folder, with `{file}` as the name. */
  readonly runs: 'together' | 'each';
}

const DEFAULTS = {
  hooks: ['pre-commit', 'pre-merge-commit', 'staged'],
  paths: ['**'],
  support: [],
  timeout: 60_000,
  severity: null,
  results: 'added',
  output: 'sarif',
  runs: 'together',
} as const;

/** Known scanners read lock files, which rarely change, and need the network, so they run at the push. */
const RECIPES = {
  'npm-audit': {
    ...DEFAULTS,
    command: ['npm', 'audit', '--json', '--package-lock-only', '--no-fund'],
    hooks: ['pre-push', 'range'],
    paths: ['package-lock.json', 'npm-shrinkwrap.json'],
    support: ['package.json'],
    output: 'npm-audit',
    runs: 'each',
  },
  'osv-scanner': {
    ...DEFAULTS,
    command: ['osv-scanner', 'scan', 'source', '--format', 'sarif', '--lockfile', '{file}'],
    hooks: ['pre-push', 'range'],
    paths: [
      'package-lock.json',
      'yarn.lock',
      'pnpm-lock.yaml',
      'bun.lock',
      'Cargo.lock',
      'go.mod',
      'poetry.lock',
      'uv.lock',
      'Pipfile.lock',
      'pdm.lock',
      'requirements.txt',
      'Gemfile.lock',
      'composer.lock',
      'pubspec.lock',
      'mix.lock',
      'gradle.lockfile',
      'packages.lock.json',
    ],
    runs: 'each',
  },
} as const satisfies Record<string, Omit<Stage, 'id'>>;

/** A stage of the config with its defaults filled in. */
export function resolveStage(config: StageConfig): Stage {
  const { use, id: _id, ...said } = config;
  const base: Omit<Stage, 'id'> = use === undefined ? { ...DEFAULTS, command: [] } : RECIPES[use];
  return { ...base, ...said, id: idOfStage(config) };
}
