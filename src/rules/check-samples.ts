import type { Match } from '../engine/match.ts';
import type { ContentRule, FileFacts, FileRule, Rule, Sample } from './rule.ts';

/** A sample that does not do what it should. */
export interface SampleFailure {
  readonly rule: string;
  readonly kind: 'found' | 'ignored';
  /** Place of the sample in its list, from 0. */
  readonly index: number;
  readonly path: string;
  readonly text: string;
  /** How many findings of the rule it gave; one or none was due. */
  readonly findings: number;
}

/** Where samples without a path of their own stand. */
const DEFAULT_PATH = 'src/settings.txt';

/**
 * Tries a rule on its own samples: each found one must give exactly one finding of the rule, each ignored one none.
 *
 * @param scan a scanner over the rules that take part; what other rules find does not count
 */
export function checkSamples(rule: Rule, scan: (path: string, text: string) => readonly Match[]): SampleFailure[] {
  const { found, ignored } = rule.samples();
  const count = (path: string, text: string): number =>
    rule.kind === 'file' ? countFile(rule, path, text) : countContent(rule, scan(path, text));
  const check = (samples: readonly Sample[], kind: SampleFailure['kind']): SampleFailure[] =>
    samples.flatMap((sample, index) => {
      const { path, text } = typeof sample === 'string' ? { path: DEFAULT_PATH, text: sample } : sample;
      const findings = count(path, text);
      return findings === (kind === 'found' ? 1 : 0) ? [] : [{ rule: rule.id, kind, index, path, text, findings }];
    });
  return [...check(found, 'found'), ...check(ignored, 'ignored')];
}

/** What is known to be an example is no finding. */
function countContent(rule: ContentRule, matches: readonly Match[]): number {
  return matches.filter((match) => match.rule.id === rule.id && match.placeholder === null).length;
}

/** A plain file that was just added, with the sample's text. */
function countFile(rule: FileRule, path: string, text: string): number {
  const facts: FileFacts = {
    path,
    status: 'added',
    isSymlink: false,
    size: Buffer.byteLength(text),
    target: null,
    exists: () => true,
    caseTwins: [],
    options: {},
  };
  return rule.check(facts) === null ? 0 : 1;
}
