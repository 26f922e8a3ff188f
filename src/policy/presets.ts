import type { ConfigLayer } from './config.ts';

/** Generated files: leftovers in them do not count, but secrets do. */
const GENERATED_WEB = ['**/dist/**', '**/build/**', '**/*.min.js', '**/*.bundle.js'];
const GENERATED_MOBILE = ['**/Pods/**', '**/DerivedData/**', '**/android/**/build/**', '**/*.g.dart', '**/*.pbxproj'];
const TOOLS = ['**/scripts/**', '**/bin/**', '**/cli/**', '**/*.config.{js,cjs,mjs,ts}'];

/** Leftovers that no commit should contain. */
const recommended: ConfigLayer = {
  rules: { 'merge-conflict': 'error', debugger: 'error', 'focused-test': 'error', 'forbidden-file': 'error', 'console-log': 'warn' },
  security: { required: ['private-key'] },
};

/** Configs for `extends`. They ignore no path: a secret in a bundle is public, too. */
export const PRESETS: Readonly<Record<string, ConfigLayer>> = {
  recommended,
  /** For teams that want every warning and no skipping. */
  strict: {
    extends: 'recommended',
    failOn: 'medium',
    onIncomplete: 'block',
    rules: {
      'console-log': 'error',
      'todo-comment': 'warn',
      'large-file': 'error',
      'case-conflict': 'error',
      'broken-symlink': 'error',
      'generic-secret': 'error',
      'generic-password': 'error',
      'sql-concatenation': 'warn',
      'hard-coded-address': 'warn',
      'docker-latest': 'warn',
      'docker-root': 'warn',
    },
    security: { required: ['merge-conflict'], allowSkip: false },
  },
  /** For a trial: reports everything, blocks nothing. */
  canary: { failFast: false, onIncomplete: 'warn' },
  web: {
    rules: { debugger: 'error', 'focused-test': 'error', 'console-log': 'warn' },
    overrides: [
      { files: GENERATED_WEB, rules: { debugger: 'off', 'console-log': 'off', 'todo-comment': 'off' } },
      { files: TOOLS, rules: { 'console-log': 'off' } },
    ],
  },
  backend: {
    rules: { debugger: 'error', 'focused-test': 'error', 'console-log': 'warn', 'connection-string': 'error', 'basic-auth-url': 'error' },
    overrides: [{ files: TOOLS, rules: { 'console-log': 'off' } }],
  },
  fullstack: { extends: ['web', 'backend'] },
  mobile: {
    rules: { debugger: 'error', 'focused-test': 'error', 'console-log': 'warn', 'forbidden-file': 'error', 'case-conflict': 'error' },
    overrides: [{ files: GENERATED_MOBILE, rules: { debugger: 'off', 'console-log': 'off', 'todo-comment': 'off' } }],
  },
  /** C, C++, Go, Rust: many of these programs print by design. */
  systems: {
    rules: { 'console-log': 'off', 'large-file': 'error', 'case-conflict': 'error', 'broken-symlink': 'error' },
  },
};
