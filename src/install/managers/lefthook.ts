import { asRecord, configOf, type GuestCommands, type Manager } from './manager.ts';
import { withLines, withoutLines } from './marked-lines.ts';

export const LEFTHOOK: Manager = {
  name: 'lefthook',
  mark: /lefthook/i,
  files: ['', '.', '.config/'].flatMap((prefix) => ['yml', 'yaml', 'json', 'jsonc', 'toml'].map((type) => `${prefix}lefthook.${type}`)),
  usualFile: 'lefthook.yml',
  hooks: ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push', 'prepare-commit-msg', 'post-commit'],
  refresh: 'lefthook install',
  partFor: (config, hook) => asRecord(config)[hook],
  add(text, file, commands) {
    if (!/\.ya?ml$/.test(file)) return null;
    const config = asRecord(configOf(text, file));
    const isThere = ([hook]: readonly [string, unknown]): boolean => Object.hasOwn(config, hook);
    let edited: string | null = text;
    for (const [hook, lines] of [...linesOf(commands)].filter(isThere)) {
      edited = edited === null ? null : withLines(edited, [hook, 'commands'], lines);
    }
    const others = [...linesOf(commands)].filter((entry) => !isThere(entry));
    return edited === null || others.length === 0 ? edited : withLines(edited, [], others.flatMap(whole));
  },
  remove: withoutLines,
  snippet: (_, commands) => [...linesOf(commands)].flatMap(whole).join('\n'),
};

/** One command per hook. It needs no `{staged_files}`: we read what is staged from git. */
function linesOf(commands: GuestCommands): Map<string, string[]> {
  return new Map(
    [...commands].map(([hook, { shell }]) => [
      hook,
      // Lefthook numbers a hook's arguments.
      ['code-guardian:', `  run: ${shell.replace('"$@"', '{0}')}`, ...(hook === 'pre-push' ? ['  use_stdin: true'] : [])],
    ]),
  );
}

function whole([hook, lines]: readonly [string, readonly string[]]): string[] {
  return [`${hook}:`, '  commands:', ...lines.map((line) => `    ${line}`)];
}
