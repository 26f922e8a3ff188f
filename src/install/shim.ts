import { shellQuoted } from './shell-quoted.ts';

/** Hooks that git tells on standard input what they are about. */
const FED_HOOKS: ReadonlySet<string> = new Set(['pre-push', 'pre-receive']);

/** What a shim starts. */
export interface Runtime {
  /** `dist/bin.cjs` of this package, absolute. */
  readonly script: string;
  /** The Node that runs it, absolute. */
  readonly node: string;
  /** Text of `hooks/shim.sh`. */
  readonly template: string;
  /** Shell commands that ask git beforehand, for the hooks that have use for it, and the name of their form. */
  readonly pipe: { readonly hooks: readonly string[]; readonly commands: string; readonly protocol: string };
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
 * that is run is written by the build, see src/rules/message-gate.ts.
 */
const MESSAGE_GATE = [
  'gate=${runtime%/*}/message-gate.sh',
  '[ -f "${1%/*}/code-guardian/built-in-rules-only" ] && [ -r "$1" ] && [ -f "$gate" ] && . "$gate"',
].join('\n');

/** The template with its values, safe in single quotes; a character a byte. */
export function renderShim({ template, script, node, pipe }: Runtime, { name, original, madeFolders }: Shim): string {
  const isFed = FED_HOOKS.has(name);
  const isPiped = pipe.hooks.includes(name);
  const values: Readonly<Record<string, string>> = { name, original, runtime: script, node, takes_input: isFed ? 'yes' : '' };
  const text = template
    .replace(/'@(\w+)@'/g, (_, key: string) => shellQuoted(values[key]!))
    .replace('@made@', () => (madeFolders === 0 ? '' : `, with ${madeFolders} folder${madeFolders === 1 ? '' : 's'}`))
    .replace('@feed@', () => (isPiped ? pipe.commands : isFed ? 'give_input' : ':'))
    .replace('@before@\n', () => (name === 'commit-msg' ? `${MESSAGE_GATE}\n` : ''))
    .replace(' @options@', () => (isPiped ? ` --piped ${pipe.protocol} --hooks-folder "$folder"` : ''));
  return Buffer.from(text, 'utf8').toString('latin1');
}
