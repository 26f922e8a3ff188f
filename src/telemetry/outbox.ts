import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { appendText } from '../disk/append.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import type { LedgerRecord } from './ledger-record.ts';
import type { TraceContext } from './trace-context.ts';

/** A run to be published by a separate process: counts, rule ids and times, as in the ledger. */
export interface PublishedRun {
  readonly record: LedgerRecord;
  readonly trace: TraceContext;
  /** Milliseconds since 1970, with fractions. */
  readonly start: number;
  readonly end: number;
  readonly stages: readonly Stage[];
  /** The file for the metrics of the ledger; null: none. */
  readonly textfile: string | null;
  /** Base URL of an OTLP receiver; `''`: from `OTEL_EXPORTER_OTLP_…`; null: do not send. */
  readonly otlp: string | null;
  /** Header → reference to its value, never the value. Absent in older runs. */
  readonly otlpHeaders?: Readonly<Record<string, string>>;
}

/** A step of a run, with the same units. */
export interface Stage {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Runs, one per line, in the git directory of the worktree. The shim checks for it after the hook. */
export const OUTBOX = 'outbox.jsonl';
/** A file taken by a publishing process. */
const TAKEN = /^outbox\.\d+-\d+\.jsonl$/;
/** Above this size in bytes, unpublished runs are dropped. */
const MAX_BYTES = 1024 * 1024;
/** Runs that could not be published for this long are dropped. Milliseconds. */
const MAX_AGE = 24 * 60 * 60 * 1000;
/** A process that took a file this long ago is gone. Milliseconds. */
const STALE = 60_000;

/** Queues a run for publishing. */
export function leaveRun(gitDir: string, run: PublishedRun): void {
  const folder = stateFolder(gitDir);
  const file = join(folder, OUTBOX);
  // Nothing was published for a long time: drop the old runs.
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) rmSync(file, { force: true });
  inStateFolder(folder, () => appendText(file, `${JSON.stringify(run)}\n`));
}

/** Runs that one process has taken. */
export interface TakenRuns {
  readonly runs: readonly PublishedRun[];
  /** Call when they are published. Until then the next process finds them again. */
  readonly done: () => void;
}

/** Takes the queue, and what a failed process left. */
export function takeRuns(gitDir: string, now: Date): TakenRuns {
  const folder = stateFolder(gitDir);
  const taken = namesIn(folder)
    .filter((name) => name === OUTBOX || now.getTime() - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) > STALE)
    .map((name, i) => take(join(folder, name), join(folder, `outbox.${process.pid}-${i}.jsonl`), now))
    .filter((file) => file !== null);
  return {
    runs: taken
      .flatMap((file) => readFileSync(file, 'utf8').split('\n').flatMap(parseRun))
      .filter(({ end }) => now.getTime() - end < MAX_AGE),
    done: () => taken.forEach((file) => rmSync(file, { force: true })),
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name === OUTBOX || TAKEN.test(name));
  } catch {
    // No queue.
    return [];
  }
}

/** Only one of several processes can take a file. Null: another one has. */
function take(file: string, mine: string, now: Date): string | null {
  try {
    renameSync(file, mine);
    utimesSync(mine, now, now);
    return mine;
  } catch {
    return null;
  }
}

/** Empty for a torn line. */
function parseRun(line: string): PublishedRun[] {
  try {
    const run = JSON.parse(line) as PublishedRun;
    return typeof run.record.run === 'string' && typeof run.trace.traceId === 'string' && Array.isArray(run.stages) ? [run] : [];
  } catch {
    return [];
  }
}
