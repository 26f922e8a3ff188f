import type { BaselineEntry, EntryStatus } from '../../findings/baseline.ts';
import type { Exceptions } from '../../findings/exceptions.ts';
import type { Finding, Suppressed } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import type { Ground, Judgement } from '../../policy/grounds.ts';
import type { Rule } from '../../engine/rule.ts';
import { findingFields, renderDocument, suppressedFields } from '../formats/json.ts';
import { plainly } from '../palette.ts';
import { labelled, renderPlace } from '../formats/pretty-findings.ts';
import { renderNotices } from '../formats/pretty-gaps.ts';
import { ruleFields } from './rules.ts';
import { sentence } from '../text-layout.ts';
import type { View } from '../view.ts';

/** Where a finding was seen. */
export interface Sighting {
  /** `staged`, `the tracked files`, `report.json`. */
  readonly source: string;
  readonly finding: Finding | Suppressed;
}

/** All that is known of one fingerprint. */
export interface Explanation {
  readonly fingerprint: string;
  readonly sightings: readonly Sighting[];
  readonly entry: { readonly entry: BaselineEntry; readonly status: EntryStatus; readonly file: string } | null;
  /** Null: no rule of that id is known here. */
  readonly rule: Rule | null;
  /** What the policy here makes of it; null where nothing was seen. */
  readonly judgement: (Omit<Judgement, 'grounds'> & { readonly grounds: readonly (Ground & { readonly origin: string | null })[] }) | null;
  readonly exceptions: Exceptions | null;
  /** What the run said that found it: by which policy it judged, say. */
  readonly notices: readonly string[];
}

const MAX_PLACES = 5;
const OUTCOMES = { block: 'it blocks', warn: 'it warns', note: 'it is only noted' } as const;
const SUPPRESSED_BY = {
  inline: 'a comment in the file lets it pass',
  baseline: 'the baseline lets it pass',
  config: '`ignore` or `allow` in the config lets it pass',
  placeholder: 'it is plainly an example, so it does not count',
} as const;
/** What to do about a secret that has left the machine. */
const INCIDENT = 'docs/incident.md';

/** For people. */
export function renderExplanation(explanation: Explanation, view: View): string {
  const { sightings, entry, rule, judgement, exceptions, fingerprint, notices } = explanation;
  const finding = sightings[0]?.finding ?? null;
  const { palette } = view;
  const { dot, ellipsis } = palette.signs;
  const known = finding ?? rule;
  const title =
    known === null ? [entry!.entry.rule, 'no such rule here'] : [sentence(known.message), finding?.rule ?? rule!.id, known.severity];
  const lines = [
    palette.bold(plainly(visible(title.join(` ${dot} `)), palette)),
    palette.dim(fingerprint),
    '',
    ...sightings.slice(0, MAX_PLACES).flatMap((sighting) => renderSighting(sighting, view)),
    ...(sightings.length > MAX_PLACES ? [`  ${ellipsis} and ${sightings.length - MAX_PLACES} more (see --format json)`, ''] : []),
    ...(sightings.length === 0
      ? [
          `  ${palette.cyan(plainly(visible(entry!.entry.path), palette))}`,
          ...labelled('Gone', 'nothing in the tracked files matches it any more', view),
          '',
        ]
      : []),
    ...labelled('Why', finding?.why || rule?.why || '', view),
    ...labelled('Fix', finding?.advice ?? rule?.advice ?? '', view),
    ...labelled('See', finding?.docs ?? rule?.docs ?? '', view),
    ...(finding === null
      ? []
      : labelled(
          'Sure',
          [`confidence ${finding.confidence}`, ...(finding.evidence === undefined ? [] : [finding.evidence])].join('; '),
          view,
        )),
    ...(finding === null || judgement === null ? [] : renderJudgement(finding, judgement, view)),
    ...renderNotices(notices, view),
    ...(entry === null ? [] : renderAccepted(entry, view)),
    ...(isSecret(explanation) ? renderRescue(finding?.docs ?? rule?.docs ?? '', view) : []),
    ...(exceptions === null || finding === null || 'by' in finding ? [] : renderExceptions(exceptions, finding, view)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function renderSighting({ source, finding }: Sighting, view: View): string[] {
  const [head = '', ...rest] = renderPlace(finding, false, { ...view, isVerbose: false });
  return [`${head}${view.palette.dim(plainly(visible(`  ${source}`), view.palette))}`, ...rest];
}

function renderJudgement(
  finding: Finding | Suppressed,
  { outcome, grounds, isGuarded }: NonNullable<Explanation['judgement']>,
  view: View,
): string[] {
  const suppression =
    'by' in finding ? `${SUPPRESSED_BY[finding.by]}${finding.reason === undefined ? '' : ` (${finding.reason})`}; without that ` : '';
  const guarded = isGuarded ? '; only those who require the rule can say less' : '';
  return [
    '',
    ...labelled('Policy', `${suppression}${OUTCOMES[outcome]}${guarded}`, view),
    ...grounds.flatMap(({ says, effect, origin }) =>
      labelled('By', `\`${says}\`${origin === null ? '' : ` (${origin})`}: ${effect}`, view),
    ),
  ];
}

function renderAccepted({ entry, status, file }: NonNullable<Explanation['entry']>, view: View): string[] {
  const { reason, expires, label } = entry;
  const facts = [
    status === 'expired'
      ? `accepted until ${expires}, which is over: it counts again`
      : expires === undefined
        ? 'accepted'
        : `accepted until ${expires}`,
    reason === undefined ? 'no reason is given' : `reason: ${reason}`,
    ...(label === undefined ? [] : [`label: ${label}`]),
  ];
  return ['', ...labelled('Baseline', `${file}: ${facts.join('; ')}`, view)];
}

function renderRescue(docs: string, view: View): string[] {
  const revoke = docs === '' ? 'where it was issued' : docs;
  return [
    '',
    ...labelled('Got out?', `What was pushed, or sent anywhere, is public: revoke it first (${revoke}), then see ${INCIDENT}.`, view),
  ];
}

function renderExceptions({ inline, above, baseline, config }: Exceptions, { path, line }: Finding, { palette }: View): string[] {
  const ways: readonly (readonly [string, string | undefined])[] = [
    [`at the end of ${path}:${line}`, inline],
    ['or on a line of its own above it', above],
    ['in the baseline, with all else that is found now', baseline],
    ['in the config, for this file', config],
  ];
  return [
    '',
    palette.bold('Meant to be there?'),
    ...ways.flatMap(([where, text]) =>
      text === undefined ? [] : [`  ${palette.dim(plainly(visible(where), palette))}`, `    ${visible(text)}`],
    ),
  ];
}

function isSecret({ sightings, rule }: Explanation): boolean {
  return (sightings[0]?.finding.category ?? rule?.category) === 'secret';
}

/** For programs. Keys are a promise, as those of the report. */
export function renderExplanationJson(explanation: Explanation): string {
  const { fingerprint, sightings, entry, rule, judgement, exceptions, notices } = explanation;
  return renderDocument({
    schema: 'code-guardian.explanation/1',
    fingerprint,
    sightings: sightings.map(({ source, finding }) => ({
      source,
      ...('by' in finding ? suppressedFields(finding) : findingFields(finding)),
    })),
    rule: rule === null ? null : ruleFields(rule),
    policy: judgement,
    baseline: entry === null ? null : { file: entry.file, status: entry.status, ...entry.entry },
    exceptions,
    notices,
    incident: isSecret(explanation) ? INCIDENT : null,
  });
}
