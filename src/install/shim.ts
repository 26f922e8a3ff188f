import { shellQuoted } from './shell-quoted.ts';

/** Hooks that git tells on standard input what they are about. */
const FED_HOOKS: ReadonlySet<string> = new Set(['pre-push', 'pre-receive']);

/** What the shim asks git while Node starts. */
export interface Pipe {
  readonly commands: string;
  readonly options: string;
}

/** What a shim starts. */
export interface Runtime {
  /** `dist/bin.cjs` of this package, absolute. */
  readonly script: string;
  /** The Node that runs it, absolute. */
  readonly node: string;
  /** Text of `hooks/shim.sh`. */
  readonly template: string;
  /** For hooks that git is asked for beforehand: the shell commands, and the options that tell the hook of it. */
  readonly pipes: Readonly<Record<string, Pipe>>;
}

/** One shim. */
export interface Shim {
  readonly name: string;
  /** Name of the hook that it runs first, beside it; '' where there is none. */
  readonly original: string;
  /** How many folders were made for it. */
  readonly madeFolders: number;
}

/**
 * Ends the hook where no built-in rule can find anything in the message, if pre-commit has left the mark that there are no others: the text
 * that is run is written by the build, see src/startup/message-gate.ts.
 */
const MESSAGE_GATE = [
  'gate=${runtime%/*}/message-gate.sh',
  '[ -f "${1%/*}/code-guardian/built-in-rules-only" ] && [ -r "$1" ] && [ -f "$gate" ] && . "$gate"',
].join('\n');

/** The template with its values, safe in single quotes; a character a byte. */
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
