import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { replaceFile } from '../disk/replace-file.ts';
import { VERSION } from '../host/version.ts';

type Chunk = (exports: unknown, require: (id: string) => unknown, module: { exports: unknown }) => void;

/** Node's own modules that take up to three milliseconds to load, and that many a commit needs nothing of. */
const MODULES_ON_FIRST_USE: readonly string[] = ['node:child_process', 'node:crypto', 'node:os', 'node:zlib'];

/** V8 keeps what it has compiled until then, and no two runs use the same functions: so many runs add theirs. */
const RUNS_KEPT = 3;

/** Compiled code on its way to the disk. */
interface Compiled {
  readonly file: string;
  readonly script: Script;
  /** Runs that are in it, this one included. */
  readonly runs: number;
  /** When its source was last changed. */
  readonly changed: number;
}

/** What stands behind the code: how many runs are in it, a byte; when its source was last changed, eight. */
const TRAILER = 9;

/**
 * A loader for the chunks of our own bundle. Node's spends half a millisecond a file on finding out what it may be; here that is known.
 *
 * V8 keeps what it compiled, beside the files: reading them then costs a third of the time, in every commit. It is made anew where it does
 * not fit; where the folder cannot be written to, nothing is kept. V8 itself looks at no more of the source than how long it is, so code is kept
 * for each release, and for a file as it was when it was read.
 *
 * @param folder where the files are
 * @param purpose runs of one purpose use the same functions: compiled code is kept for each, and for each version of Node
 * @param chunksOnFirstUse chunks that are loaded when something of them is used, as `require` names them
 * @returns loads a chunk by its name, to its exports
 */
export function createLoader(folder: string, purpose: string, chunksOnFirstUse: readonly string[]): (name: string) => unknown {
  const isOnFirstUse = new Set([...MODULES_ON_FIRST_USE, ...chunksOnFirstUse]);
  const cache = join(folder, '.cache', VERSION, `${process.version}-${process.arch}`, purpose);
  const chunks: Record<string, Chunk> = {};
  const loaded = new Map<string, { exports: unknown }>();
  const unsettled: Compiled[] = [];

  /** The build writes each file as an object of its chunks, in ASCII. */
  const read = (name: string): void => {
    const filename = join(folder, name);
    const file = join(cache, name);
    const changed = statSync(filename).mtimeMs;
    const kept = readKept(file, changed);
    const script = new Script(readFileSync(filename, 'latin1'), { filename, ...(kept === null ? {} : { cachedData: kept.code }) });
    const runs = kept === null || script.cachedDataRejected === true ? 0 : kept.runs;
    if (runs < RUNS_KEPT) unsettled.push({ file, script, runs: runs + 1, changed });
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
    return isOnFirstUse.has(id) ? onFirstUse(fetch as () => object) : fetch();
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

/** Code that was kept of a source that has not changed since, and how many runs are in it. */
function readKept(file: string, changed: number): { readonly code: Buffer; readonly runs: number } | null {
  try {
    const kept = readFileSync(file);
    const end = kept.length - TRAILER;
    return end > 0 && kept.readDoubleLE(end + 1) === changed ? { code: kept.subarray(0, end), runs: kept[end]! } : null;
  } catch {
    // Not yet, or not for us to read: V8 compiles as it always does.
    return null;
  }
}

function writeAll(cache: string, compiled: readonly Compiled[]): void {
  try {
    mkdirSync(cache, { recursive: true });
    for (const { file, script, runs, changed } of compiled) {
      const trailer = Buffer.alloc(TRAILER, runs);
      trailer.writeDoubleLE(changed, 1);
      replaceFile(file, Buffer.concat([script.createCachedData(), trailer]));
    }
  } catch {
    // Nothing is lost but time.
  }
}
