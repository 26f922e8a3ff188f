import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Git, as far as it is asked here. */
export interface Git {
  readonly read: (args: readonly string[], options?: { readonly input?: string }) => Promise<Buffer>;
}

/** Opens git with some variables more. */
export type OpenGit = (variables: Readonly<Record<string, string>>) => Git;

/**
 * What a commit, its message or a push could hold, beside a repository: the index and the objects are files of a temporary folder, and git
 * is told where by variables. Nothing is written to the repository.
 */
export interface Scratch {
  /** Variables under which git sees the objects of both. */
  readonly variables: Readonly<Record<string, string>>;
  /** An index with HEAD's files, and one more where a text is given. Absolute. */
  readonly writeIndex: (name: string, text: string | null) => Promise<string>;
  /** A commit without parents, of one file. Its id. */
  readonly writeCommit: (name: string, text: string) => Promise<string>;
  /** A file, absolute. */
  readonly writeMessage: (text: string) => string;
  readonly remove: () => void;
}

/** The entry is sorted out by git, which need not write beside the repository's own index for it. */
const NO_SPLIT = ['-c', 'core.splitIndex=false'];

/** @param objects the repository's own object directory, absolute */
export function openScratch(openGit: OpenGit, objects: string): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'code-guardian-doctor-'));
  const own = join(folder, 'objects');
  mkdirSync(own);
  const variables = { GIT_OBJECT_DIRECTORY: own, GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(objects) };
  const git = openGit(variables);
  const writeObject = async (type: string, content: string): Promise<string> =>
    line(await git.read(['hash-object', '-w', '-t', type, '--stdin', '--no-filters'], { input: content }));
  let number = 0;

  return {
    variables,
    async writeIndex(name, text) {
      const index = join(folder, `index-${number++}`);
      const ofIndex = openGit({ ...variables, GIT_INDEX_FILE: index });
      // An unborn branch has none.
      const head = await git.read(['rev-parse', '--verify', 'HEAD']).catch(() => null);
      await ofIndex.read([...NO_SPLIT, 'read-tree', head === null ? '--empty' : 'HEAD']);
      if (text !== null) {
        const blob = await writeObject('blob', text);
        await ofIndex.read([...NO_SPLIT, 'update-index', '--add', '--cacheinfo', `100644,${blob},${name}`]);
      }
      return index;
    },
    async writeCommit(name, text) {
      const blob = await writeObject('blob', text);
      const tree = line(await git.read(['mktree'], { input: `100644 blob ${blob}\t${name}\n` }));
      const who = `code-guardian doctor <doctor@localhost> 0 +0000`;
      return writeObject('commit', `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\ncanary\n`);
    },
    writeMessage(text) {
      const file = join(folder, `message-${number++}`);
      writeFileSync(file, text);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function line(bytes: Buffer): string {
  return bytes.toString().trim();
}

/** Git takes a path with a colon for two, unless it is quoted as in C. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
