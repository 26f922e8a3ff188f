import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { replaceFile } from '../disk/replace-file.ts';
import { VERSION } from '../host/version.ts';

type Chunk = (exports: unknown, require: (id: string) => unknown, module: { exports: unknown }) => void;

/** V8 compiles a function at its first call, and no two runs call the same functions: this many runs add theirs. */
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

/** Bytes after the code: one for the number of runs in it, eight for the time of the last change of its source. */
const TRAILER = 9;

/**
 * A loader for the chunks of our bundle. Node's own would cost each commit 26 ms more: it compiles all code again, and spends half a
 * millisecond per file on finding out what the file is.
 *
 * The code that V8 compiled is kept next to the files. It is compiled again if it does not fit; if the folder is not writable, nothing is
 * kept. Of the source V8 checks only the length, so the code is kept per release, and used only while the source has the same time of change.
 *
 * @param folder folder of the files
 * @param purpose runs of one purpose use the same functions: compiled code is kept for each, and for each version of Node
 * @param chunksOnFirstUse chunks to load when one of their exports is used, as `require` names them
 * @returns loads a chunk by its name, and returns its exports
 */
export function createLoader(folder: string, purpose: string, chunksOnFirstUse: readonly string[]): (name: string) => unknown {
  const isOnFirstUse = new Set(chunksOnFirstUse);
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
    if (!id.startsWith('./')) return process.getBuiltinModule(id);
    const fetch = (): unknown => load(id.slice(2));
    return isOnFirstUse.has(id) ? onFirstUse(fetch as () => object) : fetch();
  };

  process.once('exit', () => {
    if (unsettled.length > 0) writeAll(cache, unsettled);
  });
  return load;
}

/** Fetches an object when one of its properties is read. */
function onFirstUse(fetch: () => object): object {
  return new Proxy({}, { get: (_, name) => Reflect.get(fetch(), name) as unknown });
}

/** The kept code of a source that has not changed since, and the number of runs in it. */
function readKept(file: string, changed: number): { readonly code: Buffer; readonly runs: number } | null {
  try {
    const kept = readFileSync(file);
    const end = kept.length - TRAILER;
    return end > 0 && kept.readDoubleLE(end + 1) === changed ? { code: kept.subarray(0, end), runs: kept[end]! } : null;
  } catch {
    // Missing or unreadable: V8 compiles the source.
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
    // Only time is lost.
  }
}
