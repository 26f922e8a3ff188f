/** The file that `config init` writes. */
export const STARTER_FILE = '.code-guardianrc.yaml';

/** The choices for a starter config. */
export interface StarterChoice {
  /** Names of presets, lowest first. */
  readonly presets: readonly string[];
  readonly failFast: boolean;
}

/** A starter config: common settings, and comments for the rest. */
export function renderStarter({ presets, failFast }: StarterChoice = { presets: ['recommended'], failFast: true }): string {
  return `# Code-Guardian: what to stop before it is committed. To list every key: code-guardian config schema
# yaml-language-server: $schema=./node_modules/code-guardian/dist/schema.json

# Presets (recommended, strict, canary, web, backend, fullstack, mobile, systems), files (./team.yaml) and packages.
extends: [${presets.join(', ')}]

# false: only warn and let the commit pass. A good way to start.
failFast: ${failFast}

# The lowest severity that blocks: critical, high, medium, low, info.
failOn: high

# error, warn or off for each rule. To list the rules: code-guardian rules list
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

# Rules that cannot be switched off or skipped.
# security:
#   required: [private-key]

# Overlays: ci holds where CI is set, development elsewhere, any other where CODE_GUARDIAN_ENV names it.
# environments:
#   ci: { failOn: medium }
`;
}
