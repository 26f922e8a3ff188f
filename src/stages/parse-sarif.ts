import { GuardianError } from '../errors/guardian-error.ts';
import type { Suppression } from '../findings/finding.ts';
import type { CharacterUnit, Region, StageResult } from '../findings/stage-result.ts';
import { isTree } from '../policy/merge-config.ts';
import type { Severity } from '../engine/rule.ts';
import { cleanRule, cleanText, cleanUrl } from './clean-text.ts';
import { createUriResolver, type UriContext } from './resolve-uri.ts';

/** The content of a SARIF document. */
export interface SarifReading {
  readonly results: readonly StageResult[];
  /** Results that name no file in the tree. */
  readonly elsewhere: number;
  /** The failure that the scanner itself reports, or null. */
  readonly failure: string | null;
}

export interface SarifOptions extends UriContext {
  /** Replaces the level of the results. */
  readonly severity: Severity | null;
}

/** Further results are not read. */
const MAX_RESULTS = 10_000;
/** Characters of a rule's own texts. */
const MAX_WHY = 240;

type Tree = Readonly<Record<string, unknown>>;

/**
 * Reads SARIF 2.1.0 as scanners write it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Optional parts may be
 * missing, and one broken result does not affect the others.
 *
 * @throws GuardianError DETECTOR_FAILED if it is not SARIF
 */
export function parseSarif(text: string, options: SarifOptions): SarifReading {
  const runs = runsIn(parseDocument(text));
  const results: StageResult[] = [];
  let elsewhere = 0;
  let failure: string | null = null;
  for (const run of runs) {
    failure ??= failureIn(run);
    const read = createResultReader(run, options);
    for (const result of listIn(run, 'results')) {
      if (results.length >= MAX_RESULTS) {
        failure ??= `it has more than ${MAX_RESULTS} results`;
        break;
      }
      const found = isTree(result) && isFinding(result) ? read(result) : 'none';
      if (found === 'elsewhere') elsewhere++;
      else if (found !== 'none') results.push(found);
    }
  }
  return { results, elsewhere, failure };
}

function parseDocument(text: string): unknown {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (bare.trim() === '') throw noSarif('the output is empty');
  try {
    return JSON.parse(bare);
  } catch {
    // V8's message quotes the text, which may contain anything.
    throw noSarif('the output is not valid JSON');
  }
}

function runsIn(document: unknown): Tree[] {
  if (!isTree(document)) throw noSarif('the output is not an object');
  const { version, runs } = document;
  if (version !== undefined && !(typeof version === 'string' && /^2\.\d/.test(version)))
    throw noSarif(`it is version ${cleanText(version, 20)}`);
  if (!Array.isArray(runs) || !runs.every(isTree)) throw noSarif('it has no `runs`');
  // A document without runs means that nothing ran.
  if (runs.length === 0) throw noSarif('`runs` is empty');
  return runs;
}

function noSarif(why: string): GuardianError {
  return new GuardianError('DETECTOR_FAILED', `not SARIF 2.1.0: ${why}`, {
    hint: 'Let the scanner write SARIF to standard output, or to the file {output}.',
  });
}

/** A failure that a run reports about itself. */
function failureIn(run: Tree): string | null {
  for (const invocation of listIn(run, 'invocations').filter(isTree)) {
    const told = [...listIn(invocation, 'toolExecutionNotifications'), ...listIn(invocation, 'toolConfigurationNotifications')].filter(
      isTree,
    );
    const error = told.find(({ level }) => level === 'error');
    if (error === undefined && invocation['executionSuccessful'] !== false) continue;
    const words = cleanText(textIn(error?.['message']), 200);
    return words === '' ? 'it reports a failure' : `it reports: ${words}`;
  }
  return null;
}

/** Some results only report a pass, or that an earlier result is gone. */
function isFinding({ kind, baselineState }: Tree): boolean {
  return !['pass', 'notApplicable', 'informational'].includes(String(kind)) && baselineState !== 'absent';
}

function createResultReader(run: Tree, options: SarifOptions): (result: Tree) => StageResult | 'elsewhere' {
  const resolve = createUriResolver(run, options);
  const rules = createRuleFinder(run);
  const unit: CharacterUnit = run['columnKind'] === 'unicodeCodePoints' ? 'codePoint' : 'utf16';
  return (result) => {
    const place = listIn(result, 'locations')
      .filter(isTree)
      .map(({ physicalLocation }) => physicalLocation)
      .find(isTree);
    const path = place === undefined ? null : resolve(place['artifactLocation'] ?? result['analysisTarget']);
    if (path === null) return 'elsewhere';
    const { id, rule } = rules(result);
    const name = cleanRule(id);
    const shortly = cleanText(textIn(rule?.['shortDescription']));
    const message = cleanText(messageOf(result, rule)) || shortly || name;
    const why = cleanText(withoutHeadings(textIn(rule?.['fullDescription'])), MAX_WHY) || shortly;
    return {
      rule: name,
      severity: options.severity ?? severityOf(result, rule),
      path,
      region: regionOf(place?.['region'], unit),
      message,
      why: why === '' || why === message ? 'Another scanner found it.' : why,
      advice: 'Fix it, or accept it with a reason: `code-guardian:ignore` in a comment, or the level of the rule in the config.',
      docs: cleanUrl(rule?.['helpUri']),
      suppression: suppressionOf(result),
    };
  };
}

/** The rule of a result: by index, by id, or by the longest id that the result's id starts with. */
function createRuleFinder(run: Tree): (result: Tree) => { readonly id: unknown; readonly rule: Tree | undefined } {
  const tool = treeIn(run, 'tool');
  const driver = treeIn(tool, 'driver');
  const extensions = listIn(tool, 'extensions').map((extension) => (isTree(extension) ? extension : {}));
  const rulesOf = (component: Tree): readonly unknown[] => listIn(component, 'rules');
  const byId = new Map<unknown, Tree>();
  for (const rule of [driver, ...extensions].flatMap(rulesOf)) if (isTree(rule) && !byId.has(rule['id'])) byId.set(rule['id'], rule);

  return (result) => {
    const reference = treeIn(result, 'rule');
    const extension = indexIn(treeIn(reference, 'toolComponent'), 'index');
    const index = indexIn(reference, 'index') ?? indexIn(result, 'ruleIndex');
    const component = extension === null ? driver : (extensions[extension] ?? {});
    const indexed = index === null ? undefined : rulesOf(component)[index];
    const told = result['ruleId'] ?? reference['id'];
    const rule = isTree(indexed)
      ? indexed
      : (byId.get(told) ?? (typeof told === 'string' ? byId.get(told.replace(/\/[^/]*$/, '')) : undefined));
    return { id: told ?? rule?.['id'], rule };
  };
}

/** From GitHub's documentation on `security-severity`: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
function severityOf(result: Tree, rule: Tree | undefined): Severity {
  const score = [result, rule ?? {}].map((tree) => treeIn(tree, 'properties')['security-severity']).find((value) => value !== undefined);
  const number = typeof score === 'string' || typeof score === 'number' ? Number(score) : Number.NaN;
  if (number > 0) return number >= 9 ? 'critical' : number >= 7 ? 'high' : number >= 4 ? 'medium' : 'low';
  const level = result['level'] ?? treeIn(rule ?? {}, 'defaultConfiguration')['level'];
  return level === 'error' ? 'high' : level === 'note' ? 'low' : level === 'none' ? 'info' : 'medium';
}

function messageOf({ message }: Tree, rule: Tree | undefined): string {
  const text = textIn(message);
  if (text !== '' || !isTree(message) || typeof message['id'] !== 'string') return text;
  const values = listIn(message, 'arguments');
  const template = textIn(treeIn(rule ?? {}, 'messageStrings')[message['id']]);
  return template.slice(0, 10_000).replace(/\{(\d{1,3})\}/g, (whole, place: string) => {
    const value = values[Number(place)];
    return typeof value === 'string' ? value : whole;
  });
}

/** Some give a page in Markdown. */
function withoutHeadings(text: string): string {
  return text.slice(0, 10_000).replace(/^#+ .*$/gm, '');
}

/** Text of a message or a multiformat string. */
function textIn(message: unknown): string {
  if (!isTree(message)) return '';
  const { text, markdown } = message;
  return typeof text === 'string' ? text : typeof markdown === 'string' ? markdown : '';
}

function regionOf(region: unknown, unit: CharacterUnit): Region | null {
  if (!isTree(region)) return null;
  const startLine = indexIn(region, 'startLine');
  if (startLine !== null && startLine > 0) {
    const endLine = Math.max(indexIn(region, 'endLine') ?? startLine, startLine);
    return {
      kind: 'lines',
      startLine,
      endLine,
      startColumn: columnIn(region, 'startColumn'),
      endColumn: columnIn(region, 'endColumn'),
      unit,
    };
  }
  const start = indexIn(region, 'charOffset');
  return start === null ? null : { kind: 'offsets', start, end: start + (indexIn(region, 'charLength') ?? 0), unit };
}

function columnIn(region: Tree, key: string): number | null {
  const column = indexIn(region, key);
  return column === 0 ? null : column;
}

/** A result is suppressed if all its suppressions are accepted. */
function suppressionOf(result: Tree): Suppression | null {
  const all = listIn(result, 'suppressions').filter(isTree);
  if (all.length === 0 || !all.every(({ status }) => status === undefined || status === 'accepted')) return null;
  const reason = cleanText(all.map(({ justification }) => justification).find((text) => typeof text === 'string' && text !== ''));
  return { by: all.some(({ kind }) => kind === 'inSource') ? 'inline' : 'config', ...(reason === '' ? {} : { reason }) };
}

function treeIn(tree: Tree, key: string): Tree {
  const value = tree[key];
  return isTree(value) ? value : {};
}

function listIn(tree: Tree, key: string): readonly unknown[] {
  const value = tree[key];
  return Array.isArray(value) ? value : [];
}

/** A whole number from 0, or null. */
function indexIn(tree: Tree, key: string): number | null {
  const value = tree[key];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
