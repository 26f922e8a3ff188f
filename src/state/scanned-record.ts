import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checksumOf, type RawRecord } from '../diff/changed-file.ts';
import { PRIVATE, replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import { BUILD } from '../host/version.ts';

/**
 * A cache of commits and blobs (under a path) that were scanned without any finding by one policy. It is in the common git directory, with one
 * file per policy. If it is missing, damaged or not ours, everything is scanned again.
 *
 * The file is text: a line `code-guardian scanned 2 POLICY COUNT CHECKSUM`, then COUNT keys of 24 hex digits, one per line, ascending.
 */
export interface ScannedRecord {
  readonly hasCommit: (id: string) => boolean;
  readonly hasContent: (record: RawRecord) => boolean;
  /** The commit was fully scanned without a finding, not even a suppressed one or a warning. */
  readonly addCommit: (id: string) => void;
  /** No rule matches anywhere in a blob at this path, on added lines or not. */
  readonly addContent: (record: RawRecord) => void;
  /** Writes new entries. Never fails: what cannot be written is scanned again. */
  readonly save: () => void;
}

/** Hex digits of a key. */
const KEY = 24;
/** A key and its line end. */
const LINE = KEY + 1;
/** Largest number of keys (1.6 MiB): some 20,000 commits with their files. Above that, arbitrary old ones are dropped. */
const MAX_KEYS = 1 << 16;
/** Policies that are kept: most repositories use one, or one locally and another in CI. */
const MAX_RECORDS = 4;
/** A temporary file of this age was left by a killed process. */
const ABANDONED_MS = 60 * 60 * 1000;

const PREFIX = 'scanned-';

/**
 * Opens the record of a policy.
 *
 * @param commonDir the git directory shared by all worktrees
 * @param policy everything that affects the findings, as text: the config layers and the rules that this run skips
 */
export function openScannedRecord(commonDir: string, policy: string): ScannedRecord {
  const folder = stateFolder(commonDir);
  const digest = createHash('sha1').update(`${BUILD}\0${policy}`).digest('hex');
  const file = join(folder, `${PREFIX}${digest.slice(0, 16)}`);
  const [known, version] = [readKeys(file, digest), versionOf(file)];
  const added = new Set<string>();
  const has = (key: string): boolean => isIn(known, key) || added.has(key);
  return {
    hasCommit: (id) => has(commitKey(id)),
    hasContent: (record) => has(contentKey(record)),
    addCommit: (id) => void added.add(commitKey(id)),
    addContent: (record) => void added.add(contentKey(record)),
    save() {
      const fresh = [...added].filter((key) => !isIn(known, key));
      if (fresh.length === 0) return;
      try {
        // A concurrent push may have written: keep its keys, too.
        const old = versionOf(file) === version ? known : readKeys(file, digest);
        const keys = mergeKeys(old, fresh);
        // Of two writers at once the later one wins, and what the other found is scanned again.
        inStateFolder(folder, () => replaceFile(file, headOf(digest, keys) + keys, { mode: PRIVATE }));
        removeOld(folder);
      } catch {
        // Not writable: the next push scans these again.
      }
    },
  };
}

/** A commit's id is a digest already. */
function commitKey(id: string): string {
  return id.slice(0, KEY);
}

/** A blob id is a digest, too. The path decides which rules apply; mode and status matter to rules about files. */
function contentKey({ newMode, newBlob, status, pathBytes }: RawRecord): string {
  const place = checksumOf(pathBytes, parseInt(newMode, 8) + (status.includes('A') ? 1 : 0));
  return newBlob.slice(0, KEY - 8) + place.toString(16).padStart(8, '0');
}

/** Identifies a state of a file; '' if it does not exist or is not readable. */
function versionOf(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}

/** The keys in the file; none if the file is invalid. */
function readKeys(file: string, digest: string): string {
  let text: string;
  try {
    if (statSync(file).size > MAX_KEYS * LINE + 1024) return '';
    text = readFileSync(file, 'latin1');
  } catch {
    // Missing, or not readable.
    return '';
  }
  const keys = text.slice(text.indexOf('\n') + 1);
  return text.startsWith(headOf(digest, keys)) && keys.length % LINE === 0 ? keys : '';
}

function headOf(digest: string, keys: string): string {
  return `code-guardian scanned 2 ${digest} ${keys.length / LINE} ${wordSumOf(keys).toString(16)}\n`;
}

/** Detects damage; not a signature. Like FNV-1a, but four bytes at a time, because V8 has not compiled it when it runs. */
function wordSumOf(keys: string): number {
  const bytes = Buffer.alloc(Math.ceil(keys.length / 4) * 4);
  bytes.write(keys, 'latin1');
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let sum = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) {
    sum = Math.imul(sum ^ words[i]!, 0x01000193);
    sum ^= sum >>> 15;
  }
  return sum >>> 0;
}

/** The position of a key among ascending keys, or where it would be. */
function placeOf(keys: string, key: string): number {
  let low = 0;
  let high = keys.length / LINE;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys.slice(middle * LINE, middle * LINE + KEY) < key) low = middle + 1;
    else high = middle;
  }
  return low * LINE;
}

function isIn(keys: string, key: string): boolean {
  const place = placeOf(keys, key);
  return keys.slice(place, place + KEY) === key;
}

/** Merges new keys into old ones. Keys are digests, so any old ones may be dropped: keep those at regular positions. */
function mergeKeys(keys: string, fresh: readonly string[]): string {
  const added = [...new Set(fresh.slice(-MAX_KEYS))].toSorted();
  const old = thinOut(keys, MAX_KEYS - added.length);
  let merged = '';
  let at = 0;
  for (const key of added) {
    const place = placeOf(old, key);
    if (old.slice(place, place + KEY) === key) continue;
    merged += `${old.slice(at, place)}${key}\n`;
    at = place;
  }
  return merged + old.slice(at);
}

function thinOut(keys: string, most: number): string {
  const count = keys.length / LINE;
  if (count <= most) return keys;
  let kept = '';
  for (let i = 0; i < most; i++) {
    const from = Math.floor((i * count) / most) * LINE;
    kept += keys.slice(from, from + LINE);
  }
  return kept;
}

/** Removes records of unused policies, and partial files. */
function removeOld(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => ({ path: join(folder, name), mtime: statSync(join(folder, name)).mtimeMs, isTemporary: name.endsWith('.tmp') }))
    .toSorted((a, b) => b.mtime - a.mtime);
  const abandoned = files.filter(({ isTemporary, mtime }) => isTemporary && Date.now() - mtime > ABANDONED_MS);
  const outdated = files.filter(({ isTemporary }) => !isTemporary).slice(MAX_RECORDS);
  for (const { path } of [...abandoned, ...outdated]) rmSync(path, { force: true });
}
