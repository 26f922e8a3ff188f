import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FolderImage, readImage, writeImage } from './folder-image.ts';
import {
  BIN,
  cleanEnvironment,
  createFolder,
  createRepository,
  openRepository,
  type Ran,
  type TestRepository,
  withFolder,
} from './repository.ts';

/** A repository that pushes, and the bare one that it pushes to. */
export interface PushPair extends TestRepository {
  readonly server: TestRepository;
  /** Commits files; gives the id. */
  readonly commit: (files: Readonly<Record<string, string | Buffer>>, message?: string) => string;
  readonly id: (name: string) => string;
  readonly push: (...args: readonly string[]) => Ran;
}

/** A pair in memory, and the folder that it was made in, which its config names. */
interface PairImage {
  readonly made: string;
  readonly image: FolderImage;
}

const images = new Map<string, PairImage>();

/**
 * @param initArgs for both, as in `--object-format=sha256`
 * @param isStarted whether a first commit is on both sides
 */
export function createPair({ initArgs = [] as readonly string[], isStarted = false } = {}): PushPair {
  const key = JSON.stringify([initArgs, isStarted]);
  const { made, image } = images.get(key) ?? withFolder((folder) => readPair(folder, initArgs, isStarted));
  images.set(key, { made, image });
  const folder = createFolder();
  writeImage(image, folder);
  const config = join(folder, 'repository/.git/config');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll(made, folder));
  return openPair(folder);
}

function readPair(folder: string, initArgs: readonly string[], isStarted: boolean): PairImage {
  createRepository({ initArgs: ['--bare', ...initArgs], top: join(folder, 'server.git') });
  createRepository({ initArgs, top: join(folder, 'repository') });
  const pair = openPair(folder);
  pair.git('remote', 'add', 'origin', pair.server.top);
  if (isStarted) {
    pair.commit({ 'a.js': 'one\n' }, 'start');
    pair.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  }
  return { made: folder, image: readImage(folder).filter(({ path }) => !path.endsWith('.sample')) };
}

function openPair(folder: string): PushPair {
  const env = cleanEnvironment(join(folder, 'home'));
  return pairOf(openRepository(join(folder, 'repository'), env), openRepository(join(folder, 'server.git'), env));
}

export function pairOf(local: TestRepository, server: TestRepository): PushPair {
  const id = (name: string): string => local.git('rev-parse', name).trim();
  return {
    ...local,
    server,
    id,
    commit(files, message = 'change') {
      for (const [path, content] of Object.entries(files)) local.write(path, content);
      local.git('add', '--all');
      local.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', message);
      return id('HEAD');
    },
    push: (...args) => local.tryGit(['push', ...args]),
  };
}

/** Another clone of the same server, without hooks. */
export function cloneOf({ server, env }: PushPair, ...args: readonly string[]): PushPair {
  const top = join(dirname(server.top), `clone${Math.random().toString(36).slice(2)}`);
  mkdirSync(top);
  const clone = openRepository(top, env);
  clone.git('clone', '--quiet', ...args, `file://${server.top}`, '.');
  return pairOf(clone, server);
}

/** A hook that calls us, as other hook managers do. */
export function writeHook(folder: string, hook: string, options = ''): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, hook), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' hook ${hook} ${options} "$@"\n`);
  chmodSync(join(folder, hook), 0o755);
}
