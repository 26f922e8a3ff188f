/** Variables that are no config keys: they steer the run. */
export const RESERVED_VARIABLES: readonly string[] = [
  'CODE_GUARDIAN',
  'CODE_GUARDIAN_SKIP',
  'CODE_GUARDIAN_ENV',
  'CODE_GUARDIAN_ORG_CONFIG',
  'CODE_GUARDIAN_NODE',
  'CODE_GUARDIAN_SERVE_TOKEN',
];

/** Does this variable set a config key (or mean to)? An empty one is not set. */
export function isConfigVariable(name: string, env: Readonly<Record<string, string | undefined>>): boolean {
  return name.startsWith('CODE_GUARDIAN_') && !RESERVED_VARIABLES.includes(name) && env[name] !== undefined && env[name] !== '';
}

/** The overlay to take: named by CODE_GUARDIAN_ENV, else by whether this is CI. */
export function parseEnvironmentName(env: Readonly<Record<string, string | undefined>>): {
  readonly name: string;
  readonly isNamed: boolean;
} {
  const named = env['CODE_GUARDIAN_ENV'];
  if (named !== undefined && named !== '') return { name: named, isNamed: true };
  const isCi = !['', '0', 'false'].includes((env['CI'] ?? '').toLowerCase());
  return { name: isCi ? 'ci' : 'development', isNamed: false };
}
