import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

type Chunk = (exports: unknown, require: (id: string) => unknown, module: { exports: unknown }) => void;

/** What takes up to three milliseconds to load, and what many a commit uses nothing of. */
const ON_FIRST_USE: ReadonlySet<string> = new Set(['node:crypto', 'node:os', 'node:zlib', './common.cjs', './providers.cjs']);

/** V8 keeps what it has compiled until then, and no two runs use the same functions: so many runs add theirs. */
const RUNS_KEPT = 3;

/** Compiled code on its way to the disk. */
interface Compiled {
  readonly file: string;
  readonly script: Script;
  /** Runs that are in it, this one included. */
  readonly runs: number;
}

/**
 * A loader for the chunks of our own bundle. Node's spends half a millisecond a file on finding out what it may be; here that is known.
 *
 * V8 keeps what it compiled, beside the files: reading them then costs a third of the time, in every commit. It is made anew where it does
 * not fit; where the folder cannot be written to, nothing is kept.
 *
 * @param folder where the files are
 * @param purpose runs of one purpose use the same functions: compiled code is kept for each, and for each version of Node
 * @returns loads a chunk by its name, to its exports
 */
export function createLoader(folder: string, purpose: string): (name: string) => unknown {
  const cache = join(folder, '.cache', `${process.version}-${process.arch}`, purpose);
  const chunks: Record<string, Chunk> = {};
  const loaded = new Map<string, { exports: unknown }>();
  const unsettled: Compiled[] = [];

  /** The build writes each file as an object of its chunks, in ASCII. */
  const read = (name: string): void => {
    const filename = join(folder, name);
    const file = join(cache, name);
    const kept = readKept(file);
    const script = new Script(readFileSync(filename, 'latin1'), {
      filename,
      ...(kept === null ? {} : { cachedData: kept.subarray(0, -1) }),
    });
    const runs = kept === null || script.cachedDataRejected === true ? 0 : kept.at(-1)!;
    if (runs < RUNS_KEPT) unsettled.push({ file, script, runs: runs + 1 });
    Object.assign(chunks, script.runInThisContext());
  };
  const load = (name: string): unknown => {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    if (chunks[name] === undefined) read(name);
    const module = { exports: {} };
    loaded.set(name, module);
    chunks[name]!(module.exports, require, module);
    return module.exports;
  };
  const require = (id: string): unknown => {
    const fetch = (): unknown => (id.startsWith('./') ? load(id.slice(2)) : process.getBuiltinModule(id));
    return ON_FIRST_USE.has(id) ? onFirstUse(fetch as () => object) : fetch();
  };

  process.once('exit', () => {
    if (unsettled.length > 0) writeAll(cache, unsettled);
  });
  return load;
}

/** Stands for an object that is fetched when something of it is asked for. */
function onFirstUse(fetch: () => object): object {
  return new Proxy({}, { get: (_, name) => Reflect.get(fetch(), name) as unknown });
}

/** Compiled code, and in the last byte how many runs are in it. */
function readKept(file: string): Buffer | null {
  try {
    const kept = readFileSync(file);
    return kept.length > 1 ? kept : null;
  } catch {
    // Not yet, or not for us to read: V8 compiles as it always does.
    return null;
  }
}

function writeAll(cache: string, compiled: readonly Compiled[]): void {
  try {
    mkdirSync(cache, { recursive: true });
    for (const { file, script, runs } of compiled) {
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, Buffer.concat([script.createCachedData(), Buffer.of(runs)]));
      renameSync(temporary, file);
    }
  } catch {
    // Nothing is lost but time.
  }
}
