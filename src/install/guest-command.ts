/** What a guest of another hook manager calls. */
export interface GuestCommand {
  /** `code-guardian hook NAME`, with the arguments that git gave the hook as `$@` where it gives any. */
  readonly words: string;
  /** For managers that look in PATH alone and start a shell. */
  readonly shell: string;
  /** For managers that look in PATH alone and start none, without arguments. */
  readonly plain: string;
}

/** Hooks that are given arguments, or are told on standard input what they are about. */
const WITH_ARGUMENTS: ReadonlySet<string> = new Set(['commit-msg', 'pre-push', 'prepare-commit-msg']);
const WITH_INPUT: ReadonlySet<string> = new Set(['pre-push']);

/** In front of a command: finds what is installed in the repository, as npm's own scripts do. */
export const LOCAL_PATH = 'PATH="node_modules/.bin:$PATH" ';

/**
 * The call for one hook. Never `npx`, which takes most of a second.
 *
 * @param isLocal code-guardian is installed in the repository, and not for the machine
 */
export function guestCommand(hook: string, isLocal: boolean): GuestCommand {
  const plain = `code-guardian hook ${hook}`;
  const words = WITH_ARGUMENTS.has(hook) ? `${plain} "$@"` : plain;
  return { words, shell: `${isLocal ? LOCAL_PATH : ''}${words}`, plain: `${isLocal ? 'node_modules/.bin/' : ''}${plain}` };
}

/** Whether a program's text calls us for a hook: a script, or a config that we do not read. What is commented out does not count. */
export function callsUs(text: string, hook: string): boolean {
  const call = new RegExp(`code-guardian hook ${hook}(?![\\w-])`);
  return text.split('\n').some((line) => !/^\s*(?:#|\/\/)/.test(line) && call.test(line));
}

/**
 * A command in front of other commands, one of which may read standard input as well: each gets all of it.
 *
 * @param command a command of {@link guestCommand}, for a POSIX shell
 */
export function sharingInput(hook: string, command: string): string {
  if (!WITH_INPUT.has(hook)) return command;
  return `t=$(mktemp) && cat >"$t" && exec 3<"$t" <"$t" && rm "$t" && ${command} <&3`;
}
