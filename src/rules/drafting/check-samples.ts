import type { Match } from '../../engine/match.ts';
import type { Confidence, ContentRule, FileFacts, FileRule, Rule, Sample, Samples } from '../../engine/rule.ts';

/** A sample that does not do what it should. */
export interface SampleFailure {
  readonly rule: string;
  readonly kind: keyof Samples;
  /** Place of the sample in its list, from 0. */
  readonly index: number;
  readonly path: string;
  readonly text: string;
  /** How many findings of the rule it gave. */
  readonly findings: number;
}

/** Where samples without a path of their own stand. */
const DEFAULT_PATH = 'src/settings.txt';

/** Are these findings, told by their confidence, what a sample must give? */
const IS_DUE: Readonly<Record<keyof Samples, (findings: readonly Confidence[]) => boolean>> = {
  found: (findings) => findings.length === 1,
  ignored: (findings) => findings.length === 0,
  doubtful: (findings) => findings.length === 1 && findings[0] === 'low',
};

/**
 * Tries a rule on its own samples: each found one must give exactly one finding of the rule, each ignored one none, each doubtful one
 * exactly one of low confidence.
 *
 * @param scan a scanner over the rules that take part; what other rules find does not count
 */
export function checkSamples(rule: Rule, scan: (path: string, text: string) => readonly Match[]): SampleFailure[] {
  const { found, ignored, doubtful = [] } = rule.samples();
  const tryOn = (path: string, text: string): readonly Confidence[] =>
    rule.kind === 'file' ? findingsOfFile(rule, path, text) : findingsOfContent(rule, scan(path, text));
  const check = (samples: readonly Sample[], kind: keyof Samples): SampleFailure[] =>
    samples.flatMap((sample, index) => {
      const { path, text } = typeof sample === 'string' ? { path: DEFAULT_PATH, text: sample } : sample;
      const findings = tryOn(path, text);
      return IS_DUE[kind](findings) ? [] : [{ rule: rule.id, kind, index, path, text, findings: findings.length }];
    });
  return [...check(found, 'found'), ...check(ignored, 'ignored'), ...check(doubtful, 'doubtful')];
}

/** What is known to be an example is no finding. */
function findingsOfContent(rule: ContentRule, matches: readonly Match[]): Confidence[] {
  return matches.filter((match) => match.rule.id === rule.id && match.placeholder === null).map(({ confidence }) => confidence);
}

/** A plain file that was just added, with the sample's text. */
function findingsOfFile(rule: FileRule, path: string, text: string): Confidence[] {
  const facts: FileFacts = {
    path,
    status: 'added',
    isSymlink: false,
    size: Buffer.byteLength(text),
    target: null,
    exists: () => true,
    caseCollisions: [],
    options: {},
  };
  return rule.check(facts) === null ? [] : [rule.confidence];
}
