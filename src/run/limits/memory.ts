import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { GuardianError } from '../../errors/guardian-error.ts';

const MIB = 2 ** 20;

/** Memory is checked once per this many bytes of content. Most commits have fewer. */
const STEP = 4 * MIB;
/** Memory that scanning takes, as a multiple of the content: its bytes, their decoded form, the text for the patterns, and what is left of the last one. */
const FACTOR = 4;
/** Address space that V8 takes in one step, and that our other threads take. */
const RESERVE = 128 * MIB;

/** Watches over the memory of a run. */
export interface MemoryGuard {
  /** Why a content of this size must not be read; null: there is room for it. */
  readonly refuse: (bytes: number) => string | null;
  /** What was refused, as an error; null: nothing. */
  readonly failure: () => GuardianError | null;
}

/** A limit of memory. */
interface Bound {
  /** The name people know: a key of the config, or the system's own word. */
  readonly name: string;
  readonly limit: number;
  /** Bytes of it that are in use now. */
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
            `not enough memory for all files: the limit of ${reached.name} is ${Math.floor(reached.limit / MIB)} MiB`,
            { hint: 'Give the run more memory, or exclude large files with `ignore.paths`.' },
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
    // Without a limit, Node returns a number larger than any machine's memory.
    ...(container > 0 && container < totalmem()
      ? [{ name: 'the memory of this container', limit: container, taken: rss, reserve: 0 }]
      : []),
    ...(addressSpace === null
      ? []
      : [{ name: 'the address space (`ulimit -v`)', limit: addressSpace, taken: readAddressSpace, reserve: RESERVE }]),
  ];
}

/** In bytes; null if there is none, or if the system does not tell. */
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
    // Only Linux has /proc.
    return '';
  }
}

/** V8 keeps what was scanned until it needs the memory, and it does not know our limits. */
function collectGarbage(): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  const { runInNewContext } = process.getBuiltinModule('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  // Memory outside V8's own heap is freed by the second pass.
  collect();
}
