import { delimiter, dirname, join } from 'node:path';

/** Secrets of our own, and what would lead a git to the commit that is half made. */
const LEFT_OUT = /^(?:GIT_|CODE_GUARDIAN|GITHEAD_|OTEL_EXPORTER_OTLP_(?:\w+_)?HEADERS$)/i;

/**
 * The environment of a stage: that of its caller, without git's variables and our own. Programs of the project are found before others.
 *
 * @param top of the work tree; null: there is none
 * @param tree that the stage runs in
 */
export function stageEnvironment(env: NodeJS.ProcessEnv, top: string | null, tree: string): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => !LEFT_OUT.test(name)));
  const name = Object.keys(passed).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const own = top === null ? [] : [join(top, 'node_modules', '.bin')];
  const path = [...own, passed[name] ?? ''].filter((part) => part !== '').join(delimiter);
  // No repository is found above the tree either.
  return { ...passed, [name]: path, GIT_CEILING_DIRECTORIES: dirname(tree), GIT_TERMINAL_PROMPT: '0' };
}
