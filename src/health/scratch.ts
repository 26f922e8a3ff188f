import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The part of git used here. */
export interface Git {
  readonly read: (args: readonly string[], options?: { readonly input?: string }) => Promise<Buffer>;
}

/** Opens git with additional variables. */
export type OpenGit = (variables: Readonly<Record<string, string>>) => Git;

/**
 * Test data for a commit, a message or a push, next to a repository: index and objects are in a temporary folder, which git finds through
 * variables. Nothing is written to the repository. What several hooks need is made once; the hooks may run side by side.
 */
export interface Scratch {
  /** Variables that show git the objects of both. */
  readonly variables: Readonly<Record<string, string>>;
  /** An index with HEAD's files, plus one file if a text is given. Absolute path; each call returns a copy of its own. */
  readonly writeIndex: (name: string, text: string | null) => Promise<string>;
  /** Writes a root commit with one file and returns its id. */
  readonly writeCommit: (name: string, text: string) => Promise<string>;
  /** Absolute path of the file. */
  readonly writeMessage: (text: string) => string;
  readonly remove: () => void;
}

/** Keeps git from writing next to the repository's own index. */
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

  const made = new Map<string, Promise<string>>();
  const once = (key: string, make: () => Promise<string>): Promise<string> => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
  const writeBlob = (text: string): Promise<string> => once(`blob ${text}`, () => writeObject('blob', text));
  const writeHeadIndex = (): Promise<string> =>
    once('index', async () => {
      const index = join(folder, 'index');
      // An unborn branch has no HEAD commit.
      const head = await git.read(['rev-parse', '--verify', 'HEAD']).catch(() => null);
      await openGit({ ...variables, GIT_INDEX_FILE: index }).read([...NO_SPLIT, 'read-tree', head === null ? '--empty' : 'HEAD']);
      return index;
    });
  const copyOf = (index: string): string => {
    const copy = join(folder, `index-${number++}`);
    copyFileSync(index, copy);
    return copy;
  };

  return {
    variables,
    async writeIndex(name, text) {
      if (text === null) return copyOf(await writeHeadIndex());
      const index = await once(`index ${name} ${text}`, async () => {
        const copy = copyOf(await writeHeadIndex());
        const entry = `100644,${await writeBlob(text)},${name}`;
        await openGit({ ...variables, GIT_INDEX_FILE: copy }).read([...NO_SPLIT, 'update-index', '--add', '--cacheinfo', entry]);
        return copy;
      });
      return copyOf(index);
    },
    writeCommit: (name, text) =>
      once(`commit ${name} ${text}`, async () => {
        const tree = line(await git.read(['mktree'], { input: `100644 blob ${await writeBlob(text)}\t${name}\n` }));
        const who = `code-guardian doctor <doctor@localhost> 0 +0000`;
        return writeObject('commit', `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\ncanary\n`);
      }),
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

/** git splits the variable at colons unless a path is quoted as in C. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
