import { delimiter, dirname, join } from 'node:path';

/** Secrets of our own, and what would lead a git to the commit that is half made. */
const LEFT_OUT = /^(?:GIT_|CODE_GUARDIAN|GITHEAD_|OTEL_EXPORTER_OTLP_(?:\w+_)?HEADERS$)/i;

/** Where a stage runs. */
export interface StagePlace {
  /** Top of the work tree; null: there is none. */
  readonly top: string | null;
  /** Folder that the stage runs in. */
  readonly tree: string;
  /**
   * Are programs of the project found before those of the machine? Where the project names the stage, they are what it means. Where the machine's
   * owner does, a clone must not put a program of its own in the place of theirs.
   */
  readonly isOfProject: boolean;
}

/** The environment of a stage: that of its caller, without git's variables and our own, with the programs of the project. */
export function stageEnvironment(env: NodeJS.ProcessEnv, { top, tree, isOfProject }: StagePlace): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => !LEFT_OUT.test(name)));
  const name = Object.keys(passed).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const own = top === null ? [] : [join(top, 'node_modules', '.bin')];
  const machine = passed[name] ?? '';
  const path = (isOfProject ? [...own, machine] : [machine, ...own]).filter((part) => part !== '').join(delimiter);
  // No repository is found above the tree either.
  return { ...passed, [name]: path, GIT_CEILING_DIRECTORIES: dirname(tree), GIT_TERMINAL_PROMPT: '0' };
}
