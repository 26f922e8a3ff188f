import { expect, it } from 'vitest';
import { hasFailed, renderSampleResults, type SampleResult } from '../../../src/report/words/sample-results.ts';
import { exampleView } from '../example-report.ts';

const { palette } = exampleView();
const good: SampleResult = { rule: 'acme-key', samples: 2, failures: [], error: null };

it('has one line where all is well', () => {
  expect(renderSampleResults([good, { ...good, samples: 1 }], palette)).toBe('✓ 2 rules pass (3 samples)\n');
});

it('names the rules that nothing tests', () => {
  expect(renderSampleResults([{ ...good, samples: 0 }], palette)).toBe('⚠ acme-key: no samples\n✓ 1 rule passes (0 samples)\n');
});

it('names each rule that fails, the samples by their place, and why it could not be run', () => {
  const missed: SampleResult = { ...good, rule: 'acme-id', failures: [{ kind: 'found', index: 0, findings: 0 }] };
  const eager: SampleResult = { ...good, rule: 'acme-pin', failures: [{ kind: 'ignored', index: 1, findings: 2 }] };
  const sure: SampleResult = { ...good, rule: 'acme-seed', failures: [{ kind: 'doubtful', index: 0, findings: 1 }] };
  const slow: SampleResult = { ...good, rule: 'acme-dump', error: 'it was stopped after 1000 ms' };
  expect([good, missed, eager, sure, slow].map(hasFailed)).toEqual([false, true, true, true, true]);
  expect(renderSampleResults([good, missed, eager, sure, slow], palette)).toBe(
    [
      '✖ acme-id: samples.found[0]: expected 1, got 0 findings',
      '✖ acme-pin: samples.ignored[1]: expected 0, got 2 findings',
      '✖ acme-seed: samples.doubtful[0]: expected 1 with low confidence, got 1 finding',
      '✖ acme-dump: it was stopped after 1000 ms',
      '✖ 4 rules fail, 1 passes',
      '',
    ].join('\n'),
  );
});

it('says why it missed, where that is known', () => {
  const missed: SampleResult = {
    ...good,
    failures: [{ kind: 'found', index: 1, findings: 0, why: 'the sample has none of its keywords' }],
  };
  expect(renderSampleResults([missed], palette)).toContain(
    'samples.found[1]: expected 1, got 0 findings: the sample has none of its keywords\n',
  );
});
