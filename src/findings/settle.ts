import { type ByteRanges, touches } from '../diff/added-lines.ts';
import type { Match } from '../engine/match.ts';
import { familyOf } from '../engine/rule-family.ts';
import { type Directive, findDirective, parseDirectives } from './directives.ts';
import type { Location, Redacted, SettledFinding, Suppression } from './finding.ts';
import { digestOf } from './fingerprint.ts';
import { encodingOf, TextLines, toCharacter } from './lines.ts';
import { withHalves, withoutOverlaps } from './overlap.ts';
import { type Cover, type Excerpt, redactValue, renderExcerpt } from './redact.ts';

/** Patterns and words of values that the policy ignores. */
export interface IgnoredValues {
  readonly isIgnoredValue: (value: string, rule: string, path: string) => boolean;
  /** Rules that comments in a file cannot suppress. */
  readonly isRequired: (rule: string) => boolean;
}

/** One scanned blob. */
export interface SettleInput {
  readonly path: string;
  readonly pathBytes: string | undefined;
  readonly commit: string | undefined;
  /** The decoded text of the matches' offsets. */
  readonly bytes: Buffer;
  readonly matches: readonly Match[];
  readonly added: ByteRanges | 'all';
  readonly ignored: IgnoredValues;
}

export interface Settled {
  /** Findings on added lines, including suppressed ones, by position. */
  readonly findings: readonly SettledFinding[];
  /** `contentDigest` of every match of the blob, on added lines or not. */
  readonly contents: readonly string[];
  /** Of these, the secrets on lines that are not added. */
  readonly unchanged: readonly string[];
  /** Unused directives of this blob. */
  readonly unusedDirectives: readonly Directive[];
}

/**
 * Matches of one blob → findings: one per value, redacted, in order, without unchanged lines. No raw value remains after this.
 */
export function settle(input: SettleInput): Settled {
  const { bytes, added, commit } = input;
  const matches = withHalves(withoutOverlaps(input.matches, input.ignored.isRequired), bytes);
  const contents: string[] = [];
  const unchanged: string[] = [];
  const findings: SettledFinding[] = [];
  const directives = parseDirectives(bytes.toString('latin1'));
  const used = new Set<Directive>();
  const lines = new TextLines(bytes);
  const hidden = hiddenSpans(bytes, input.matches, new Set(matches));

  for (const match of matches) {
    const { rule, start, end } = match;
    const location = lines.locate(start, end);
    const line = lines.lineAt(start);
    const subject = rule.category === 'secret' ? match.value : bytes.toString('latin1', line.start, line.end).trim();
    const contentDigest = digestOf(rule.id, subject);
    contents.push(contentDigest);
    if (!isAdded(match, added)) {
      if (rule.category === 'secret') unchanged.push(contentDigest);
      continue;
    }

    const directive = input.ignored.isRequired(rule.id)
      ? null
      : findDirective(directives, { rule: rule.id, isSecret: rule.category === 'secret', ...location });
    if (directive !== null) used.add(directive);

    const excerpt = renderLine(bytes, line, hidden, match);
    findings.push({
      rule: rule.id,
      category: rule.category,
      severity: match.severity,
      confidence: match.confidence,
      path: input.path,
      ...(input.pathBytes === undefined ? {} : { pathBytes: input.pathBytes }),
      ...location,
      excerpt: excerpt.text,
      mark: excerpt.mark,
      ...(rule.category === 'secret' ? { secret: redactMatch(match) } : {}),
      message: match.message,
      why: rule.why,
      advice: rule.advice,
      docs: rule.docs,
      ...(match.evidence === null ? {} : { evidence: match.evidence }),
      ...(commit === undefined ? {} : { commit }),
      digest: rule.category === 'secret' ? contentDigest : digestOf(rule.id, subject, input.path),
      contentDigest,
      suppression: suppressionOf(match, directive, input),
    });
  }
  // Whether a directive for a stage's rule is needed is known only to the stage.
  const isOurs = ({ rules }: Directive): boolean => rules.length === 0 || rules.some((rule) => familyOf(rule) === rule);
  return { findings, contents, unchanged, unusedDirectives: directives.filter((directive) => !used.has(directive) && isOurs(directive)) };
}

/** The finding of a file rule. */
export function settleFile(
  input: Pick<SettleInput, 'path' | 'pathBytes' | 'commit'>,
  rule: Omit<Match['rule'], 'kind' | 'keywords' | 'pattern' | 'samples'>,
  message: string,
): SettledFinding {
  const nowhere: Location = { line: 0, column: 0, endLine: 0, endColumn: 0 };
  const digest = digestOf(rule.id, input.path);
  return {
    rule: rule.id,
    category: rule.category,
    severity: rule.severity,
    confidence: rule.confidence,
    path: input.path,
    ...(input.pathBytes === undefined ? {} : { pathBytes: input.pathBytes }),
    ...(input.commit === undefined ? {} : { commit: input.commit }),
    ...nowhere,
    message,
    why: rule.why,
    advice: rule.advice,
    docs: rule.docs,
    digest,
    contentDigest: digest,
    suppression: null,
  };
}

function isAdded({ start, end }: Match, added: ByteRanges | 'all'): boolean {
  return added === 'all' || touches(added, start, end);
}

function suppressionOf(match: Match, directive: Directive | null, { ignored, path }: SettleInput): Suppression | null {
  if (match.placeholder !== null) return { by: 'placeholder', reason: match.placeholder };
  if (match.rule.category === 'secret' && ignored.isIgnoredValue(match.value, match.rule.id, path)) return { by: 'config' };
  if (directive === null) return null;
  return { by: 'inline', ...(directive.reason === null ? {} : { reason: directive.reason }) };
}

function redactMatch({ rule, value }: Match): Redacted {
  return redactValue(value, rule.keywords);
}

/**
 * Byte spans of a blob that must not be shown: ascending, not overlapping. Overlapping values are hidden together, with the text of a reported
 * one.
 */
export function hiddenSpans(bytes: Buffer, matches: readonly Match[], reported: ReadonlySet<Match>): Cover[] {
  const spans = matches
    .filter(({ rule }) => rule.category === 'secret')
    .flatMap((match) => [match, ...halfOf(match)].map(({ start, end }) => ({ start, end, match })))
    .sort((a, b) => a.start - b.start);
  const hidden: { start: number; end: number; text: Redacted; isReported: boolean }[] = [];
  for (const { start, end, match } of spans) {
    const isReported = reported.has(match);
    const last = hidden.at(-1);
    const isOwn = start === match.start && end === match.end;
    const text = isOwn ? redactMatch(match) : redactValue(bytes.toString('latin1', start, end), []);
    if (last === undefined || start >= last.end) {
      hidden.push({ start, end, text, isReported });
    } else {
      last.end = Math.max(last.end, end);
      if (isReported && !last.isReported) [last.text, last.isReported] = [text, true];
    }
  }
  return hidden;
}

/** The other half of a pair has no separate match. */
function halfOf({ related }: Match): { start: number; end: number }[] {
  return related === null ? [] : [{ start: related[0], end: related[1] }];
}

/** In a long line, only this much on both sides of a match is used for the excerpt. */
const EXCERPT_REACH = 1000;

/** The redacted line of a span. */
export function renderLine(
  bytes: Buffer,
  line: { start: number; end: number },
  hidden: readonly Cover[],
  focus: Pick<Match, 'start' | 'end'>,
): Excerpt {
  const isCut = [focus.start - EXCERPT_REACH > line.start, Math.min(focus.end, line.end) + EXCERPT_REACH < line.end];
  const from = isCut[0] ? toCharacter(bytes, focus.start - EXCERPT_REACH, 1) : line.start;
  const to = isCut[1] ? toCharacter(bytes, Math.min(focus.end, line.end) + EXCERPT_REACH, -1) : line.end;
  const encoding = encodingOf(bytes.subarray(from, to));
  const within = (offset: number): number => bytes.toString(encoding, from, Math.min(Math.max(offset, from), to)).length;
  const covers = hidden
    .filter(({ start, end }) => start < to && end > from)
    .map(({ start, end, text }) => ({ start: within(start), end: within(end), text }));
  return renderExcerpt(bytes.toString(encoding, from, to), covers, [within(focus.start), within(focus.end)]);
}
