import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

type Chunk = (exports: unknown, require: (id: string) => unknown, module: { exports: unknown }, filename: string, dirname: string) => void;

/** Built-in modules that Node has not loaded when it starts, and that take it up to three milliseconds: most commits use none of them. */
const ON_FIRST_USE: ReadonlySet<string> = new Set(['node:crypto', 'node:os', 'node:zlib']);

/**
 * A loader for the files of our own bundle. Node's spends half a millisecond a file on finding out what it may be; here that is known.
 *
 * V8 keeps what it compiled, beside the files, one set a Node version: reading them then costs a third of the time, in every commit. It is
 * made anew where it does not fit; where the folder cannot be written to, nothing is kept.
 *
 * @param folder where the files are
 * @returns the exports of one of them
 */
export function createLoader(folder: string): (name: string) => unknown {
  const cache = join(folder, '.cache', `${process.version}-${process.arch}`);
  const loaded = new Map<string, { exports: unknown }>();
  const fresh: { readonly file: string; readonly script: Script }[] = [];

  const load = (name: string): unknown => {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const filename = join(folder, name);
    const file = join(cache, name);
    const cachedData = readIfThere(file);
    // The build writes each as the text of one function, in ASCII.
    const script = new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData === undefined ? {} : { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected === true) fresh.push({ file, script });
    const module = { exports: {} };
    loaded.set(name, module);
    (script.runInThisContext() as Chunk).call(module.exports, module.exports, require, module, filename, folder);
    return module.exports;
  };
  const require = (id: string): unknown => {
    if (id.startsWith('./')) return load(id.slice(2));
    return ON_FIRST_USE.has(id) ? onFirstUse(() => process.getBuiltinModule(id)) : process.getBuiltinModule(id);
  };

  process.once('exit', () => {
    if (fresh.length > 0) writeAll(cache, fresh);
  });
  return load;
}

/** Stands for an object that is fetched when something of it is asked for. */
function onFirstUse(fetch: () => object | undefined): object {
  return new Proxy({}, { get: (_, name) => Reflect.get(fetch()!, name) as unknown });
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    // Not yet, or not for us to read: V8 compiles as it always does.
    return undefined;
  }
}

function writeAll(cache: string, fresh: readonly { readonly file: string; readonly script: Script }[]): void {
  try {
    mkdirSync(cache, { recursive: true });
    for (const { file, script } of fresh) {
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, script.createCachedData());
      renameSync(temporary, file);
    }
  } catch {
    // Nothing is lost but time.
  }
}
