import { type ByteRanges, touches } from '../diff/added-lines.ts';
import type { Match } from '../engine/match.ts';
import { findDirective, parseDirectives } from './directives.ts';
import type { SettledFinding, Suppression } from './finding.ts';
import { digestOf } from './fingerprint.ts';
import { redactValue } from './redact.ts';
import { RegionFinder, type RegionSpan } from './region-finder.ts';
import { hiddenSpans, renderLine, settleFile } from './settle.ts';
import type { StageResult } from './stage-result.ts';

/** The results of a stage in one file, and the file. */
export interface ResultsInput {
  readonly stage: string;
  readonly path: string;
  readonly pathBytes: string | undefined;
  readonly commit: string | undefined;
  /** The decoded text. */
  readonly bytes: Buffer;
  readonly added: ByteRanges | 'all';
  readonly results: readonly StageResult[];
  /** Whether results outside added lines count. */
  readonly isWholeFile: boolean;
  /** Secrets that our own rules found in it: texts of results must not show them. */
  readonly secrets: readonly Match[];
  readonly isRequired: (rule: string) => boolean;
}

/** Suppression markers of other scanners, with the rules that they name. */
const MARKER =
  /\b(?:nosem(?:grep)?|nosec|noqa|NOSONAR)\b(?!: ?secret)(?:[:\s]+([A-Za-z][\w.-]*\d[\w.-]*(?:[,\s]+[A-Z]+\d+)*|[\w-]+(?:\.[\w-]+)+))?/;

/** Shorter values may be ordinary words. */
const LEAST_HIDDEN = 6;

export interface SettledResults {
  /** Findings on added lines, including suppressed ones. */
  readonly findings: readonly SettledFinding[];
  /** Lines of our own comments that suppressed one of them. */
  readonly usedDirectives: readonly number[];
}

/** Results of a stage in one file → redacted findings on added lines. */
export function settleResults(input: ResultsInput): SettledResults {
  const { bytes, added, isWholeFile } = input;
  const regions = new RegionFinder(bytes);
  const directives = parseDirectives(bytes.toString('latin1'));
  const hidden = hiddenSpans(bytes, input.secrets, new Set());
  const seen = new Set<string>();
  const used: number[] = [];

  const findings = input.results.flatMap((result): SettledFinding[] => {
    const rule = `${input.stage}/${result.rule}`;
    const said = { ...factsOf(input, rule), ...wordsOf(result, input.secrets) };
    const spans = [...(result.region === null ? [] : [result.region]), ...(result.others ?? [])].map((region) => regions.spanOf(region));
    const isAdded = (one: RegionSpan): boolean => added === 'all' || touches(added, ...one.lines);
    const span = spans.find(isAdded) ?? spans[0] ?? null;
    const key = JSON.stringify([rule, span, result.message]);
    const isIn = added === 'all' || isWholeFile || result.isUnplaced === true || (span !== null && isAdded(span));
    if (seen.has(key) || !isIn) return [];
    seen.add(key);
    const isRequired = input.isRequired(rule);
    if (span === null) {
      const { why, advice, docs, severity, message } = said;
      const finding = settleFile(
        input,
        { id: rule, category: 'risk', severity, confidence: 'medium', message, why, advice, docs },
        message,
      );
      return [{ ...finding, suppression: isRequired ? null : result.suppression }];
    }
    const { location, start, end, lineStart, lineEnd } = span;
    const subject = bytes.toString('latin1', lineStart, lineEnd).trim();
    const excerpt = renderLine(bytes, { start: lineStart, end: lineEnd }, hidden, { start, end });
    const directive = findDirective(directives, { rule: rule.toLowerCase(), isSecret: false, ...location });
    if (directive !== null) used.push(directive.line);
    const suppression: Suppression | null =
      directive === null
        ? (result.suppression ?? markerOf(subject, result.rule))
        : { by: 'inline', ...(directive.reason === null ? {} : { reason: directive.reason }) };
    return [
      {
        ...said,
        ...location,
        excerpt: excerpt.text,
        mark: excerpt.mark,
        digest: digestOf(rule, subject, input.path),
        contentDigest: digestOf(rule, subject),
        suppression: isRequired ? null : suppression,
      },
    ];
  });
  return { findings, usedDirectives: used };
}

function factsOf({ path, pathBytes, commit }: ResultsInput, rule: string) {
  return {
    rule,
    category: 'risk' as const,
    confidence: 'medium' as const,
    path,
    ...(pathBytes === undefined ? {} : { pathBytes }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** The scanner's text without the secrets of the file. */
function wordsOf({ severity, message, why, advice, docs }: StageResult, secrets: readonly Match[]) {
  const hide = (text: string): string =>
    secrets.reduce((shown, { value, rule }) => {
      // Its texts have no line ends at this point.
      const flat = value.replace(/\s+/g, ' ');
      return flat.length < LEAST_HIDDEN ? shown : shown.replaceAll(flat, () => redactValue(value, rule.keywords));
    }, text);
  return { severity, message: hide(message), why: hide(why), advice: hide(advice), docs: hide(docs) };
}

/** A marker of another scanner on the line; if it names rules, it covers only those. */
function markerOf(line: string, rule: string): Suppression | null {
  const marker = MARKER.exec(line);
  if (marker === null) return null;
  const named = marker[1]?.toLowerCase().split(/[,\s]+/) ?? [];
  const id = rule.toLowerCase();
  return named.length === 0 || named.some((name) => id === name || id.endsWith(`.${name}`)) ? { by: 'inline' } : null;
}
