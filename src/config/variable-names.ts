/** Variables that are not config keys: they control the run. */
export const RESERVED_VARIABLES: readonly string[] = [
  'CODE_GUARDIAN',
  'CODE_GUARDIAN_SKIP',
  'CODE_GUARDIAN_ENV',
  'CODE_GUARDIAN_ORG_CONFIG',
  'CODE_GUARDIAN_NODE',
  'CODE_GUARDIAN_SERVE_TOKEN',
];

/** Whether this variable sets a config key, or tries to. An empty one counts as unset. */
export function isConfigVariable(name: string, env: Readonly<Record<string, string | undefined>>): boolean {
  return name.startsWith('CODE_GUARDIAN_') && !RESERVED_VARIABLES.includes(name) && env[name] !== undefined && env[name] !== '';
}

/** The overlay to use: from CODE_GUARDIAN_ENV, otherwise `ci` in CI. */
export function parseEnvironmentName(env: Readonly<Record<string, string | undefined>>): {
  readonly name: string;
  readonly isNamed: boolean;
} {
  const named = env['CODE_GUARDIAN_ENV'];
  if (named !== undefined && named !== '') return { name: named, isNamed: true };
  const isCi = !['', '0', 'false'].includes((env['CI'] ?? '').toLowerCase());
  return { name: isCi ? 'ci' : 'development', isNamed: false };
}
