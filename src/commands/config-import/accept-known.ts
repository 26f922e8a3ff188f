import { readFileSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { KnownFinding } from '../../config/import/imported.ts';
import { decodeText } from '../../engine/decode.ts';
import { createScanner } from '../../engine/scanner.ts';
import type { SettledFinding } from '../../findings/finding.ts';
import { settle } from '../../findings/settle.ts';
import type { GitClient } from '../../git/client.ts';
import { type CommitFile, readCommitFiles } from '../../git/read-commit-files.ts';
import type { Policy } from '../../policy/policy.ts';
import { judgeKnown, type Scanned } from './judge-known.ts';

/** A finding that another scanner already knew, and why it is accepted. */
export interface Accepted {
  readonly finding: SettledFinding;
  readonly reason: string;
}

export interface Lookup {
  /** The folder that paths are relative to. */
  readonly top: string;
  /** Null outside a repository. */
  readonly git: GitClient | null;
  readonly policy: Policy;
  /** The imported file, for the reasons. */
  readonly source: string;
  readonly now: Date;
}

/** The result for known findings. */
export interface Outcome {
  readonly accepted: readonly Accepted[];
  /** One line for each that was not accepted. */
  readonly notes: readonly string[];
}

const TOO_LARGE = 'the file is larger than performance.maxFileSize';

/** Looks for known findings file by file: in the commit that an entry names, otherwise on disk. */
export async function acceptKnown(known: readonly KnownFinding[], { top, git, policy, source, now }: Lookup): Promise<Outcome> {
  const { maxFileSize } = policy.config.performance;
  const accepted: Accepted[] = [];
  const notes: string[] = [];
  const scan = createScan(policy, now, (note) => void notes.push(note));
  const take = (entries: readonly KnownFinding[], content: Buffer | string): void => {
    if (typeof content === 'string') return void notes.push(...entries.map((entry) => `${nameOf(entry)}: ${content}`));
    const scanned = scan(entries[0]!.path, content);
    for (const group of groupBy(entries, (entry) => (entry.kind === 'line' ? `${entry.line}` : entry.sha1)).values()) {
      const { findings, trouble } = judgeKnown(scanned, group);
      const first = group[0]!;
      const reason = first.kind === 'value' ? first.reason : `from ${source}`;
      accepted.push(...findings.map((finding) => ({ finding, reason })));
      if (trouble !== null) notes.push(`${nameOf(first)}: ${trouble}`);
    }
  };

  for (const [path, entries] of groupBy(known.filter(isNow), ({ path }) => path)) take(entries, readNow(top, path, maxFileSize));
  const versions = groupBy(known.filter(isThen), versionOf);
  if (git === null) {
    for (const entries of versions.values()) take(entries, 'not in a git repository');
  } else if (versions.size > 0) {
    const files = [...versions.values()].map(([entry]) => entry!);
    await readCommitFiles(git, files, maxFileSize, (file, content, size) => {
      take(versions.get(versionOf(file))!, content ?? (size === null ? 'that commit has no such file' : TOO_LARGE));
    });
  }
  return { accepted, notes };
}

type OfCommit = KnownFinding & CommitFile;

function isThen(entry: KnownFinding): entry is OfCommit {
  return entry.kind === 'line' && entry.commit !== null;
}

function isNow(entry: KnownFinding): boolean {
  return !isThen(entry);
}

function versionOf({ commit, path }: CommitFile): string {
  return `${commit}:${path}`;
}

function nameOf(entry: KnownFinding): string {
  return `${isThen(entry) ? `${entry.commit.slice(0, 12)}:` : ''}${entry.path}:${entry.line}`;
}

/** The content of a file, or why it cannot be read. */
function readNow(top: string, path: string, maxSize: number): Buffer | string {
  const file = resolve(top, path);
  if (!file.startsWith(top + sep)) return 'it is outside the repository';
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) return 'no such file';
  return stat.size > maxSize ? TOO_LARGE : readFileSync(file);
}

function createScan(policy: Policy, now: Date, tell: (note: string) => void): (path: string, content: Buffer) => Scanned {
  const scanner = createScanner(policy.contentRules, {
    ruleTimeout: policy.config.performance.ruleTimeout,
    now: now.getTime(),
    onFailure: ({ rule, path }) => tell(`${path}: rule ${rule} timed out`),
  });
  return (path, content) => {
    const { bytes } = decodeText(content);
    const matches = scanner.scan({ bytes, path, isActive: (rule) => policy.isActive(rule, path) });
    const { findings } = settle({ path, pathBytes: undefined, commit: undefined, bytes, matches, added: 'all', ignored: policy });
    return { lines: bytes.toString('latin1').split('\n'), matches, findings: findings.filter(({ category }) => category === 'secret') };
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
