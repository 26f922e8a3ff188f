import { closeSync, fstatSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { appendText, openToAppend } from '../disk/append.ts';
import { withLock } from '../disk/lock.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import { addRecord, emptyTotals, type LedgerRecord, parseRecord, parseTotals, type Totals } from './ledger-record.ts';

/** Records of runs, one per line, newest last. */
const FILE = 'ledger.jsonl';
/** Earlier records: whole files, with ascending numbers. */
const SET_ASIDE = /^ledger\.(\d+)\.jsonl$/;
/** The sum of all older records, so that counters never decrease. */
const TOTALS = 'ledger-totals.json';
const LOCK = 'ledger.lock';

/** Written into a file that is being summed up: later lines do not count. */
const SEAL = '\n"summed up"';

/** The file is rotated at this size in bytes, some 1,500 runs. */
const MAX_BYTES = 512 * 1024;

/** The ledger of a repository. */
export interface Ledger {
  /** The sum of the runs before `records`. */
  readonly totals: Totals;
  /** Oldest first. */
  readonly records: readonly LedgerRecord[];
}

/**
 * Appends one record. Safe for concurrent processes: each line is appended in one write. A killed run leaves a whole line, none, or a torn one,
 * which readers skip.
 *
 * @param commonDir git directory shared by all worktrees
 */
export function appendRecord(commonDir: string, record: LedgerRecord, maxBytes = MAX_BYTES): void {
  const folder = stateFolder(commonDir);
  // The line end comes first, so that a torn line before it does no harm.
  const line = `\n${JSON.stringify(record)}`;
  let size = writeLine(folder, line);
  while (size === null) size = writeLine(folder, line);
  if (size > maxBytes) setAside(folder, maxBytes);
}

/** @returns size of the file afterwards; null: the file was summed up meanwhile, so the line does not count */
function writeLine(folder: string, line: string): number | null {
  const descriptor = inStateFolder(folder, () => openToAppend(join(folder, FILE)));
  try {
    writeSync(descriptor, line);
    const { size, ino } = fstatSync(descriptor);
    const isCurrent = statSync(join(folder, FILE), { throwIfNoEntry: false })?.ino === ino;
    return isCurrent || isBeforeSeal(descriptor, size, line) ? size : null;
  } finally {
    closeSync(descriptor);
  }
}

/** Appends have one order across processes; the descriptor still shows it after the file is removed. */
function isBeforeSeal(descriptor: number, size: number, line: string): boolean {
  const bytes = Buffer.alloc(size);
  readSync(descriptor, bytes, 0, size, 0);
  const seal = bytes.indexOf(SEAL);
  return seal < 0 || bytes.lastIndexOf(line) < seal;
}

/** Reads everything; unreadable parts count as empty. */
export function readLedger(commonDir: string): Ledger {
  const folder = stateFolder(commonDir);
  const totals = readTotals(folder);
  const files = [
    ...listSetAside(folder)
      .filter(({ number }) => number > totals.folded)
      .map(({ name }) => name),
    FILE,
  ];
  return { totals, records: files.flatMap((name) => readRecords(join(folder, name))) };
}

/**
 * Rotates the file, and sums up the previously rotated one: its last writers have long finished, or see the seal and write again. If this is
 * killed, each record still counts once, because the totals name the last file that they include.
 */
function setAside(folder: string, maxBytes: number): void {
  withLock(join(folder, LOCK), () => {
    // Another process may have rotated meanwhile, and others may still write to the rotated file.
    if ((statSync(join(folder, FILE), { throwIfNoEntry: false })?.size ?? 0) <= maxBytes) return;
    let totals = readTotals(folder);
    for (const { name, number } of listSetAside(folder)) {
      const file = join(folder, name);
      if (number > totals.folded) {
        appendText(file, SEAL);
        totals = { ...readRecords(file).reduce(addRecord, totals), folded: number };
        replaceFile(join(folder, TOTALS), JSON.stringify(totals));
      }
      rmSync(file, { force: true });
    }
    renameSync(join(folder, FILE), join(folder, `ledger.${totals.folded + 1}.jsonl`));
  });
}

function listSetAside(folder: string): { readonly name: string; readonly number: number }[] {
  try {
    return readdirSync(folder)
      .flatMap((name) => {
        const number = SET_ASIDE.exec(name)?.[1];
        return number === undefined ? [] : [{ name, number: Number(number) }];
      })
      .toSorted((a, b) => a.number - b.number);
  } catch {
    // No run was recorded yet.
    return [];
  }
}

function readTotals(folder: string): Totals {
  try {
    return parseTotals(readFileSync(join(folder, TOTALS), 'utf8')) ?? emptyTotals();
  } catch {
    // Nothing was summed up yet.
    return emptyTotals();
  }
}

function readRecords(file: string): LedgerRecord[] {
  try {
    const [counted = ''] = readFileSync(file, 'utf8').split(SEAL);
    return counted.split('\n').filter(Boolean).flatMap(parseRecord);
  } catch {
    // No run was recorded yet.
    return [];
  }
}
