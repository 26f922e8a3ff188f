import { OUR_CONFIG, OUR_ENVIRONMENT } from '../git/git-environment.ts';

/** Each answer that the shim pipes ends with this and its exit code in three digits, on a line. */
const END = 'exit';
export const END_LENGTH = END.length + 4;

/** Git as the git client starts it, in the words of a shell. */
export const SHELL_GIT = `git ${OUR_CONFIG.map((setting) => `-c ${setting}`).join(' ')}`;

/** The same environment as the git client's. */
export const SHELL_ENVIRONMENT = `export ${Object.entries(OUR_ENVIRONMENT)
  .map(([name, value]) => `${name}=${value}`)
  .join(' ')}`;

/** Ends the answer of the command before it. */
export const SHELL_END = `printf '${END}%03d\\n' $?`;

/** The end of an answer that is whole. */
export const GOOD_END = `${END}000\n`;

/** Lines of a shell function. */
export function joinCommands(commands: readonly string[]): string {
  return commands.join('\n  ');
}

export function isGoodEnd(bytes: Buffer): boolean {
  return bytes.toString('latin1') === GOOD_END;
}
