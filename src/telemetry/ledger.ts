import { closeSync, fstatSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { appendText, openToAppend } from '../disk/append.ts';
import { withLock } from '../disk/lock.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import { addRecord, emptyTotals, type LedgerRecord, parseRecord, parseTotals, type Totals } from './ledger-record.ts';

/** Records of runs, one a line, newest last. */
const FILE = 'ledger.jsonl';
/** The records before those: set aside whole, with a number that grows. */
const SET_ASIDE = /^ledger\.(\d+)\.jsonl$/;
/** What the records said that were set aside before that, summed up: counters never go back. */
const TOTALS = 'ledger-totals.json';
const LOCK = 'ledger.lock';

/** Stands in a file that is being summed up: what comes behind it does not count. */
const SEAL = '\n"summed up"';

/** Past so many bytes, some 1,500 runs, the file is set aside. */
const MAX_BYTES = 512 * 1024;

/** What the ledger of a repository says. */
export interface Ledger {
  /** Runs before those of `records`, summed up. */
  readonly totals: Totals;
  /** Oldest first. */
  readonly records: readonly LedgerRecord[];
}

/**
 * Appends one record. Processes may do so side by side: a line is written at once, at the end. A run that is killed leaves a whole line, none,
 * or a torn one, which readers pass over.
 *
 * @param commonDir git directory that all worktrees share
 */
export function appendRecord(commonDir: string, record: LedgerRecord, maxBytes = MAX_BYTES): void {
  const folder = stateFolder(commonDir);
  // The line's end stands before it: behind a torn line the new one begins on its own.
  const line = `\n${JSON.stringify(record)}`;
  let size = writeLine(folder, line);
  while (size === null) size = writeLine(folder, line);
  if (size > maxBytes) setAside(folder, maxBytes);
}

/** @returns bytes of the file then; null: it was summed up while we came to write, so the line does not count */
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

/** All that is appended has one order, whoever appends it: the descriptor still shows it when the file is gone. */
function isBeforeSeal(descriptor: number, size: number, line: string): boolean {
  const bytes = Buffer.alloc(size);
  readSync(descriptor, bytes, 0, size, 0);
  const seal = bytes.indexOf(SEAL);
  return seal < 0 || bytes.lastIndexOf(line) < seal;
}

/** Reads all that is there; what cannot be read counts as nothing. */
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
 * Sets the file aside, and sums up the one that was set aside before: whoever was still writing to that one has long finished, or sees the
 * seal and writes again. Whenever it is stopped, each record is counted once: the totals name the last file that is in them.
 */
function setAside(folder: string, maxBytes: number): void {
  withLock(join(folder, LOCK), () => {
    // Another process may have done so meanwhile, and others may still write to what it has set aside.
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
