import { createInterface } from 'node:readline';
import type { Host } from './host.ts';

/** Asks for one line at a time. */
export interface Prompt {
  /** The answer without its line end; null at the end of input. */
  readonly ask: (question: string) => Promise<string | null>;
  readonly close: () => void;
}

/** Prompts only at a terminal and outside CI, so that no script waits forever. */
export function canAsk({ stdin, stdout, env }: Host): boolean {
  const isCi = !['', '0', 'false'].includes((env['CI'] ?? '').toLowerCase());
  return !isCi && stdout.isTTY && (stdin as { readonly isTTY?: boolean }).isTTY === true;
}

/**
 * Leaves the terminal in its normal mode, so line editing, Ctrl-C and Ctrl-D work as usual. Lines typed ahead answer later questions.
 *
 * Not `consola.prompt`: it draws with escape codes on the streams of the process, and a host (or a test) has its own.
 */
export function openPrompt({ stdin, stdout }: Host): Prompt {
  const reader = createInterface({ input: stdin, terminal: false });
  const lines = reader[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      stdout.write(question);
      const { done, value } = await lines.next();
      return done === true ? null : value;
    },
    close: () => reader.close(),
  };
}
