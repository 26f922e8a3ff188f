import { spawn, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import type { TestRepository } from './repository.ts';

/** Runs its arguments on a pseudo terminal, and passes on what comes and goes. */
const PTY = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])) % 256)';

/** A program that runs on a terminal of its own. */
export interface Terminal {
  /** Waits until this is on the screen, behind what was waited for before; throws where the program ends without it. */
  readonly waitFor: (text: string) => Promise<void>;
  /** What the program gets to read as typed: `\x03` is Ctrl-C, `\x04` Ctrl-D. */
  readonly press: (keys: string) => void;
  /** Waits for its end. */
  readonly end: () => Promise<{ readonly code: number | null; readonly screen: string }>;
  /** All that was printed, as it came. */
  readonly output: () => string;
}

/** Python has pseudo terminals on board; Node has none. */
export const HAS_TERMINAL = spawnSync('python3', ['-c', 'import pty'], { stdio: 'ignore' }).status === 0;

/** Starts a program on a terminal, in a repository. */
export function openTerminal({ top, env }: TestRepository, command: readonly string[], more: NodeJS.ProcessEnv = {}): Terminal {
  const child = spawn('python3', ['-c', PTY, ...command], { cwd: top, env: { ...env, TERM: 'xterm', ...more } });
  let printed = '';
  let seen = 0;
  let code: number | null | undefined;
  const waiting = new Set<() => void>();
  const tell = (): void => waiting.forEach((look) => look());
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      tell();
    });
  }
  child.on('close', (ended) => {
    code = ended;
    tell();
  });
  const screen = (): string => stripVTControlCharacters(printed).replaceAll('\r', '');
  const until = (isReached: () => boolean, what: string): Promise<void> =>
    new Promise((done, fail) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        waiting.delete(look);
        settle();
      };
      const giveUp = (why: string): void => finish(() => fail(new Error(`${why} before ${what}:\n${screen()}`)));
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        giveUp('nothing came');
      }, 30_000);
      const look = (): void => {
        if (isReached()) finish(done);
        else if (code !== undefined) giveUp('it ended');
      };
      waiting.add(look);
      look();
    });

  return {
    async waitFor(text) {
      await until(() => screen().includes(text, seen), JSON.stringify(text));
      seen = screen().indexOf(text, seen) + text.length;
    },
    press: (keys) => void child.stdin.write(keys),
    async end() {
      await until(() => code !== undefined, 'its end');
      return { code: code!, screen: screen() };
    },
    output: () => printed,
  };
}
