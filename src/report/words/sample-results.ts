import { visible } from '../../findings/redact.ts';
import type { SampleFailure } from '../../rules/drafting/check-samples.ts';
import { type Palette, plainly } from '../palette.ts';
import { count } from '../text-layout.ts';

const EXPECTED: Readonly<Record<SampleFailure['kind'], string>> = { found: '1', ignored: '0', doubtful: '1 with low confidence' };

/** The results for the samples of one rule. */
export interface SampleResult {
  readonly rule: string;
  readonly samples: number;
  readonly failures: readonly (Pick<SampleFailure, 'kind' | 'index' | 'findings'> & { readonly why?: string | null })[];
  /** Why the rule could not run; null if it did. */
  readonly error: string | null;
}

/**
 * A line for each rule that fails or has no samples, and a summary. Samples are named by their index: they may look like secrets, and secrets
 * are never shown.
 */
export function renderSampleResults(results: readonly SampleResult[], palette: Palette): string {
  const { signs } = palette;
  const failing = results.filter(hasFailed);
  const passing = results.length - failing.length;
  const untested = results.filter((result) => result.samples === 0 && !hasFailed(result));
  const lines = [
    ...failing.map((result) => palette.red(`${signs.block} ${result.rule}: ${reasonsOf(result)}`)),
    ...untested.map(({ rule }) => palette.yellow(`${signs.warn} ${rule}: no samples`)),
    failing.length === 0
      ? palette.green(`${signs.pass} ${count(passing, 'rule passes', 'rules pass')} (${count(total(results), 'sample')})`)
      : palette.red(
          palette.bold(`${signs.block} ${count(failing.length, 'rule fails', 'rules fail')}, ${count(passing, 'passes', 'pass')}`),
        ),
  ];
  return `${lines.map((line) => plainly(line, palette)).join('\n')}\n`;
}

export function hasFailed({ failures, error }: SampleResult): boolean {
  return failures.length > 0 || error !== null;
}

function reasonsOf({ failures, error }: SampleResult): string {
  if (error !== null) return visible(error);
  return failures
    .map(({ kind, index, findings, why = null }) => {
      const reason = why === null ? '' : `: ${why}`;
      return `samples.${kind}[${index}]: expected ${EXPECTED[kind]}, got ${count(findings, 'finding')}${reason}`;
    })
    .join('; ');
}

function total(results: readonly SampleResult[]): number {
  return results.reduce((sum, { samples }) => sum + samples, 0);
}
