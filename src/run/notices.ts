import type { Host } from '../host/host.ts';
import { createPalette } from '../report/palette.ts';

/** What a run tells people on stderr, next to the report: each is one line or more, without the last line end. */
export interface Notices {
  readonly error: (text: string) => void;
  /** Begins with `warning: `. */
  readonly warn: (text: string) => void;
  readonly info: (text: string) => void;
}

/** Opens stderr for notices. Call it when there is something to write: a run without notices loads nothing for them. */
export async function openNotices({ stderr, env }: Pick<Host, 'stderr' | 'env'>): Promise<Notices> {
  const [{ createConsola }, palette] = await Promise.all([import('consola/core'), createPalette({ isTerminal: stderr.isTTY, env })]);
  const consola = createConsola({
    // The levels of CONSOLA_LEVEL and the like are for programs that log; a warning is always shown.
    level: Infinity,
    // Says the same thing twice if it happened twice.
    throttle: 0,
    reporters: [
      {
        log({ type, args }) {
          const prefix = type === 'warn' ? `${palette.yellow('warning:')} ` : '';
          stderr.write(`${prefix}${args.join(' ')}\n`);
        },
      },
    ],
  });
  return { error: (text) => consola.error(text), warn: (text) => consola.warn(text), info: (text) => consola.info(text) };
}
