import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BIN, createRepository, openRepository, type Ran, type TestRepository } from './repository.ts';

/** A repository that pushes, and the bare one that it pushes to. */
export interface PushPair extends TestRepository {
  readonly server: TestRepository;
  /** Commits files; gives the id. */
  readonly commit: (files: Readonly<Record<string, string | Buffer>>, message?: string) => string;
  readonly id: (name: string) => string;
  readonly push: (...args: readonly string[]) => Ran;
}

/** @param initArgs for both, as in `--object-format=sha256` */
export function createPair({ initArgs = [] as readonly string[] } = {}): PushPair {
  const local = createRepository({ initArgs });
  const server = createRepository({ initArgs: ['--bare', ...initArgs], top: join(dirname(local.top), 'server.git') });
  local.git('remote', 'add', 'origin', server.top);
  return pairOf(local, server);
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
