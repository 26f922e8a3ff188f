import { createInterface } from 'node:readline';
import type { Host } from './host.ts';

/** Asks people, a line at a time. */
export interface Prompt {
  /** The answer without its line's end; null: there will be none any more. */
  readonly ask: (question: string) => Promise<string | null>;
  readonly close: () => void;
}

/** Nobody is asked who cannot answer, nor a script that would wait for ever. */
export function canAsk({ stdin, stdout, env }: Host): boolean {
  const isCi = !['', '0', 'false'].includes((env['CI'] ?? '').toLowerCase());
  return !isCi && stdout.isTTY && (stdin as { readonly isTTY?: boolean }).isTTY === true;
}

/** The terminal stays as it is, so editing a line, Ctrl-C and Ctrl-D are its own and work everywhere. Lines typed ahead wait for their question. */
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
