import type { Finding, Suppressed } from './finding.ts';

/** Findings of one report. */
export interface Side {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Id of the fingerprint key; absent: unknown. */
  readonly keyId?: string;
}

/** One finding in two reports. */
export interface Pair<B extends Finding = Finding, N extends Finding = Finding> {
  readonly before: B;
  readonly now: N;
}

export interface Comparison {
  /** `place`: the fingerprint keys differ, so findings are matched by rule, file and redacted line. */
  readonly matchedBy: 'fingerprint' | 'place';
  /** Reported now, but missing or suppressed before. */
  readonly added: readonly { readonly finding: Finding; readonly wasSuppressed: Suppressed | null }[];
  /** No longer reported or suppressed. */
  readonly fixed: readonly Finding[];
  /** Reported before, suppressed now. */
  readonly accepted: readonly Pair<Finding, Suppressed>[];
  /** Reported in both, on the same line or another. */
  readonly unchanged: readonly Pair[];
}

type Identify = (finding: Finding) => readonly (string | number | undefined)[];

/** Keys for pairing findings, strictest first. Each finding is paired once. */
const BY_FINGERPRINT: readonly Identify[] = [
  ({ fingerprint, path, line, column, commit }) => [fingerprint, path, line, column, commit],
  ({ fingerprint, path, commit }) => [fingerprint, path, commit],
  ({ fingerprint, path }) => [fingerprint, path],
  ({ fingerprint }) => [fingerprint],
];
const BY_PLACE: readonly Identify[] = [
  ({ rule, path, line, column, commit, secret, excerpt }) => [rule, path, line, column, commit, secret, excerpt],
  ({ rule, path, secret, excerpt }) => [rule, path, secret, excerpt],
  // The same value on a line that changed around it; without a value this is the only clue.
  ({ rule, path, secret, excerpt }) => (secret === undefined ? [rule, path, '', excerpt] : [rule, path, secret]),
];

/** New, fixed and unchanged findings between two reports. A second place of the same value is a separate finding. */
export function compareFindings(before: Side, now: Side): Comparison {
  const matchedBy = hasSameKey(before, now) ? 'fingerprint' : 'place';
  const { pairs, gone, come } = pair(before, now, matchedBy === 'fingerprint' ? BY_FINGERPRINT : BY_PLACE);
  return {
    matchedBy,
    added: [
      ...come.filter((one) => !isSuppressed(one)).map((finding) => ({ finding, wasSuppressed: null })),
      ...pairs.flatMap(({ before: old, now: finding }) =>
        isSuppressed(old) && !isSuppressed(finding) ? [{ finding, wasSuppressed: old }] : [],
      ),
    ],
    fixed: gone.filter((one) => !isSuppressed(one)),
    accepted: pairs.flatMap(({ before: old, now: one }) => (!isSuppressed(old) && isSuppressed(one) ? [{ before: old, now: one }] : [])),
    unchanged: pairs.filter(({ before: old, now: one }) => !isSuppressed(old) && !isSuppressed(one)),
  };
}

function isSuppressed(finding: Finding): finding is Suppressed {
  return 'by' in finding;
}

/** Each clone has its own key unless a baseline provides one. If no report names its key, disjoint fingerprints indicate different keys. */
function hasSameKey(before: Side, now: Side): boolean {
  if (before.keyId !== undefined && now.keyId !== undefined) return before.keyId === now.keyId;
  const [a, b] = [all(before), all(now)];
  const known = new Set(a.map(({ fingerprint }) => fingerprint));
  if (a.length === 0 || b.length === 0 || b.some(({ fingerprint }) => known.has(fingerprint))) return true;
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  const places = new Set(many.map(placeOf));
  return !few.every((finding) => places.has(placeOf(finding)));
}

function placeOf({ rule, path, line }: Finding): string {
  return JSON.stringify([rule, path, line]);
}

/** Reported findings come first, so that they are paired before suppressed ones. */
function all({ findings, suppressed }: Side): Finding[] {
  return [...findings, ...suppressed];
}

function pair(
  before: Side,
  now: Side,
  ways: readonly Identify[],
): { readonly pairs: Pair[]; readonly gone: Finding[]; readonly come: Finding[] } {
  const pairs: Pair[] = [];
  let [gone, come] = [all(before), all(now)];
  for (const identify of ways) {
    const left = new Map<string, Finding[]>();
    for (const finding of gone) {
      const key = JSON.stringify(identify(finding));
      const some = left.get(key);
      if (some === undefined) left.set(key, [finding]);
      else some.push(finding);
    }
    const found = new Map(
      come.flatMap((finding) => {
        const old = left.get(JSON.stringify(identify(finding)))?.shift();
        return old === undefined ? [] : [[finding, old] as const];
      }),
    );
    for (const [finding, old] of found) pairs.push({ before: old, now: finding });
    const taken = new Set(found.values());
    gone = gone.filter((finding) => !taken.has(finding));
    come = come.filter((finding) => !found.has(finding));
  }
  return { pairs, gone, come };
}
