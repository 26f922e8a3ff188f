const NAME = 'code-guardian';

/**
 * How the reader starts this program: only npx finds one that lies in a node_modules folder.
 *
 * @param script the path that was started, before symlinks are followed: a global installation is a link in a folder of PATH
 */
export function programCommand(script: string): string {
  return /[\\/]node_modules[\\/]/.test(script) ? `npx ${NAME}` : NAME;
}

/**
 * A text for people, with its commands as the reader can type them. Our texts write each as `code-guardian …` in backquotes; what is not in
 * backquotes (a config to copy, a report's schema) stays as it is.
 */
export function withProgram(text: string, program = NAME): string {
  return program === NAME ? text : text.replaceAll(`\`${NAME} `, `\`${program} `);
}
