import * as v from 'valibot';
import type { ErrorCode } from '../errors/guardian-error.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Finding, Redacted, Suppressed } from '../findings/finding.ts';
import { visible } from '../findings/redact.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import { SEVERITIES } from '../engine/rule.ts';
import { REPORT_SCHEMA } from './report-document.ts';
import type { MergedRun, PushReport, Run, ScanReport } from './scan-report.ts';

/** UTF-16 code units of a text in a report. No run writes this many. */
const MAX_TEXT = 1 << 16;
/** Characters of an invalid value shown in an error. */
const MAX_SHOWN = 60;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const word = v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/));
/** Rules of external scanners have the name of their stage: `eslint/no-eval`. */
const rule = v.pipe(v.string(), v.regex(/^[\w@.:+/-]{1,150}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const counts = v.object({ expected: count, scanned: count });
const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const verdict = v.picklist(['clean', 'warned', 'blocked', 'incomplete']);
const list = <S extends v.GenericSchema>(item: S) => v.array(item);

const finding = v.object({
  rule,
  severity: v.picklist(SEVERITIES),
  confidence: v.picklist(['high', 'medium', 'low']),
  outcome: v.picklist(['block', 'warn', 'note']),
  path: text,
  pathBytes: v.exactOptional(v.pipe(text, v.base64())),
  line: count,
  column: count,
  endLine: count,
  endColumn: count,
  byteColumn: v.exactOptional(count),
  endByteColumn: v.exactOptional(count),
  excerpt: text,
  secret: v.exactOptional(text),
  message: text,
  evidence: v.exactOptional(text),
  advice: text,
  docs: text,
  fingerprint: word,
  moved: v.boolean(),
  commit: v.exactOptional(word),
});

const suppressed = v.object({
  ...finding.entries,
  by: v.picklist(['inline', 'baseline', 'config', 'placeholder']),
  reason: v.exactOptional(text),
  expires: v.exactOptional(text),
});

const run = v.object({
  id: text,
  target: v.picklist(['staged', 'range', 'all', 'history', 'paths', 'stdin', 'message', 'push', 'receive', 'merged']),
  hook: v.nullable(text),
  startedAt: v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.transform((time) => new Date(time)),
    v.date(),
  ),
  durationMs: milliseconds,
  fingerprintKey: v.exactOptional(word),
});

/** Fields that only push reports have. */
const push = {
  refs: v.exactOptional(list(v.object({ ref: text, oldId: v.nullable(word), newId: v.nullable(word), verdict }))),
  commits: v.exactOptional(v.object({ total: count, known: count, unscanned: count })),
  skipReason: v.exactOptional(text),
};

const REPORT = v.object({
  schema: v.literal(REPORT_SCHEMA),
  tool: v.object({ name: text, version: text }),
  run,
  runs: v.exactOptional(list(v.object({ ...run.entries, version: text, verdict, ...push }))),
  verdict,
  ...push,
  findings: list(finding),
  suppressed: list(suppressed),
  skipped: list(
    v.object({
      path: text,
      reason: v.picklist(['too-large', 'unreadable', 'encoding', 'timeout', 'binary', 'excluded', 'submodule', 'lfs']),
      detail: v.exactOptional(text),
    }),
  ),
  coverage: v.object({ files: counts, hunks: counts, lines: counts, bytes: counts }),
  stages: v.exactOptional(
    list(v.object({ id: word, status: v.picklist(['done', 'failed', 'denied']), files: counts, results: count, durationMs: milliseconds })),
  ),
  // A later release may have more codes.
  errors: list(v.object({ code: v.pipe(v.string(), v.regex(/^[A-Z_]{1,40}$/)), message: text, hint: text, path: v.exactOptional(text) })),
  config: v.object({ layers: list(text), onIncomplete: v.exactOptional(v.picklist(['block', 'warn'])) }),
  notices: v.exactOptional(list(text), []),
});

type Document = v.InferOutput<typeof REPORT>;

/**
 * Parses a JSON report. It is untrusted input: every field is checked, and unknown fields are dropped.
 *
 * @param name of the file, for errors
 * @throws GuardianError INPUT_INVALID that names the field
 */
export function parseReport(content: string, name: string): ScanReport {
  const document = parseJson(content, name);
  const schema = v.safeParse(v.object({ schema: v.string() }), document);
  if (!schema.success) throw refusal(name, foreignWords(document));
  if (schema.output.schema !== REPORT_SCHEMA) {
    throw refusal(name, `its schema is ${shown(JSON.stringify(schema.output.schema))}, but this release reads "${REPORT_SCHEMA}"`);
  }
  const result = v.safeParse(REPORT, document, { abortEarly: true });
  if (!result.success) throw refusal(name, problemOf(result.issues[0]));
  return reportOf(result.output);
}

function parseJson(content: string, name: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    throw refusal(name, content.trim() === '' ? 'the file is empty' : `not valid JSON: ${shown((thrown as Error).message)}`);
  }
}

function foreignWords(document: unknown): string {
  const isSarif = v.is(v.object({ version: v.string(), runs: v.array(v.unknown()) }), document);
  return isSarif ? 'this is SARIF; only reports written with `--format json` can be read' : 'not a code-guardian report';
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? 'the report';
  if (issue.received === 'undefined') return `${shown(place)} is missing`;
  return `${shown(place)}: expected ${issue.expected ?? 'something else'}, got ${shown(issue.received)}`;
}

function shown(words: string): string {
  const clipped = words.length > MAX_SHOWN ? `${words.slice(0, MAX_SHOWN)}…` : words;
  return visible(clipped);
}

function refusal(name: string, what: string): GuardianError {
  return new GuardianError('INPUT_INVALID', `${visible(name)}: ${what}`, {
    hint: 'Name reports written by `code-guardian scan --format json --output FILE`, or `-` for standard input.',
    path: name,
  });
}

function reportOf(document: Document): ScanReport {
  const { tool, run: told, runs, refs, commits, skipReason, config, errors, ...rest } = document;
  const { keyId, ...run } = runOf(told);
  const pushed = pushOf({ refs, commits, skipReason });
  return {
    version: tool.version,
    run,
    ...(runs === undefined
      ? {}
      : { runs: runs.map((one) => ({ ...runOf(one), version: one.version, verdict: one.verdict, ...mergedPush(one) })) }),
    ...(keyId === undefined ? {} : { keyId }),
    verdict: rest.verdict,
    findings: rest.findings.map(findingOf),
    suppressed: rest.suppressed.map(({ by, reason, expires, ...fields }) => ({
      ...findingOf(fields),
      by,
      ...(reason === undefined ? {} : { reason }),
      ...(expires === undefined ? {} : { expires }),
    })) satisfies Suppressed[],
    skipped: rest.skipped,
    coverage: rest.coverage,
    ...(rest.stages === undefined ? {} : { stages: rest.stages }),
    errors: errors.map((error) => ({ ...error, code: error.code as ErrorCode })),
    layers: config.layers,
    blocksIncomplete: config.onIncomplete !== 'warn',
    skippedRules: [],
    notices: rest.notices,
    // The JSON report does not have the other facts about a push.
    ...(pushed === null ? {} : { push: { ...pushed, places: [], blocked: 0, allowsSkip: false } }),
  };
}

function runOf({ fingerprintKey, id, target, hook, startedAt, durationMs }: Document['run']): Run & { readonly keyId?: string } {
  return { id, target, hook, startedAt, durationMs, ...(fingerprintKey === undefined ? {} : { keyId: fingerprintKey }) };
}

type Pushed = { readonly [K in keyof typeof push]: Document[K] | undefined };

function mergedPush(told: Partial<Pushed>): Pick<MergedRun, 'push'> {
  const pushed = pushOf({ refs: told.refs, commits: told.commits, skipReason: told.skipReason });
  return pushed === null ? {} : { push: pushed };
}

function pushOf({ refs, commits, skipReason }: Pushed): Pick<PushReport, 'refs' | 'commits' | 'skip'> | null {
  if (refs === undefined && commits === undefined) return null;
  return {
    refs: refs ?? [],
    commits: commits ?? { total: 0, known: 0, unscanned: 0 },
    ...(skipReason === undefined ? {} : { skip: { reason: skipReason, ranRequired: true } }),
  };
}

/** Built-in rules supply what the JSON report omits. */
function findingOf({ excerpt, secret, ...facts }: v.InferOutput<typeof finding>): Finding {
  const rule = ruleOf(facts.rule);
  return {
    ...facts,
    category: rule?.category ?? (secret !== undefined ? 'secret' : facts.line === 0 ? 'file' : 'leftover'),
    why: rule?.why ?? '',
    // The report is already redacted; `redactReport` checks it again.
    ...(excerpt === '' ? {} : { excerpt: excerpt as Redacted, mark: markOf(excerpt, secret) }),
    ...(secret === undefined ? {} : { secret: secret as Redacted }),
  };
}

/** The marked part of a line: the secret, otherwise the whole line. */
function markOf(excerpt: string, secret: string | undefined): readonly [start: number, end: number] {
  const start = secret === undefined || secret === '' ? -1 : excerpt.indexOf(secret);
  return start < 0 ? [0, excerpt.length] : [start, start + secret!.length];
}

let rules: ReadonlyMap<string, (typeof CATALOGUE)[number]> | undefined;

function ruleOf(id: string) {
  rules ??= new Map(CATALOGUE.map((rule) => [rule.id, rule]));
  return rules.get(id);
}
