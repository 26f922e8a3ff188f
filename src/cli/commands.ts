import { run as runHook } from '../commands/hook.ts';
import type { CommandSpec } from './command.ts';
import { SCAN_OPTIONS } from './options.ts';

/** Every command. Code is loaded only when it is called, but for `hook`: git waits for each of its milliseconds. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'install',
    summary: 'wire the hooks of this repository',
    options: ['hook', 'if-possible', 'dry-run', 'server', 'config-hooks', 'write'],
    load: async () => (await import('../commands/install.ts')).run,
  },
  {
    name: 'uninstall',
    summary: 'take the hooks out again and give back what was there',
    options: ['hook', 'dry-run', 'server'],
    load: async () => (await import('../commands/uninstall.ts')).run,
  },
  {
    name: 'hook',
    summary: 'what a git hook runs: scan, and decide by the exit code',
    positionals: 'NAME [ARG…]',
    minArgs: 1,
    maxArgs: Infinity,
    options: [...SCAN_OPTIONS, 'piped', 'hooks-folder'],
    load: async () => runHook,
  },
  {
    name: 'publish',
    summary: 'what a hook starts when it has ended: metrics and traces go where `monitoring` says',
    positionals: '[GIT_DIR]',
    maxArgs: 1,
    options: [],
    load: async () => (await import('../commands/publish.ts')).run,
  },
  {
    name: 'scan',
    summary: 'look at what is staged, a range, all files, some paths or text',
    positionals: '[PATH…]',
    maxArgs: Infinity,
    options: ['staged', 'range', 'all', 'history', 'stdin', 'stdin-filename', ...SCAN_OPTIONS],
    load: async () => (await import('../commands/scan.ts')).run,
  },
  {
    name: 'rules list',
    summary: 'all rules',
    options: ['format', 'output', 'color'],
    load: async () => (await import('../commands/rules-list.ts')).run,
  },
  {
    name: 'rules explain',
    summary: 'all about one rule',
    positionals: 'ID',
    minArgs: 1,
    maxArgs: 1,
    options: ['format', 'color'],
    load: async () => (await import('../commands/rules-explain.ts')).run,
  },
  {
    name: 'rules test',
    summary: 'check rules against their samples: the built-in ones, or those of config files',
    positionals: '[FILE…]',
    maxArgs: Infinity,
    options: ['color'],
    load: async () => (await import('../commands/rules-test.ts')).run,
  },
  {
    name: 'config show',
    summary: 'the config that holds here',
    options: ['origins', 'format', 'config'],
    load: async () => (await import('../commands/config-show.ts')).run,
  },
  {
    name: 'config check',
    summary: 'check config files',
    positionals: '[FILE]',
    maxArgs: 1,
    options: ['config'],
    load: async () => (await import('../commands/config-check.ts')).run,
  },
  {
    name: 'config schema',
    summary: 'the JSON Schema of a config file',
    options: ['output'],
    load: async () => (await import('../commands/config-schema.ts')).run,
  },
  {
    name: 'config init',
    summary: 'write a first config file',
    options: [],
    load: async () => (await import('../commands/config-init.ts')).run,
  },
  {
    name: 'config import',
    summary: 'make a config of what gitleaks, betterleaks or detect-secrets was told',
    positionals: 'FILE',
    minArgs: 1,
    maxArgs: 1,
    options: ['output', 'baseline', 'config'],
    load: async () => (await import('../commands/config-import.ts')).run,
  },
  {
    name: 'baseline create',
    summary: 'accept all that is found now',
    options: ['baseline', 'config', 'reason', 'expires'],
    load: async () => (await import('../commands/baseline.ts')).create,
  },
  {
    name: 'baseline update',
    summary: 'accept what is found now besides, keep the rest',
    options: ['baseline', 'config', 'reason', 'expires'],
    load: async () => (await import('../commands/baseline.ts')).update,
  },
  {
    name: 'baseline prune',
    summary: 'take out entries that nothing matches any more, or that expired',
    options: ['baseline', 'config', 'dry-run'],
    load: async () => (await import('../commands/baseline.ts')).prune,
  },
  {
    name: 'baseline audit',
    summary: 'go through the entries one by one; without a terminal show them, and which are unused or expired',
    options: ['baseline', 'config', 'format', 'color'],
    load: async () => (await import('../commands/baseline/audit.ts')).run,
  },
  {
    name: 'doctor',
    summary: 'prove that the hooks will fire, or say why they would not',
    options: ['strict', 'format', 'output', 'color'],
    load: async () => (await import('../commands/doctor.ts')).run,
  },
  {
    name: 'stats',
    summary: 'what the hooks of this repository have done',
    options: ['format', 'color'],
    load: async () => (await import('../commands/stats.ts')).run,
  },
  {
    name: 'metrics',
    summary: 'the same in counters, for programs',
    options: ['format', 'textfile'],
    load: async () => (await import('../commands/metrics.ts')).run,
  },
  {
    name: 'serve',
    summary: 'health checks, the metrics and a page of them over HTTP',
    options: ['host', 'port', 'token-file', 'config', 'log-level', 'log-format', 'log-file'],
    load: async () => (await import('../commands/serve.ts')).run,
  },
];

/** First words of command names, in the order of the table. */
export const COMMAND_GROUPS: readonly string[] = [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0]!))];
