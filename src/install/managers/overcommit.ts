import { asRecord, configOf, type GuestCommands, type Manager } from './manager.ts';
import { withLines, withoutLines } from './marked-lines.ts';

const SECTIONS: Readonly<Record<string, string>> = { 'pre-commit': 'PreCommit', 'commit-msg': 'CommitMsg', 'pre-push': 'PrePush' };

export const OVERCOMMIT: Manager = {
  name: 'overcommit',
  mark: /overcommit/i,
  files: ['.overcommit.yml'],
  usualFile: '.overcommit.yml',
  hooks: Object.keys(SECTIONS),
  refresh: 'overcommit --install && overcommit --sign',
  wantsRefresh: true,
  partFor: (config, hook) => asRecord(config)[SECTIONS[hook] ?? ''],
  add(text, file, commands) {
    const config = asRecord(configOf(text, file));
    let edited: string | null = text;
    const others: string[] = [];
    for (const [section, lines] of linesOf(commands)) {
      if (!Object.hasOwn(config, section)) others.push(`${section}:`, ...lines.map((line) => `  ${line}`));
      else edited = edited === null ? null : withLines(edited, [section], lines);
    }
    return edited === null || others.length === 0 ? edited : withLines(edited, [], others);
  },
  remove: withoutLines,
  snippet: (_, commands) =>
    [...linesOf(commands)].flatMap(([section, lines]) => [`${section}:`, ...lines.map((line) => `  ${line}`)]).join('\n'),
};

/** By section. Overcommit runs the command like a git hook, with its arguments and standard input. */
function linesOf(commands: GuestCommands): Map<string, string[]> {
  return new Map(
    [...commands].map(([hook, { plain }]) => [
      SECTIONS[hook]!,
      ['CodeGuardian:', '  enabled: true', '  description: Scan for secrets', `  command: [${plain.split(' ').join(', ')}]`],
    ]),
  );
}
