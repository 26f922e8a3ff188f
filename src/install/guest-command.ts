/** The call from another hook manager. */
export interface GuestCommand {
  /** `code-guardian hook NAME`, with `$@` if git passes arguments. */
  readonly words: string;
  /** For managers that search only PATH and start a shell. */
  readonly shell: string;
  /** For managers that search only PATH and start no shell, without arguments. */
  readonly plain: string;
}

/** Hooks with arguments or with input on standard input. */
const WITH_ARGUMENTS: ReadonlySet<string> = new Set(['commit-msg', 'pre-push', 'prepare-commit-msg']);
const WITH_INPUT: ReadonlySet<string> = new Set(['pre-push']);

/** Prefix of a command that makes the repository's own packages available, like npm scripts. */
export const LOCAL_PATH = 'PATH="node_modules/.bin:$PATH" ';

/**
 * The call for one hook. Never `npx`, which takes almost a second.
 *
 * @param isLocal code-guardian is installed in the repository, not globally
 */
export function guestCommand(hook: string, isLocal: boolean): GuestCommand {
  const plain = `code-guardian hook ${hook}`;
  const words = WITH_ARGUMENTS.has(hook) ? `${plain} "$@"` : plain;
  return { words, shell: `${isLocal ? LOCAL_PATH : ''}${words}`, plain: `${isLocal ? 'node_modules/.bin/' : ''}${plain}` };
}

/** Whether a script, or a config that we do not parse, calls us for a hook. Comments do not count. */
export function callsUs(text: string, hook: string): boolean {
  const call = new RegExp(`code-guardian hook ${hook}(?![\\w-])`);
  return text.split('\n').some((line) => !/^\s*(?:#|\/\/)/.test(line) && call.test(line));
}

/**
 * Runs a command before others that may read standard input, too: each gets all of it.
 *
 * @param command a command of {@link guestCommand}, for a POSIX shell
 */
export function sharingInput(hook: string, command: string): string {
  if (!WITH_INPUT.has(hook)) return command;
  return `t=$(mktemp) && cat >"$t" && exec 3<"$t" <"$t" && rm "$t" && ${command} <&3`;
}
