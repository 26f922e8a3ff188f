/** Name of the file that `config init` writes. */
export const STARTER_FILE = '.code-guardianrc.yaml';

/** What is asked before a first config is written. */
export interface StarterChoice {
  /** Names of presets, lowest first. */
  readonly presets: readonly string[];
  readonly failFast: boolean;
}

/** A first config: what it sets is what most want, and the comments show the rest. */
export function renderStarter({ presets, failFast }: StarterChoice = { presets: ['recommended'], failFast: true }): string {
  return `# Code-Guardian: what is stopped before it is committed. Every key: docs/configuration.md
# yaml-language-server: $schema=./node_modules/code-guardian/dist/schema.json

# Presets (recommended, strict, canary, web, backend, fullstack, mobile, systems), files (./team.yaml) and packages.
extends: [${presets.join(', ')}]

# false: only warn and let the commit pass. A good way to begin.
failFast: ${failFast}

# The lowest severity that blocks: critical, high, medium, low, info.
failOn: high

# error, warn or off, for each rule; \`code-guardian rules list\` names them all.
# rules:
#   console-log: error
#   todo-comment: off
#   generic-secret: [error, { minEntropy: 3.5 }]

# What is not scanned, and what is no finding.
# ignore:
#   paths: ["**/fixtures/**"]
#   values: ["^example"]
#   words: [dummy]

# Other rules for some files; the last that fits decides.
# overrides:
#   - files: ["test/**"]
#     rules: { generic-secret: warn }

# Rules that nobody can switch off or skip.
# security:
#   required: [private-key]

# Overlays: ci holds where CI is set, development elsewhere, any other where CODE_GUARDIAN_ENV names it.
# environments:
#   ci: { failOn: medium }
`;
}
