import { shellQuoted } from './shell-quoted.ts';

/** Hooks with input on standard input. */
const FED_HOOKS: ReadonlySet<string> = new Set(['pre-push', 'pre-receive']);

/** git commands that the shim runs while Node starts. */
export interface Pipe {
  readonly commands: string;
  readonly options: string;
}

/** The program that a shim starts. */
export interface Runtime {
  /** `dist/bin.cjs` of this package, absolute. */
  readonly script: string;
  /** The Node that runs it, absolute. */
  readonly node: string;
  /** Text of `hooks/shim.sh`. */
  readonly template: string;
  /** By hook: shell commands that ask git beforehand, and the options that announce their output. */
  readonly pipes: Readonly<Record<string, Pipe>>;
}

/** One shim. */
export interface Shim {
  readonly name: string;
  /** Name of the hook next to it that runs first, or ''. */
  readonly original: string;
  /** Number of folders created for it. */
  readonly madeFolders: number;
}

/**
 * Ends the hook if no built-in rule can match the message and pre-commit has left the mark that there are no other rules. The build writes the
 * sourced script, see src/startup/message-gate.ts.
 */
const MESSAGE_GATE = [
  'gate=${runtime%/*}/message-gate.sh',
  '[ -f "${1%/*}/code-guardian/built-in-rules-only" ] && [ -r "$1" ] && [ -f "$gate" ] && . "$gate"',
].join('\n');

/** The template with its values in safe quotes; one character per byte. */
export function renderShim({ template, script, node, pipes }: Runtime, { name, original, madeFolders }: Shim): string {
  const isFed = FED_HOOKS.has(name);
  const pipe = Object.hasOwn(pipes, name) ? pipes[name] : undefined;
  const values: Readonly<Record<string, string>> = { name, original, runtime: script, node, takes_input: isFed ? 'yes' : '' };
  const text = template
    .replace(/'@(\w+)@'/g, (_, key: string) => shellQuoted(values[key]!))
    .replace('@made@', () => (madeFolders === 0 ? '' : `, with ${madeFolders} folder${madeFolders === 1 ? '' : 's'}`))
    .replace('@feed@', () => pipe?.commands ?? (isFed ? 'give_input' : ':'))
    .replace('@before@\n', () => (name === 'commit-msg' ? `${MESSAGE_GATE}\n` : ''))
    .replace(' @options@', () => (pipe === undefined ? '' : ` ${pipe.options}`));
  return Buffer.from(text, 'utf8').toString('latin1');
}
