import type { Match } from '../../engine/match.ts';
import type { Confidence, ContentRule, FileFacts, FileRule, Rule, Sample, Samples } from '../../engine/rule.ts';

/** A sample that does not give the expected findings. */
export interface SampleFailure {
  readonly rule: string;
  readonly kind: keyof Samples;
  /** Index of the sample in its list. */
  readonly index: number;
  readonly path: string;
  readonly text: string;
  /** Number of findings of the rule in it. */
  readonly findings: number;
}

/** Path of samples that have none of their own. */
const DEFAULT_PATH = 'src/settings.txt';

/** Are findings with these confidences what a sample has to give? */
const IS_DUE: Readonly<Record<keyof Samples, (findings: readonly Confidence[]) => boolean>> = {
  found: (findings) => findings.length === 1,
  ignored: (findings) => findings.length === 0,
  doubtful: (findings) => findings.length === 1 && findings[0] === 'low',
};

/**
 * Tries a rule on its own samples: each `found` one must give exactly one finding of the rule, each `ignored` one no finding, each
 * `doubtful` one exactly one of low confidence.
 *
 * @param scan a scanner with the rules that take part; findings of other rules do not count
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

/** A known example is not a finding. */
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
