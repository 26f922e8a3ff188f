import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { GuardianError } from '../../errors/guardian-error.ts';

const MIB = 2 ** 20;

/** Memory is looked at once in so many bytes of content: most commits have fewer. */
const STEP = 4 * MIB;
/** What scanning takes, as a multiple of the content: its bytes, their decoded form, the text that patterns are tried on, and what of the last one is not yet given back. */
const FACTOR = 4;
/** What V8 takes at once where it needs more address space, and what other threads of ours do. */
const RESERVE = 128 * MIB;

/** Watches over the memory of a run. */
export interface MemoryGuard {
  /** Why a content of so many bytes must not be read; null: there is room for it. */
  readonly refuse: (bytes: number) => string | null;
  /** What has been refused, as an error; null: nothing. */
  readonly failure: () => GuardianError | null;
}

/** Something that memory ends at. */
interface Bound {
  /** As a reader knows it: a key of the config, or what the system calls it. */
  readonly name: string;
  readonly limit: number;
  /** Bytes that are taken of it now. */
  readonly taken: () => number;
  readonly reserve: number;
}

/** @param memoryLimit `performance.memoryLimit` in bytes */
export function createMemoryGuard(memoryLimit: number | null): MemoryGuard {
  let bounds: readonly Bound[] | undefined;
  let unseen = 0;
  let reached: Bound | undefined;

  return {
    refuse(bytes) {
      unseen += bytes;
      if (unseen < STEP && memoryLimit === null) return null;
      unseen = 0;
      bounds ??= listBounds(memoryLimit);
      const tight = bounds.find((bound) => !hasRoom(bound, bytes));
      if (tight === undefined) return null;
      collectGarbage();
      if (hasRoom(tight, bytes)) return null;
      reached = tight;
      return tight.name;
    },
    failure: () =>
      reached === undefined
        ? null
        : new GuardianError(
            'LIMIT_EXCEEDED',
            `there was not enough memory for all files: ${reached.name} ends at ${Math.floor(reached.limit / MIB)} MiB`,
            { hint: 'Give the run more memory, or leave large files out by `ignore.paths`.' },
          ),
  };
}

function hasRoom({ limit, taken, reserve }: Bound, bytes: number): boolean {
  return limit - taken() - reserve >= bytes * FACTOR;
}

function listBounds(memoryLimit: number | null): Bound[] {
  const rss = (): number => process.memoryUsage.rss();
  const container = process.constrainedMemory();
  const addressSpace = readAddressSpaceLimit();
  return [
    ...(memoryLimit === null ? [] : [{ name: 'performance.memoryLimit', limit: memoryLimit, taken: rss, reserve: 0 }]),
    // Where there is none Node tells of a number that no machine has.
    ...(container > 0 && container < totalmem()
      ? [{ name: 'the memory of this container', limit: container, taken: rss, reserve: 0 }]
      : []),
    ...(addressSpace === null
      ? []
      : [{ name: 'the address space (`ulimit -v`)', limit: addressSpace, taken: readAddressSpace, reserve: RESERVE }]),
  ];
}

/** In bytes; null where there is none, or nobody tells. */
function readAddressSpaceLimit(): number | null {
  const [, bytes] = /^Max address space +(\d+)/m.exec(readProcess('limits')) ?? [];
  return bytes === undefined ? null : Number(bytes);
}

function readAddressSpace(): number {
  const [, kibibytes] = /^VmSize:\s+(\d+)/m.exec(readProcess('status')) ?? [];
  return Number(kibibytes ?? 0) * 1024;
}

function readProcess(name: string): string {
  try {
    return readFileSync(`/proc/self/${name}`, 'latin1');
  } catch {
    // Only Linux tells of itself so.
    return '';
  }
}

/** What has been scanned is still held until V8 sees a need; it does not know of our limits. */
function collectGarbage(): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  const { runInNewContext } = process.getBuiltinModule('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  // What lies outside of V8's own memory is given back by the next one.
  collect();
}
