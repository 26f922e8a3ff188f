import type { BaselineEntry, EntryStatus } from '../../findings/baseline.ts';
import type { Exceptions } from '../../findings/exceptions.ts';
import type { Finding, Suppressed } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import type { Ground, Judgement } from '../../policy/grounds.ts';
import type { Rule } from '../../engine/rule.ts';
import { findingFields, suppressedFields } from '../formats/json.ts';
import { renderDocument } from '../json-document.ts';
import { plainly } from '../palette.ts';
import { confidenceOf, labelled, renderPlace, seeAlso } from '../formats/pretty-findings.ts';
import { renderNotices } from '../formats/pretty-gaps.ts';
import { ruleFields } from './rules.ts';
import { sentence } from '../text-layout.ts';
import type { View } from '../view.ts';

/** Where a finding was found. */
export interface Sighting {
  /** `staged`, `the tracked files`, `report.json`. */
  readonly source: string;
  readonly finding: Finding | Suppressed;
}

/** Everything known about one fingerprint. */
export interface Explanation {
  readonly fingerprint: string;
  readonly sightings: readonly Sighting[];
  readonly entry: { readonly entry: BaselineEntry; readonly status: EntryStatus; readonly file: string } | null;
  /** Null: no rule with that id exists here. */
  readonly rule: Rule | null;
  /** How the policy judges it; null if it was not found. */
  readonly judgement: (Omit<Judgement, 'grounds'> & { readonly grounds: readonly (Ground & { readonly origin: string | null })[] }) | null;
  readonly exceptions: Exceptions | null;
  /** Notices of the run that found it, such as the policy that it used. */
  readonly notices: readonly string[];
}

const MAX_PLACES = 5;
const OUTCOMES = { block: 'blocks', warn: 'warns', note: 'only a note' } as const;
const SUPPRESSED_BY = {
  inline: 'accepted by a comment in the file',
  baseline: 'accepted by the baseline',
  config: 'accepted by `ignore` or `allow` in the config',
  placeholder: 'ignored as an obvious example',
} as const;
/** The page for a secret that has left the machine. */
const INCIDENT = 'docs/incident.md';

/** For people. */
export function renderExplanation(explanation: Explanation, view: View): string {
  const { sightings, entry, rule, judgement, exceptions, fingerprint, notices } = explanation;
  const finding = sightings[0]?.finding ?? null;
  const { palette } = view;
  const { dot, ellipsis } = palette.signs;
  const known = finding ?? rule;
  const title =
    known === null ? [entry!.entry.rule, 'rule not found'] : [sentence(known.message), finding?.rule ?? rule!.id, known.severity];
  const lines = [
    palette.bold(plainly(visible(title.join(` ${dot} `)), palette)),
    palette.dim(fingerprint),
    '',
    ...sightings.slice(0, MAX_PLACES).flatMap((sighting) => renderSighting(sighting, view)),
    ...(sightings.length > MAX_PLACES ? [`  ${ellipsis} and ${sightings.length - MAX_PLACES} more (see --format json)`, ''] : []),
    ...(sightings.length === 0
      ? [
          `  ${palette.cyan(plainly(visible(entry!.entry.path), palette))}`,
          ...labelled('Gone', 'it is no longer in the tracked files', view),
          '',
        ]
      : []),
    ...labelled('Why', finding?.why || rule?.why || '', view),
    ...labelled('Fix', finding?.advice ?? rule?.advice ?? '', view),
    ...labelled('See', seeAlso(finding?.rule ?? rule?.id ?? '', finding?.docs ?? rule?.docs ?? ''), view),
    ...(finding === null ? [] : labelled('Confidence', confidenceOf(finding), view)),
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
    'by' in finding ? `${SUPPRESSED_BY[finding.by]}${finding.reason === undefined ? '' : ` (${finding.reason})`}; otherwise it ` : '';
  const guarded = isGuarded ? '; only the layer that requires the rule can lower it' : '';
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
      ? `accepted until ${expires}: expired, so it is reported again`
      : expires === undefined
        ? 'accepted'
        : `accepted until ${expires}`,
    reason === undefined ? 'no reason given' : `reason: ${reason}`,
    ...(label === undefined ? [] : [`label: ${label}`]),
  ];
  return ['', ...labelled('Baseline', `${file}: ${facts.join('; ')}`, view)];
}

function renderRescue(docs: string, view: View): string[] {
  const where = /^https?:/.test(docs) ? ` (${docs})` : '';
  return ['', ...labelled('Already pushed?', `Treat it as public: revoke it now${where}, then remove it from the history.`, view)];
}

function renderExceptions(
  { inline, above, baseline, config }: Exceptions,
  { path, line }: Finding,
  { palette, program = 'code-guardian' }: View,
): string[] {
  const ways: readonly (readonly [string, string | undefined])[] = [
    [`at the end of line ${line} of ${path}`, inline],
    ['or on its own line above', above],
    ['in the baseline, together with all other current findings', baseline?.replace(/^code-guardian/, program)],
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

/** For programs. Keys are stable. */
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
