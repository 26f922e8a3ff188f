import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { appendText } from '../disk/append.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import type { LedgerRecord } from './ledger-record.ts';
import type { TraceContext } from './trace-context.ts';

/** What a run leaves to be published by a process of its own: counts, rule ids, times, as in the ledger. */
export interface PublishedRun {
  readonly record: LedgerRecord;
  readonly trace: TraceContext;
  /** Milliseconds since 1970, with fractions. */
  readonly start: number;
  readonly end: number;
  readonly stages: readonly Stage[];
  /** The file that gets the metrics of the ledger; null: none. */
  readonly textfile: string | null;
  /** Base URL of an OTLP receiver; `''`: the one that `OTEL_EXPORTER_OTLP_…` names; null: nothing is sent. */
  readonly otlp: string | null;
  /** Header → where its value is; never the value. Absent in older runs. */
  readonly otlpHeaders?: Readonly<Record<string, string>>;
}

/** A part of a run, in the same. */
export interface Stage {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Runs, one a line, in the git directory of the worktree: the shim looks for it when the hook has ended. */
export const OUTBOX = 'outbox.jsonl';
/** Taken by a process that publishes it. */
const TAKEN = /^outbox\.\d+-\d+\.jsonl$/;
/** What nobody takes any more is dropped above that. */
const MAX_BYTES = 1024 * 1024;
/** What nobody could publish for so long is dropped. Milliseconds. */
const MAX_AGE = 24 * 60 * 60 * 1000;
/** A process that took it so long ago is gone. Milliseconds. */
const STALE = 60_000;

/** Leaves a run to be published. */
export function leaveRun(gitDir: string, run: PublishedRun): void {
  const folder = stateFolder(gitDir);
  const file = join(folder, OUTBOX);
  // Nobody has published for a long time: what is old is of no use.
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) rmSync(file, { force: true });
  inStateFolder(folder, () => appendText(file, `${JSON.stringify(run)}\n`));
}

/** Runs that one process has to itself. */
export interface TakenRuns {
  readonly runs: readonly PublishedRun[];
  /** They have been published. Until then they are found again, by the next process. */
  readonly done: () => void;
}

/** Takes what is there, and what was left by a process that did not end well. */
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
    // Nothing was ever left here.
    return [];
  }
}

/** Only one of several processes can take a file away. Null: another one has. */
function take(file: string, mine: string, now: Date): string | null {
  try {
    renameSync(file, mine);
    utimesSync(mine, now, now);
    return mine;
  } catch {
    return null;
  }
}

/** Nothing where the line is torn. */
function parseRun(line: string): PublishedRun[] {
  try {
    const run = JSON.parse(line) as PublishedRun;
    return typeof run.record.run === 'string' && typeof run.trace.traceId === 'string' && Array.isArray(run.stages) ? [run] : [];
  } catch {
    return [];
  }
}
