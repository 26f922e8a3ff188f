// How well the rules tell secrets from the rest: `npm run eval [-- FILE.jsonl[.gz]… --json FILE --rule ID… --misses]`.
//
// Without a file it scores the rules on their own samples. Each file adds labelled rows, one JSON object a line, in one of these shapes:
//   { text, label: 'secret' | 'clean', filename?, provider?, class?, group?, use?, secrets? }   a text as a whole; rows of a group are one secret
//   { text, label: 'secret' | 'clean', provider?, lines: [from, to] | number[] }                only these lines count (from 1)
//   { text, filename, spans: [{ line, end, label: 'T' | 'F' | 'X', category }] }                 a file; X is neither hit nor miss
// Findings of severity `info` and documented examples do not count.
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { minimatch } from 'minimatch';
import { build } from 'rolldown';

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, rule: { type: 'string', multiple: true }, misses: { type: 'boolean', default: false } },
});

/** Categories of spans that name identifiers, which are no secrets. */
const IDENTIFIERS = new Set(['UUID', 'Nonce', 'Salt', 'AWS S3 Bucket', 'Firebase Domain', 'Tencent WeChat API App ID']);
/** Readings of a row that say nothing about right or wrong. */
const LEFT_OUT = new Set(['aside', 'doubtful', 'clean-rule']);
/** Where rows without a name of their own stand. */
const DEFAULT_PATH = 'src/settings.txt';

async function loadEngine() {
  const folder = mkdtempSync(join(tmpdir(), 'code-guardian-eval-'));
  const file = join(folder, 'engine.mjs');
  try {
    const input = fileURLToPath(new URL('engine-entry.ts', import.meta.url));
    await build({ input, platform: 'node', output: { file }, logLevel: 'silent' });
    return await import(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { CATALOGUE, checkSamples, createScanner, decodeText, sourceOf, withHalves, withoutOverlaps } = await loadEngine();
const rules = CATALOGUE.filter(
  ({ kind, category, isOptIn, id }) => kind === 'content' && category === 'secret' && !isOptIn && (options.rule?.includes(id) ?? true),
);
const scanner = createScanner(sourceOf(rules));

/** Findings that count, each with its lines (from 1). */
function findingsIn(text, path) {
  const { bytes } = decodeText(Buffer.from(text));
  const isActive = ({ paths }) => paths === undefined || paths.some((glob) => minimatch(path, glob, { dot: true }));
  const matches = withHalves(withoutOverlaps(scanner.scan({ bytes, path, isActive })), bytes);
  return matches
    .filter(({ severity, placeholder }) => severity !== 'info' && placeholder === null)
    .map((match) => {
      const line = countLines(bytes, match.start) + 1;
      return {
        rule: match.rule.id,
        severity: match.severity,
        line,
        endLine: line + countLines(bytes.subarray(match.start, match.end), match.end),
      };
    });
}

/** Line feeds in the first `end` bytes. */
function countLines(bytes, end) {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/** Tallies by name: each holds how many there were, and how many were found. */
class Tally {
  rows = new Map();

  add(name, found, weight = 1) {
    const row = this.rows.get(name) ?? { count: 0, found: 0 };
    row.count += weight;
    row.found += found * weight;
    this.rows.set(name, row);
  }

  toJSON() {
    return Object.fromEntries(
      [...this.rows].map(([name, { count, found }]) => [name, { count, found: round(found), share: round(found / count) }]),
    );
  }
}

const round = (number) => Math.round(number * 1e4) / 1e4;
const misses = [];

function scoreSamples() {
  const failures = rules.flatMap((rule) =>
    checkSamples(rule, (path, text) => scanner.scan({ bytes: Buffer.from(text), path, isActive: () => true })),
  );
  const count = rules.reduce((sum, rule) => sum + Object.values(rule.samples()).flat().length, 0);
  return { rules: rules.length, samples: count, failures: failures.map(({ rule, kind, index }) => `${rule} ${kind} ${index}`) };
}

/** Rows of texts: recall by class, averaged inside a group first, and false alarms. */
function scoreTexts(rows) {
  const groups = new Map();
  const clean = new Tally();
  const byRule = new Tally();
  for (const row of rows) {
    const { text, label, filename, use = label === 'secret' ? 'recall' : 'clean' } = row;
    if (LEFT_OUT.has(use) || (label !== 'secret' && label !== 'clean')) continue;
    const found = findingsIn(text, filename ?? DEFAULT_PATH).filter((finding) => isOnLines(finding, row.lines));
    for (const rule of new Set(found.map((finding) => finding.rule))) byRule.add(rule, label === 'secret' ? 1 : 0);
    if (label === 'clean') {
      clean.add(use, found.length === 0 ? 0 : 1);
      if (found.length > 0) misses.push({ kind: 'false alarm', filename, rules: found.map(({ rule }) => rule), text: text.slice(0, 200) });
      continue;
    }
    const name = use === 'weak' ? `${row.class ?? 'secret'} (weak)` : (row.class ?? 'secret');
    const key = `${name}\0${row.group ?? row.id ?? groups.size}`;
    const group = groups.get(key) ?? { name, provider: row.provider, use, results: [] };
    group.results.push(found.length > 0 ? 1 : 0);
    groups.set(key, group);
    if (found.length === 0) misses.push({ kind: 'missed', class: name, provider: row.provider, filename, text: text.slice(0, 200) });
  }
  const byClass = new Tally();
  const providers = new Tally();
  for (const { name, provider, use, results } of groups.values()) {
    const share = results.reduce((a, b) => a + b, 0) / results.length;
    byClass.add(name, share);
    if (provider !== undefined && use !== 'weak') providers.add(provider, share);
  }
  const shares = Object.values(providers.toJSON()).map(({ share }) => share);
  const macro = shares.length === 0 ? null : round(shares.reduce((a, b) => a + b, 0) / shares.length);
  return {
    recall: byClass.toJSON(),
    providers: { count: shares.length, macroRecall: macro },
    falseAlarms: clean.toJSON(),
    rules: byRule.toJSON(),
  };
}

function isOnLines({ line, endLine }, lines) {
  if (lines === undefined || lines === null || lines.length === 0) return true;
  return line <= Math.max(...lines) && endLine >= Math.min(...lines);
}

/** Whole files: recall over the secrets, precision over what was looked at, findings a thousand lines. */
function scoreFiles(rows) {
  const recall = new Tally();
  const byRule = new Tally();
  const total = { secrets: 0, found: 0, flaggedSecretLines: 0, flaggedOtherLines: 0, lines: 0, findings: 0, blocking: 0, beside: 0 };
  for (const { text, filename, spans } of rows) {
    const findings = findingsIn(text, filename);
    total.lines += countLines(Buffer.from(text), Infinity) + 1;
    total.findings += findings.length;
    total.blocking += findings.filter(({ severity }) => severity === 'critical' || severity === 'high').length;
    const on = (span) => findings.filter(({ line, endLine }) => line <= span.end && endLine >= span.line);
    const real = spans.filter(
      ({ label, category }) =>
        label === 'T' &&
        !String(category)
          .split(':')
          .every((name) => IDENTIFIERS.has(name)),
    );
    const realLines = new Set(real.map(({ line }) => line));
    const flagged = new Set();
    for (const span of real) {
      const hits = on(span);
      total.secrets++;
      total.found += Math.min(1, hits.length);
      if (hits.length > 0) flagged.add(span.line);
      for (const name of String(span.category).split(':')) recall.add(name, Math.min(1, hits.length));
      for (const rule of new Set(hits.map((finding) => finding.rule))) byRule.add(rule, 1);
      if (hits.length === 0) misses.push({ kind: 'missed', category: span.category, filename, line: span.line });
    }
    const others = new Set();
    for (const span of spans.filter(({ label, line }) => label === 'F' && !realLines.has(line))) {
      const hits = on(span);
      if (hits.length === 0 || others.has(span.line)) continue;
      others.add(span.line);
      for (const rule of new Set(hits.map((finding) => finding.rule))) byRule.add(rule, 0);
      misses.push({ kind: 'false alarm', category: span.category, filename, line: span.line, rules: hits.map(({ rule }) => rule) });
    }
    total.flaggedSecretLines += flagged.size;
    total.flaggedOtherLines += others.size;
    total.beside += findings.filter(({ line, endLine }) => !spans.some((span) => line <= span.end && endLine >= span.line)).length;
  }
  const { secrets, found, flaggedSecretLines, flaggedOtherLines, lines, findings, blocking, beside } = total;
  return {
    recall: { count: secrets, found, share: round(found / secrets) },
    precision: {
      flagged: flaggedSecretLines + flaggedOtherLines,
      share: round(flaggedSecretLines / (flaggedSecretLines + flaggedOtherLines)),
    },
    aThousandLines: {
      lines,
      findings: round((findings / lines) * 1000),
      blocking: round((blocking / lines) * 1000),
      outsideLabels: round((beside / lines) * 1000),
    },
    categories: recall.toJSON(),
    rules: byRule.toJSON(),
  };
}

function readRows(file) {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch (cause) {
      throw new Error(`${file}:${i + 1} is no JSON`, { cause });
    }
  });
}

function printTable(title, rows) {
  console.log(`\n${title}`);
  const width = Math.max(...rows.map(([name]) => String(name).length));
  for (const [name, ...cells] of rows)
    console.log(`  ${String(name).padEnd(width)}  ${cells.map((cell) => String(cell).padStart(9)).join('')}`);
}

const shareRows = (tally, least = 1) =>
  Object.entries(tally)
    .filter(([, { count }]) => count >= least)
    .toSorted(([, a], [, b]) => b.count - a.count)
    .map(([name, { count, found, share }]) => [name, count, round(found), share.toFixed(3)]);

function print(name, score) {
  if ('samples' in score) {
    printTable('samples of the rules', [
      ['rules', score.rules],
      ['samples', score.samples],
      ['failures', score.failures.length],
    ]);
    for (const failure of score.failures) console.log(`  ${failure}`);
    return;
  }
  if ('categories' in score) {
    const { recall, precision, aThousandLines: rate } = score;
    printTable(name, [
      ['recall', recall.count, recall.found, recall.share.toFixed(3)],
      ['precision', precision.flagged, '', precision.share.toFixed(3)],
      ['findings a thousand lines', rate.lines, '', rate.findings.toFixed(3)],
      ['… that block', '', '', rate.blocking.toFixed(3)],
      ['… on no labelled line', '', '', rate.outsideLabels.toFixed(3)],
    ]);
    printTable('recall by category', shareRows(score.categories, 3));
    printTable('rules on labelled lines (hits, of them real)', shareRows(score.rules, 3));
    return;
  }
  printTable(`${name}: recall by class`, shareRows(score.recall));
  if (score.providers.count > 0)
    printTable('providers', [['macro recall', score.providers.count, '', score.providers.macroRecall?.toFixed(3)]]);
  printTable('clean rows that were flagged', shareRows(score.falseAlarms));
}

const report = { samples: scoreSamples() };
print('samples', report.samples);
for (const file of files) {
  const rows = readRows(file);
  report[file] = rows.some(({ spans }) => spans !== undefined) ? scoreFiles(rows) : scoreTexts(rows);
  print(file, report[file]);
}
if (options.misses) {
  console.log('');
  for (const miss of misses) console.log(JSON.stringify(miss));
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ ...report, ...(options.misses ? { misses } : {}) }, null, 2)}\n`);
process.exitCode = report.samples.failures.length === 0 ? 0 : 1;
