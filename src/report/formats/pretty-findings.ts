import { withProgram } from '../../host/program.ts';
import type { Finding } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import { SEVERITIES } from '../../engine/rule.ts';
import { layOutExcerpt } from '../excerpt.ts';
import { groupBy } from '../grouping.ts';
import { type Palette, plainly } from '../palette.ts';
import { columnsOf, sentence, wrap } from '../text-layout.ts';
import type { View } from '../view.ts';

/** Findings of one rule with the same outcome, by place. */
type Group = readonly [Finding, ...Finding[]];

/** From this many places on, each gets one line. */
const BRIEF_FROM = 4;
const MAX_PLACES = 10;
/** Least columns for an excerpt on the same line as its place. */
const LEAST_EXCERPT = 24;

/** One block per rule, worst first: what it is, where, why it matters and what to do. */
export function renderFindings(findings: readonly Finding[], view: View): string[] {
  return [...groupBy(findings, ({ rule }) => rule).values()]
    .toSorted((a, b) => worst(a) - worst(b))
    .flatMap((group) => [...renderGroup(group, view), '']);
}

/** Rank of the worst severity; 0 is critical. */
function worst(group: Group): number {
  return group.reduce((rank, { severity }) => Math.min(rank, SEVERITIES.indexOf(severity)), SEVERITIES.length);
}

function renderGroup(group: Group, view: View): string[] {
  const { palette, width, isVerbose } = view;
  const [{ rule, outcome, why, advice, docs }] = group;
  const messages = new Set(group.map(({ message }) => message));
  const [message = ''] = messages.size === 1 ? messages : [];
  const { dot, ellipsis } = palette.signs;
  const title = [...(message === '' ? [] : [sentence(message)]), rule, SEVERITIES[worst(group)]!].map((text) => visible(text));
  const lines = wrap(plainly(`${signOf(outcome, palette)} ${title.join(` ${dot} `)}`, palette), width);

  const shown = isVerbose ? group : group.slice(0, MAX_PLACES);
  const isBrief = group.length >= BRIEF_FROM && !isVerbose;
  const hasMessage = message === '';
  return [
    ...lines.map((line) => paintOutcome(outcome, palette)(palette.bold(line))),
    '',
    ...(isBrief ? renderBriefPlaces(shown, hasMessage, view) : shown.flatMap((finding) => renderPlace(finding, hasMessage, view))),
    ...(shown.length < group.length ? [`  ${ellipsis} and ${group.length - shown.length} more (see --format json)`] : []),
    ...(isBrief ? [''] : []),
    ...labelled('Why', why, view),
    ...labelled('Fix', advice, view),
    ...labelled('See', seeAlso(rule, docs), view),
  ];
}

/** Where to read more. Our own pages are not on the reader's machine under their name, so the command that prints the rule takes their place. */
export function seeAlso(rule: string, docs: string): string {
  return docs === '' || /^https?:/.test(docs) ? docs : `\`code-guardian rules explain ${rule}\``;
}

/** A place, its line with the number, and a mark under the match. */
export function renderPlace(finding: Finding, hasMessage: boolean, view: View): string[] {
  const { palette, width, isVerbose } = view;
  const { line, excerpt, mark = [0, 0], fingerprint } = finding;
  const head = `  ${palette.cyan(placeOf(finding, palette))}${remarks(finding, hasMessage, palette)}`;
  const because = isVerbose ? [...labelled('Confidence', confidenceOf(finding), view), ...labelled('Id', fingerprint, view)] : [];
  if (excerpt === undefined || line === 0) return [head, ...because, ''];
  const number = String(line);
  const gutter = (label: string): string => palette.dim(`    ${label.padStart(number.length)} ${palette.signs.gutter} `);
  const { before, marked, after } = layOutExcerpt(excerpt, mark, { palette, width: width - number.length - 7 });
  return [
    head,
    `${gutter(number)}${before}${palette.bold(marked)}${after}`,
    `${gutter('')}${' '.repeat(columnsOf(before))}${paintOutcome(finding.outcome, palette)('^'.repeat(Math.max(1, columnsOf(marked))))}`,
    ...because,
    '',
  ];
}

/** `high (valid checksum)`. */
export function confidenceOf({ confidence, evidence }: Finding): string {
  return evidence === undefined ? confidence : `${confidence} (${evidence})`;
}

/** Places and their lines, side by side if they fit. */
function renderBriefPlaces(findings: readonly Finding[], hasMessage: boolean, { palette, width }: View): string[] {
  const heads = findings.map((finding) => ({ place: placeOf(finding, palette), remark: remarks(finding, hasMessage, palette) }));
  const isPlain = heads.every(({ remark }) => remark === '');
  const column = Math.max(...heads.map(({ place }) => columnsOf(place)));
  const isBeside = isPlain && width - column - 4 >= LEAST_EXCERPT;
  return findings.flatMap(({ line, excerpt, mark = [0, 0] }, i) => {
    const { place, remark } = heads[i]!;
    const head = `  ${palette.cyan(place)}${remark}`;
    if (excerpt === undefined || line === 0) return [head];
    const { before, marked, after } = layOutExcerpt(excerpt, mark, { palette, width: isBeside ? width - column - 4 : width - 4 });
    const text = `${palette.dim(before)}${marked}${palette.dim(after)}`;
    return isBeside ? [`${head}${' '.repeat(column - columnsOf(place) + 2)}${text}`] : [head, `    ${text}`];
  });
}

/** `src/a.ts:3:12`; a finding about the file itself has no line. */
export function placeOf({ path, line, column }: Finding, palette: Palette): string {
  return plainly(visible(line === 0 ? path : `${path}:${line}:${column}`), palette);
}

function remarks({ path, message, moved, commit }: Finding, hasMessage: boolean, palette: Palette): string {
  const parts = [
    ...(hasMessage ? [visible(sentence(message))] : []),
    ...(commit === undefined ? [] : [`in ${path === 'tag message' ? 'tag' : 'commit'} ${visible(commit.slice(0, 10))}`]),
    ...(moved ? ['moved, not new'] : []),
  ];
  return parts.length === 0 ? '' : palette.dim(plainly(`  ${parts.join(', ')}`, palette));
}

/** A label and its text, wrapped. */
export function labelled(label: string, text: string, { palette, width, program }: View): string[] {
  const head = label.endsWith('?') ? label : `${label}:`;
  const indent = head.length + 3;
  return wrap(plainly(visible(withProgram(text, program).replace(/\s+/g, ' ')), palette), width - indent).map(
    (line, i) => `${i === 0 ? `  ${palette.dim(head)} ` : ' '.repeat(indent)}${line}`,
  );
}

function signOf(outcome: Finding['outcome'], { signs }: Palette): string {
  return { block: signs.block, warn: signs.warn, note: signs.note }[outcome];
}

function paintOutcome(outcome: Finding['outcome'], { red, yellow, cyan }: Palette): (text: string) => string {
  return { block: red, warn: yellow, note: cyan }[outcome];
}
