import type { Finding, Outcome, Suppressed, SuppressedBy } from '../../findings/finding.ts';
import type { Severity } from '../../engine/rule.ts';
import { documentParts, eachOf } from '../json-document.ts';
import { link, prose } from '../markdown-text.ts';
import { isFullyScanned, problemsOf } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { sentence } from '../text-layout.ts';
import { webAddress } from '../web-address.ts';
import type { Format } from './format.ts';

type Level = 'error' | 'warning' | 'note';

const LEVELS: Readonly<Record<Outcome, Level>> = { block: 'error', warn: 'warning', note: 'note' };
const DEFAULT_LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};
/** Scores that GitHub shows as critical, high, medium and low. */
const SCORES: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '1.0' };
const SUPPRESSION_KINDS: Readonly<Record<SuppressedBy, 'inSource' | 'external'>> = {
  inline: 'inSource',
  baseline: 'external',
  config: 'external',
  placeholder: 'external',
};

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. The policy's outcome decides the level of a result. */
export const sarif: Format = {
  name: 'sarif',
  summary: 'SARIF 2.1.0, for code scanning and editors',
  render: renderSarif,
};

function renderSarif(report: ScanReport): Iterable<string> {
  const rules = rulesOf(report);
  const indexes = new Map([...rules.keys()].map((rule, index) => [rule, index]));
  return documentParts({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'code-guardian',
            version: report.version,
            rules: [...rules.values()].map(ruleFields),
          },
        },
        invocations: [invocationOf(report)],
        columnKind: 'utf16CodeUnits',
        redactionTokens: ['…'],
        results: eachOf(resultsOf(report), (finding) => resultFields(finding, indexes.get(finding.rule)!)),
      },
    ],
  });
}

function* resultsOf({ findings, suppressed }: ScanReport): Generator<Finding & Partial<Suppressed>, void, undefined> {
  yield* findings;
  yield* suppressed;
}

/** A finding of each rule, which knows the texts of its rule. */
function rulesOf(report: ScanReport): Map<string, Finding> {
  const rules = new Map<string, Finding>();
  for (const finding of resultsOf(report)) if (!rules.has(finding.rule)) rules.set(finding.rule, finding);
  return rules;
}

function ruleFields({ rule, message, why, advice, docs, severity, confidence, category }: Finding) {
  const url = webAddress(docs);
  const isSecurity = category === 'secret' || category === 'risk';
  const texts = [why, advice].filter((text) => text !== '');
  const help = texts.length === 0 ? [sentence(message)] : texts;
  return {
    id: rule,
    shortDescription: { text: sentence(message) },
    fullDescription: { text: why === '' ? sentence(message) : why },
    help: {
      text: [...help, ...(url === undefined ? [] : [url])].join('\n'),
      markdown: [...help.map(prose), ...(url === undefined ? [] : [link('Read more', url)])].join('\n\n'),
    },
    helpUri: url,
    defaultConfiguration: { level: DEFAULT_LEVELS[severity] },
    properties: {
      tags: isSecurity ? ['security', category] : [category],
      precision: confidence === 'high' ? 'very-high' : confidence,
      ...(isSecurity ? { 'security-severity': SCORES[severity] } : {}),
    },
  };
}

function resultFields(finding: Finding & Partial<Suppressed>, ruleIndex: number) {
  const { rule, outcome, message, secret, evidence, fingerprint, severity, confidence, moved, commit } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[outcome],
    message: { text: `${sentence(message)}${secret === undefined ? '' : `: ${secret}`}${evidence === undefined ? '' : ` (${evidence})`}` },
    locations: [{ physicalLocation: physicalLocation(finding) }],
    partialFingerprints: { 'codeGuardian/v1': fingerprint },
    suppressions: suppressionsOf(finding),
    properties: { severity, confidence, moved, commit },
  };
}

function physicalLocation({ path, pathBytes, line, column, endLine, endColumn, excerpt }: Finding) {
  const artifactLocation = { uri: uriOf(path, pathBytes) };
  if (line === 0) return { artifactLocation };
  return {
    artifactLocation,
    region: { startLine: line, startColumn: column, endLine, endColumn },
    ...(excerpt === undefined ? {} : { contextRegion: { startLine: line, endLine, snippet: { text: excerpt } } }),
  };
}

/** An empty list: this run asked, and it is not suppressed. */
function suppressionsOf({ by, reason, expires }: Partial<Suppressed>) {
  if (by === undefined) return [];
  const said = [by, ...(reason === undefined ? [] : [reason]), ...(expires === undefined ? [] : [`expires ${expires}`])];
  return [{ kind: SUPPRESSION_KINDS[by], status: 'accepted', justification: said.join(': ') }];
}

/** A relative reference of RFC 3986, made of the bytes of the name. A colon in its first segment would make a scheme of it. */
function uriOf(path: string, pathBytes?: string): string {
  const bytes = pathBytes === undefined ? Buffer.from(path) : Buffer.from(pathBytes, 'base64');
  const uri = bytes
    .toString('latin1')
    .replace(/[^\w.~!$&'()*+,;=:@/-]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  if (/^[^/]*:/.test(uri)) return `./${uri}`;
  // An absolute path, given outside a repository. Two slashes would begin with the name of a host.
  return uri.startsWith('/') ? `file:///${uri.replace(/^\/+/, '')}` : uri;
}

function invocationOf(report: ScanReport) {
  const { startedAt, durationMs } = report.run;
  return {
    executionSuccessful: isFullyScanned(report),
    startTimeUtc: startedAt.toISOString(),
    endTimeUtc: new Date(startedAt.getTime() + durationMs).toISOString(),
    toolExecutionNotifications: [
      ...problemsOf(report).map(({ code, message, path }) => ({
        level: 'error',
        descriptor: { id: code },
        message: { text: message },
        ...(path === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }] }),
      })),
      ...report.notices.map((text) => ({ level: 'note', message: { text } })),
    ],
  };
}
