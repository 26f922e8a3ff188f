import { guestCommand } from '../guest-command.ts';
import { withMember, withoutMember } from './json-members.ts';
import { asRecord, configOf, type GuestCommands, type Manager } from './manager.ts';
import { withLines, withoutLines } from './marked-lines.ts';

const MEMBER = 'lint-staged';

/** Globs that match every file; the first unused one is taken. */
const ALL_FILES = ['*', '**/*', '**'];

/** Installs no hooks itself: a pre-commit hook runs it. */
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
  caveat: () => 'Its tasks may change files after our scan. Our own hook scans what is committed.',
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

/** lint-staged also searches `node_modules/.bin`. It appends file names, which we ignore. */
function commandOf(commands: GuestCommands): string {
  return commands.get('pre-commit')!.words;
}

function keysIn(file: string): readonly string[] {
  return file === 'package.json' ? [MEMBER] : [];
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}
