import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
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
import { stripeKey } from './secrets.ts';

/** Text that must not get in. */
export const LEAK = `const key = "${stripeKey()}";\n`;

/** The hooks that are installed where none is named. */
export const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'];

/** A hook of the user's that leaves a trace, and ends as it is told. */
export function userHook(name = 'user', code = 0): string {
  return `#!/bin/sh\necho "ran ${name}"\nexit ${code}\n`;
}

/** Installs, well and without a word on stderr; gives back what was said. */
export async function install(repository: TestRepository, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await repository.guardian(['install', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

export async function uninstall(repository: TestRepository, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await repository.guardian(['uninstall', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** A new repository with our hooks in it. */
export function installed(): TestRepository {
  return addHooks(createRepository());
}

/** Hooks that notice a commit without hooks, and the others. */
export const ALL_HOOKS = [...HOOKS, 'prepare-commit-msg', 'post-commit'];

let hookFiles: FolderImage | undefined;

/** Puts hooks in git's own folder as `install` does, which writes the same text into every repository. */
export function addHooks<Repository extends TestRepository>(repository: Repository, hooks: readonly string[] = HOOKS): Repository {
  hookFiles ??= readHookFiles();
  const { top } = repository;
  const isPlain = statSync(join(top, '.git'), { throwIfNoEntry: false })?.isDirectory() === true;
  const folder = isPlain ? join(top, '.git/hooks') : resolve(top, repository.git('rev-parse', '--git-path', 'hooks').trim());
  mkdirSync(folder, { recursive: true });
  writeImage(
    hookFiles.filter(({ path }) => hooks.includes(path)),
    folder,
  );
  return repository;
}

function readHookFiles(): FolderImage {
  return withFolder((folder) => {
    const repository = openRepository(folder, cleanEnvironment(folder));
    repository.git('init', '--quiet');
    const { code, stderr } = repository.spawnGuardian(['install', ...ALL_HOOKS.flatMap((hook) => ['--hook', hook])]);
    if (code !== 0) throw new Error(`install ended with ${code}: ${stderr}`);
    return readImage(join(folder, '.git/hooks'));
  });
}

export function writeHook(
  { top }: TestRepository,
  content: string,
  { name = 'pre-commit', mode = 0o755, folder = '.git/hooks' } = {},
): string {
  const path = join(top, folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, 'latin1');
  chmodSync(path, mode);
  return path;
}

/** Stages a file and commits. */
export function commit(repository: TestRepository, content: string, env: NodeJS.ProcessEnv = {}): Ran {
  repository.write('a.js', content);
  repository.git('add', 'a.js');
  return repository.tryGit(['commit', '--message', 'change'], { env });
}

/** A commit that no hook has seen. */
export function commitUnseen(repository: TestRepository, content: string, path = 'a.js'): void {
  repository.write(path, content);
  repository.git('add', '--', path);
  repository.git('commit', '--quiet', '--no-verify', '--message', 'change');
}

/** An empty bare repository, as the remote `origin`. */
export function addRemote(repository: TestRepository): string {
  const remote = join(createFolder(), 'remote.git');
  repository.git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  repository.git('remote', 'add', 'origin', remote);
  return remote;
}

/** Git ended with 1 and the secret was named. */
export function expectBlocked({ code, stdout, stderr }: Ran): void {
  expect(stdout + stderr).toContain('stripe-key');
  expect(code).toBe(1);
}

/** A secret does not get in, and other text does. */
export function expectWired(repository: TestRepository): void {
  expectBlocked(commit(repository, LEAK));
  const clean = commit(repository, 'const key = 1;\n');
  expect(clean).toMatchObject({ code: 0 });
  expect(clean.stderr).toContain('1 file clean');
}

/** The same for a push; changes what is committed. */
export function expectPushWired(repository: TestRepository, remote = 'origin'): void {
  commitUnseen(repository, 'const key = 1;\n', 'clean.js');
  expect(repository.tryGit(['push', remote, 'HEAD'])).toMatchObject({ code: 0 });
  commitUnseen(repository, LEAK, 'leak.js');
  expectBlocked(repository.tryGit(['push', remote, 'HEAD']));
  repository.git('reset', '--quiet', '--keep', 'HEAD~');
}

/** All that a folder holds: name, mode and bytes, or where a symlink points. */
export function listing(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      const content = stat.isSymbolicLink() ? readlinkSync(path) : stat.isFile() ? readFileSync(path, 'latin1') : '';
      return `${name} ${stat.mode.toString(8)} ${content}`;
    });
}

/** Expects that installing and uninstalling leaves a folder, and git's config, as they were. */
export async function expectGivenBack(repository: TestRepository, folder = '.git/hooks'): Promise<void> {
  const now = (): unknown => [listing(join(repository.top, folder)), readFileSync(join(repository.top, '.git/config'), 'utf8')];
  const before = now();
  await install(repository);
  expect(now()).not.toEqual(before);
  await uninstall(repository);
  expect(now()).toEqual(before);
}

/** Puts the command where npm puts it. */
export function addCommand(repository: TestRepository): void {
  repository.write('node_modules/.bin/code-guardian', `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
  chmodSync(join(repository.top, 'node_modules/.bin/code-guardian'), 0o755);
  repository.write('.gitignore', 'node_modules\n');
}

/** A copy of the package that can be moved away. */
export function movedPackage(folder = createFolder()): {
  readonly path: string;
  readonly run: (repository: TestRepository, ...args: readonly string[]) => Ran;
} {
  const path = join(folder, 'package');
  copyPackage(path);
  const run = ({ top, env }: TestRepository, ...args: readonly string[]): Ran => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(path, 'dist/bin.cjs'), ...args], {
      cwd: top,
      env,
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr };
  };
  return { path, run };
}

/** What of the package is needed to run it. */
export function copyPackage(path: string): void {
  mkdirSync(path, { recursive: true });
  for (const part of ['dist', 'hooks']) {
    cpSync(join(dirname(BIN), '..', part), join(path, part), { recursive: true, filter: (source) => !source.includes('.cache') });
  }
}

/** A PATH with git and a shell's tools and no Node, as a program with windows has it. */
export function pathWithoutNode(...commands: readonly string[]): string {
  const bin = createFolder();
  for (const command of ['git', 'sh', 'cat', 'env', ...commands]) {
    symlinkSync(spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout.trim(), join(bin, command));
  }
  return bin;
}

/** Version of the git in PATH. */
export function gitVersion(): readonly [major: number, minor: number] {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(spawnSync('git', ['version'], { encoding: 'utf8' }).stdout)!;
  return [Number(major), Number(minor)];
}
