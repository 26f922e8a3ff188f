import { guestCommand } from '../guest-command.ts';
import { withMember, withoutMember } from './json-members.ts';
import { asRecord, configOf, type GuestCommands, type Manager } from './manager.ts';
import { withLines, withoutLines } from './marked-lines.ts';

const MEMBER = 'lint-staged';

/** Globs that stand for every file; one of them is free. */
const ALL_FILES = ['*', '**/*', '**'];

/** It installs no hooks: somebody's pre-commit runs it. */
export const LINT_STAGED: Manager = {
  name: MEMBER,
  mark: /\blint-staged\b/,
  files: [
    'package.json',
    ...['', '.json', '.yaml', '.yml', '.mjs', '.js', '.ts', '.cjs'].map((type) => `.lintstagedrc${type}`),
    ...['mjs', 'js', 'ts', 'cjs'].map((type) => `lint-staged.config.${type}`),
  ],
  member: MEMBER,
  usualFile: 'package.json',
  hooks: ['pre-commit'],
  refresh: null,
  caveat: () => 'Its tasks may change files after we have looked at them: a hook of our own in its place looks at what is committed.',
  partFor: (config) => config,
  add(text, file, commands) {
    if (/\.[cm]?[jt]s$/.test(file)) return null;
    const config = asRecord(configOf(text, file, MEMBER));
    const glob = ALL_FILES.find((each) => !Object.hasOwn(config, each));
    if (glob === undefined) return null;
    const command = commandOf(commands);
    return isJson(text) ? withMember(text, keysIn(file), glob, command) : withLines(text, [], [`'${glob}': ${command}`]);
  },
  remove(text, file) {
    if (!isJson(text)) return withoutLines(text);
    const config = asRecord(configOf(text, file, MEMBER));
    const globs = ALL_FILES.filter((glob) => config[glob] === guestCommand('pre-commit', false).words);
    return globs.reduce((rest, glob) => withoutMember(rest, keysIn(file), glob), text);
  },
  snippet(file, commands) {
    const tasks = { [ALL_FILES[0]!]: commandOf(commands) };
    return JSON.stringify(file === 'package.json' ? { [MEMBER]: tasks } : tasks, null, 2);
  },
};

/** Lint-staged looks in `node_modules/.bin` too. The names of files that it appends change nothing. */
function commandOf(commands: GuestCommands): string {
  return commands.get('pre-commit')!.words;
}

function keysIn(file: string): readonly string[] {
  return file === 'package.json' ? [MEMBER] : [];
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}
