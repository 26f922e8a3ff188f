import { delimiter, dirname, join } from 'node:path';

/** Our own secrets, and variables that would point git at the unfinished commit. */
const LEFT_OUT = /^(?:GIT_|CODE_GUARDIAN|GITHEAD_|OTEL_EXPORTER_OTLP_(?:\w+_)?HEADERS$)/i;

/** Environment of a stage. */
export interface StagePlace {
  /** Top of the work tree, or null. */
  readonly top: string | null;
  /** Working folder of the stage. */
  readonly tree: string;
  /**
   * Whether node_modules/.bin comes before the machine's PATH. If the project names the stage, it means its own programs. If the machine's owner
   * does, a clone must not replace theirs with its own.
   */
  readonly isOfProject: boolean;
}

/** The environment of a stage: the caller's, without git's and our own variables, with the programs of the project. */
export function stageEnvironment(env: NodeJS.ProcessEnv, { top, tree, isOfProject }: StagePlace): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => !LEFT_OUT.test(name)));
  const name = Object.keys(passed).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const own = top === null ? [] : [join(top, 'node_modules', '.bin')];
  const machine = passed[name] ?? '';
  const path = (isOfProject ? [...own, machine] : [machine, ...own]).filter((part) => part !== '').join(delimiter);
  // git must not find a repository above the tree.
  return { ...passed, [name]: path, GIT_CEILING_DIRECTORIES: dirname(tree), GIT_TERMINAL_PROMPT: '0' };
}
