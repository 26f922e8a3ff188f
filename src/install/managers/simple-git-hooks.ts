import { guestCommand, sharingInput } from '../guest-command.ts';
import { withMember, withoutMember, withoutPrefix, withPrefix } from './json-members.ts';
import { asRecord, configOf, type Manager } from './manager.ts';

const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push', 'prepare-commit-msg', 'post-commit'];
const MEMBER = 'simple-git-hooks';

export const SIMPLE_GIT_HOOKS: Manager = {
  name: MEMBER,
  mark: /simple-git-hooks|SKIP_SIMPLE_GIT_HOOKS/i,
  files: [
    ...['.', ''].flatMap((prefix) => ['cjs', 'js', 'mjs'].map((type) => `${prefix}${MEMBER}.${type}`)),
    `.${MEMBER}.json`,
    `${MEMBER}.json`,
    'package.json',
  ],
  member: MEMBER,
  usualFile: 'package.json',
  hooks: HOOKS,
  refresh: 'npx simple-git-hooks',
  wantsRefresh: true,
  isBaked: true,
  deletesOthers: true,
  partFor: (config, hook) => asRecord(config)[hook],
  add(text, file, commands) {
    if (!file.endsWith('.json')) return null;
    const keys = keysIn(file);
    const config = asRecord(configOf(text, file, MEMBER));
    let edited: string | null = text;
    // Each member is added at the start, so add them in reverse order.
    for (const [hook, { shell }] of [...commands].toReversed()) {
      if (edited === null) return null;
      edited = Object.hasOwn(config, hook) ? withPrefix(edited, keys, hook, inFront(hook, shell)) : withMember(edited, keys, hook, shell);
    }
    return edited;
  },
  remove(text, file) {
    const keys = keysIn(file);
    let edited = text;
    for (const hook of HOOKS) {
      for (const { shell } of [guestCommand(hook, false), guestCommand(hook, true)]) {
        const isAlone = asRecord(configOf(edited, file, MEMBER))[hook] === shell;
        edited = isAlone ? withoutMember(edited, keys, hook) : withoutPrefix(edited, keys, hook, inFront(hook, shell));
      }
    }
    return edited;
  },
  snippet(file, commands) {
    const hooks = Object.fromEntries([...commands].map(([hook, { shell }]) => [hook, shell]));
    return JSON.stringify(file === 'package.json' ? { [MEMBER]: hooks } : hooks, null, 2);
  },
};

function keysIn(file: string): readonly string[] {
  return file === 'package.json' ? [MEMBER] : [];
}

function inFront(hook: string, command: string): string {
  return `${sharingInput(hook, command)} && `;
}
