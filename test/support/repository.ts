import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { type FolderImage, readImage, writeImage } from './folder-image.ts';
import { BIN, type Ran, runInProcess } from './host.ts';

export { BIN, type Ran };

/** What differs from the surroundings of the repository. */
interface Differing {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string | Buffer;
}

export interface TestRepository {
  readonly top: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs git; throws where it fails. */
  readonly git: (...args: readonly string[]) => string;
  /** Runs git, whatever comes of it. */
  readonly tryGit: (args: readonly string[], more?: Differing) => Ran;
  readonly write: (path: string, content: string | Buffer) => void;
  /** Runs a command in this process. */
  readonly guardian: (args: readonly string[], more?: Differing) => Promise<Ran>;
  /** Runs the built command as a process of its own, as hooks do: for what is about the process (signals, limits, Node's own options). */
  readonly spawnGuardian: (args: readonly string[], more?: Differing) => Ran;
}

/** Environment that makes Node load a script before the command. */
export function preloaded(script: string): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--require ${JSON.stringify(script)}` };
}

/** An empty folder that goes with the test. */
export function createFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'code-guardian-')));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** Removes a folder with all in it, also where a test took away the right to. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    spawnSync('chmod', ['-R', 'u+rwX', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A new repository with its own home, so that nobody's configuration is in it. */
export function createRepository({ initArgs = [] as readonly string[], top = join(createFolder(), 'repository') } = {}): TestRepository {
  const home = join(dirname(top), 'home');
  mkdirSync(home, { recursive: true });
  mkdirSync(top, { recursive: true });
  const env = cleanEnvironment(home);
  const repository = openRepository(top, env);
  if (initArgs.length > 0) repository.git('init', '--quiet', '--initial-branch=main', ...initArgs);
  else writeImage((emptyRepository ??= readEmptyRepository()), top);
  return repository;
}

let emptyRepository: FolderImage | undefined;

/** What `git init` makes, without the sample hooks. */
function readEmptyRepository(): FolderImage {
  return withFolder((folder) => {
    openRepository(folder, cleanEnvironment(folder)).git('init', '--quiet', '--initial-branch=main');
    return readImage(folder).filter(({ path }) => !path.endsWith('.sample'));
  });
}

/** Gives a folder that is gone afterwards, also outside of a test. */
export function withFolder<Result>(use: (folder: string) => Result): Result {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'code-guardian-')));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function openRepository(top: string, env: NodeJS.ProcessEnv): TestRepository {
  const tryGit: TestRepository['tryGit'] = (args, more = {}) =>
    ran(
      spawnSync('git', [...args], {
        cwd: more.cwd ?? top,
        env: { ...env, ...more.env },
        input: more.input ?? '',
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      }),
    );
  return {
    top,
    env,
    tryGit,
    git(...args) {
      const { code, stdout, stderr } = tryGit(args);
      if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code}: ${stderr}`);
      return stdout;
    },
    write(path, content) {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), content);
    },
    async guardian(args, { cwd = top, env: variables, input } = {}) {
      if (variables?.['NODE_OPTIONS'] !== undefined) throw new Error('options for Node need a process of their own: spawnGuardian');
      return runInProcess((host) => main(args, host), { cwd, env: { ...env, ...variables }, input });
    },
    spawnGuardian: (args, more = {}) =>
      ran(
        spawnSync(process.execPath, [BIN, ...args], {
          cwd: more.cwd ?? top,
          env: { ...env, ...more.env },
          input: more.input ?? '',
          encoding: 'utf8',
          maxBuffer: 1 << 28,
          timeout: 60_000,
          killSignal: 'SIGKILL',
        }),
      ),
  };
}

/** Nothing of the caller's git, hooks or colours. */
export function cleanEnvironment(home: string): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return {
    PATH,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    GIT_CONFIG_NOSYSTEM: '1',
    // Nothing of a test must survive a crash of the machine.
    GIT_TEST_FSYNC: '0',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  };
}

function ran({ status, stdout, stderr }: SpawnSyncReturns<string>): Ran {
  return { code: status, stdout, stderr };
}
