import { type ByteRanges, touches } from '../diff/added-lines.ts';
import type { Match } from '../engine/match.ts';
import { findDirective, parseDirectives } from './directives.ts';
import type { Location, SettledFinding, Suppression } from './finding.ts';
import { digestOf } from './fingerprint.ts';
import { encodingOf } from './lines.ts';
import { redactValue } from './redact.ts';
import { hiddenSpans, renderLine, settleFile } from './settle.ts';
import type { CharacterUnit, Region, StageResult } from './stage-result.ts';

/** What a stage says of one file, and that file. */
export interface ResultsInput {
  readonly stage: string;
  readonly path: string;
  readonly pathBytes: string | undefined;
  readonly commit: string | undefined;
  /** The decoded text. */
  readonly bytes: Buffer;
  readonly added: ByteRanges | 'all';
  readonly results: readonly StageResult[];
  /** Do results count that touch no added line? */
  readonly isWholeFile: boolean;
  /** Secrets that our own rules see in it: no text of a result may show them. */
  readonly secrets: readonly Match[];
  readonly isRequired: (rule: string) => boolean;
}

/** Markers of other scanners for a line of theirs, with the rules that they name. */
const MARKER =
  /\b(?:nosem(?:grep)?|nosec|noqa|NOSONAR)\b(?!: ?secret)(?:[:\s]+([A-Za-z][\w.-]*\d[\w.-]*(?:[,\s]+[A-Z]+\d+)*|[\w-]+(?:\.[\w-]+)+))?/;

/** Shorter values are words of any text. */
const LEAST_HIDDEN = 6;

export interface SettledResults {
  /** Findings that touch an added line, suppressed ones among them. */
  readonly findings: readonly SettledFinding[];
  /** Lines of our own comments that let one of them pass. */
  readonly usedDirectives: readonly number[];
}

/** Results of a stage in one file → findings, redacted, without those that touch no added line. */
export function settleResults(input: ResultsInput): SettledResults {
  const { bytes, added, isWholeFile } = input;
  const text = createLines(bytes);
  const directives = parseDirectives(bytes.toString('latin1'));
  const hidden = hiddenSpans(bytes, input.secrets, new Set());
  const seen = new Set<string>();
  const used: number[] = [];

  const findings = input.results.flatMap((result): SettledFinding[] => {
    const rule = `${input.stage}/${result.rule}`;
    const said = { ...factsOf(input, rule), ...wordsOf(result, input.secrets) };
    const spans = [...(result.region === null ? [] : [result.region]), ...(result.others ?? [])].map(text.spanOf);
    const isAdded = (one: Span): boolean => added === 'all' || touches(added, ...one.lines);
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

/** What the scanner says, without the secrets of the file. */
function wordsOf({ severity, message, why, advice, docs }: StageResult, secrets: readonly Match[]) {
  const hide = (text: string): string =>
    secrets.reduce((shown, { value, rule }) => {
      // Its texts have no line ends any more.
      const flat = value.replace(/\s+/g, ' ');
      return flat.length < LEAST_HIDDEN ? shown : shown.replaceAll(flat, () => redactValue(value, rule.keywords));
    }, text);
  return { severity, message: hide(message), why: hide(why), advice: hide(advice), docs: hide(docs) };
}

/** A marker of another scanner on the line; one that names rules holds for these alone. */
function markerOf(line: string, rule: string): Suppression | null {
  const marker = MARKER.exec(line);
  if (marker === null) return null;
  const named = marker[1]?.toLowerCase().split(/[,\s]+/) ?? [];
  const id = rule.toLowerCase();
  return named.length === 0 || named.some((name) => id === name || id.endsWith(`.${name}`)) ? { by: 'inline' } : null;
}

/** A region in bytes of the file. */
interface Span {
  readonly start: number;
  readonly end: number;
  /** All of its lines. */
  readonly lines: readonly [start: number, end: number];
  /** The first of them, without its end. */
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly location: Location;
}

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** Finds regions in a text, in any order. What stands behind its end is taken for its end. */
function createLines(bytes: Buffer): { readonly spanOf: (region: Region) => Span } {
  const starts = [0];
  for (let at = bytes.indexOf(LF); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(LF, at + 1)) starts.push(at + 1);
  const mark = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;

  const numberWithin = (line: number): number => Math.min(Math.max(line, 1), starts.length);
  const lineOf = (number: number): readonly [start: number, end: number] => {
    const start = starts[number - 1]! + (number === 1 ? mark : 0);
    const next = starts[number] ?? bytes.length;
    const bare = next > start && bytes[next - 1] === LF ? next - 1 : next;
    return [start, bare > start && bytes[bare - 1] === CR ? bare - 1 : bare];
  };
  const numberAt = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
  const textIn = (start: number, end: number): string => bytes.toString(encodingOf(bytes.subarray(start, end)), start, end);
  /** Without a column what stands on the line is meant. */
  const blanksAt = (start: number, end: number): number => /^[\t ]*(?=\S|$)/.exec(bytes.toString('latin1', start, end))?.[0].length ?? 0;
  /** Column → byte. */
  const byteAt = (number: number, column: number | null, unit: CharacterUnit, otherwise: 0 | 1): number => {
    const [start, end] = lineOf(number);
    if (column === null) return otherwise === 1 ? end : start + blanksAt(start, end);
    return start + bytesIn(textIn(start, end), column - 1, unit, encodingOf(bytes.subarray(start, end)));
  };
  const columnAt = (number: number, byte: number): number => {
    const [start, end] = lineOf(number);
    return textIn(start, Math.min(Math.max(byte, start), end)).length + 1;
  };

  const spanIn = (first: number, start: number, last: number, end: number): Span => {
    const [lineStart, lineEnd] = lineOf(first);
    return {
      start,
      end: Math.max(end, start),
      lines: [lineStart, Math.max(starts[last] ?? bytes.length, lineStart)],
      lineStart,
      lineEnd,
      location: { line: first, column: columnAt(first, start), endLine: last, endColumn: columnAt(last, end) },
    };
  };

  return {
    spanOf(region) {
      if (region.kind === 'offsets') {
        const encoding = encodingOf(bytes);
        const text = bytes.toString(encoding);
        const start = Math.min(bytesIn(text, region.start, region.unit, encoding), bytes.length);
        const end = Math.min(Math.max(bytesIn(text, region.end, region.unit, encoding), start), bytes.length);
        return spanIn(numberAt(start), start, numberAt(Math.max(end - 1, start)), end);
      }
      const first = numberWithin(region.startLine);
      const last = Math.max(numberWithin(region.endLine), first);
      const start = byteAt(first, region.startColumn, region.unit, 0);
      return spanIn(first, start, last, Math.max(byteAt(last, region.endColumn, region.unit, 1), last === first ? start : 0));
    },
  };
}

/** Bytes of the first characters of a text. */
function bytesIn(text: string, characters: number, unit: CharacterUnit, encoding: 'utf8' | 'latin1'): number {
  const head = unit === 'utf16' ? text.slice(0, Math.max(characters, 0)) : Array.from(text).slice(0, Math.max(characters, 0)).join('');
  return Buffer.byteLength(head, encoding);
}
